"""Chooses from which probability a mention counts, and what its confidence means."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.encoder import kind_of
from analysis.findings import log_odds
from analysis.lessons import Lesson
from analysis.records import Language, Polarity
from analysis.regression import fit_logistic
from analysis.weigher import polarities
from analysis.weighing import BOTH, Verdict, Weights, joint_chance

_LIMITS = tuple(round(0.26 + 0.02 * step, 2) for step in range(20))
_BOTH_LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 1.1)
_KINDS = ("asked", "open")
_WEAK = 0.01  # draws the confidence a little towards the probability as it stands
_DECIMALS = 4
_Judged = Sequence[tuple[Lesson, Verdict]]


def decided(weights: Weights, judged: _Judged) -> Weights:
    """The weights with limits, and with what the confidence means."""
    both = max(_BOTH_LIMITS, key=lambda limit: (_joint_right(judged, limit), limit))
    limits = {}
    for kind in _KINDS:
        of_kind = [
            pair for pair in judged if kind_of(pair[0].case.role) == kind
        ] or list(judged)
        limits[kind] = max(_LIMITS, key=lambda limit: _joint_f1(of_kind, limit, both))
    chosen = replace(weights, spoken_from=limits, both_from=both)
    sure = {str(language): _sureness(chosen, judged, language) for language in Language}
    return replace(chosen, sureness=sure)


def _right(polarity: int, found: Sequence[Polarity]) -> int:
    if polarity < 0:
        return 0
    if polarity == BOTH:
        return sum(one is not Polarity.NEUTRAL for one in found)
    return int(
        (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)[polarity] in found
    )


def _joint_right(judged: _Judged, both: float) -> float:
    total = 0.0
    for lesson, verdict in judged:
        if lesson.spoken:
            found = polarities(verdict, both)
            gold = 2 if lesson.polarity == BOTH else 1
            total += 2 * _right(lesson.polarity, found) / (len(found) + gold)
    return total


def _joint_f1(judged: _Judged, limit: float, both: float) -> float:
    """The mean of the F1 of touchpoints and that of touchpoints with polarity."""
    gold = found = named = right = agreed = gold_signs = 0
    for lesson, verdict in judged:
        gold += lesson.spoken
        gold_signs += 2 if lesson.polarity == BOTH else lesson.spoken
        if verdict.chance >= limit:
            signs = polarities(verdict, both)
            named += 1
            found += len(signs)
            right += lesson.spoken
            agreed += _right(lesson.polarity, signs)
    return right / max(1, gold + named) + agreed / max(1, gold_signs + found)


def _sureness(
    weights: Weights, judged: _Judged, language: Language
) -> tuple[float, float]:
    """Slope and shift by which log odds become the share that is right."""
    odds, right = [], []
    for lesson, verdict in judged:
        case = lesson.case
        if language not in {case.language, Language.UNDETERMINED}:
            continue
        if verdict.chance < weights.spoken_from[kind_of(case.role)]:
            continue
        for polarity in polarities(verdict, weights.both_from):
            odds.append(log_odds(joint_chance(verdict, polarity)))
            right.append(_right(lesson.polarity, (polarity,)))
    if not odds:
        return 1.0, 0.0
    x = np.column_stack([odds, np.ones(len(odds))])
    fitted = fit_logistic(
        x,
        np.array(right, float),
        np.ones(len(odds)),
        precision=np.full(2, _WEAK),
        centre=np.array([1.0, 0.0]),
    )
    slope, shift = fitted.round(_DECIMALS)
    return float(slope), float(shift)
