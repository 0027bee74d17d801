"""What tells groups of people apart: their levels against those of the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import ndtr
from scipy.stats import false_discovery_control

from analysis.intervals import MIN_BASE_SHOWN_WITH_CARE, Share, newcombe, wilson
from analysis.personas.coding import MISSING, CodedPeople, Codes, code_people
from analysis.personas.records import DistinctiveFeature, Person, Variable

MIN_DIFFERENCE = 0.15
MAX_Q = 0.05

Compared = tuple[DistinctiveFeature, ...]


def compare_groups(
    people: Sequence[Person],
    variables: Sequence[Variable],
    groups: Mapping[str, str],
) -> dict[str, Compared]:
    """Each group against the rest on every level, the highest lift first.

    ``groups`` says by person which group they are in; people without one stay out.
    Meant for what took no part in making the groups: age, region, bought or not. A
    level is left out where fewer than five people answered on either side.

    >>> said = ["yes"] * 8 + ["no"] * 12
    >>> people = [Person(f"p{i}", {"bought": it}) for i, it in enumerate(said)]
    >>> groups = {f"p{i}": "a" if i < 10 else "b" for i in range(20)}
    >>> found = compare_groups(people, [Variable("bought", ("yes", "no"))], groups)
    >>> found["a"][0].level, round(found["a"][0].difference, 2)
    ('yes', 0.8)
    """
    coded = code_people(people, variables)
    names = sorted({groups[key] for key in coded.keys if key in groups})
    placed = np.array([key in groups for key in coded.keys], dtype=np.bool_)
    coded = coded.only(placed)
    group_of = np.array([names.index(groups[key]) for key in coded.keys], dtype=int)
    features = compare(coded, group_of, len(names))
    return dict(zip(names, features, strict=True))


def compare(coded: CodedPeople, group_of: Codes, k: int) -> list[Compared]:
    """Each of ``k`` groups against the rest; ``group_of`` (people,) from zero up.

    Weighted people count as their effective number. Two-sided tests of two shares,
    q over all of them together.
    """
    found = [
        (group, each)
        for group in range(k)
        for column, variable in enumerate(coded.variables)
        for each in _features(coded, column, variable, group_of == group)
    ]
    if not found:
        return [()] * k
    qs = false_discovery_control([p for _, (_, p) in found]).tolist()
    features = [
        (group, replace(feature, q=q))
        for (group, (feature, _)), q in zip(found, qs, strict=True)
    ]
    return [
        tuple(sorted((f for g, f in features if g == group), key=_by_lift))
        for group in range(k)
    ]


def is_distinctive(feature: DistinctiveFeature) -> bool:
    """Fifteen points or more apart, with q under 5 %."""
    return abs(feature.difference) >= MIN_DIFFERENCE and feature.q < MAX_Q


def _by_lift(feature: DistinctiveFeature) -> tuple[float, float, str, str]:
    return -feature.lift, -feature.difference, feature.variable, feature.level


def _features(
    coded: CodedPeople, column: int, variable: Variable, inside: Codes
) -> list[tuple[DistinctiveFeature, float]]:
    codes, weights = coded.codes[:, column], coded.weights
    known = codes != MISSING
    base_in, base_rest = int((known & inside).sum()), int((known & ~inside).sum())
    if min(base_in, base_rest) < MIN_BASE_SHOWN_WITH_CARE:
        return []
    weight_in = float(weights[known & inside].sum())
    weight_rest = float(weights[known & ~inside].sum())
    features = []
    for number, level in enumerate(variable.levels):
        has = codes == number
        inside_with = min(float(weights[has & inside].sum()), weight_in)
        rest_with = min(float(weights[has & ~inside].sum()), weight_rest)
        counts = (inside_with, weight_in, rest_with, weight_rest)
        share_in = inside_with / weight_in
        share_rest = rest_with / weight_rest
        feature = DistinctiveFeature(
            variable=variable.key,
            level=level,
            share_in=Share(share_in, wilson(inside_with, weight_in), base_in),
            share_rest=Share(share_rest, wilson(rest_with, weight_rest), base_rest),
            difference=share_in - share_rest,
            interval=newcombe(*counts),
            q=1.0,
        )
        features.append((feature, _p_of_difference(*counts)))
    return features


def _p_of_difference(
    inside: float, weight_in: float, rest: float, weight_rest: float
) -> float:
    pooled = (inside + rest) / (weight_in + weight_rest)
    spread = pooled * (1 - pooled) * (1 / weight_in + 1 / weight_rest)
    if spread <= 0:
        return 1.0
    z = (inside / weight_in - rest / weight_rest) / np.sqrt(spread)
    return float(2 * ndtr(-abs(z)))
