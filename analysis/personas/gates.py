"""The gates that a number of personas must pass, each with its figure.

They are examined in order and stop at the first refusal, because the later ones cost
most; what was not examined is reported as such.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from analysis.personas.coding import CodedPeople, Codes, Floats
from analysis.personas.describe import Compared, compare, is_distinctive
from analysis.personas.latent_classes import (
    LatentClasses,
    Patterns,
    bic,
    expect,
    fit_best,
)
from analysis.personas.records import Gate, GateName
from analysis.personas.stability import bootstrap_jaccard

BASES = {2: 60, 3: 150}  # people needed before so many personas are tried
BASE_PER_PERSONA = 100  # for more than three
MIN_CLASS_SHARE = 0.10
MIN_CLASS_BASE = 20
MIN_POSTERIOR = 0.75
STABLE = 0.75
PROVISIONAL = 0.60
MIN_FEATURES = 3
DECIMALS = 4  # what EM leaves undecided: where it stops hangs on the last bits


def base_needed(k: int) -> int:
    """People (effective) needed before ``k`` personas are tried.

    >>> [base_needed(k) for k in (1, 2, 3, 4)]
    [1, 60, 150, 400]
    """
    return 1 if k == 1 else BASES.get(k, BASE_PER_PERSONA * k)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to look: random starts, bootstrap samples, and from which seed."""

    starts: int
    draws: int
    seed: int


@dataclass(frozen=True)
class Candidate:
    """A fit of ``k`` classes, its people placed where they most likely belong.

    Classes stand in the order of their size, then of what they said.
    """

    coded: CodedPeople
    patterns: Patterns
    fitted: LatentClasses
    effort: Effort

    @property
    def k(self) -> int:
        return int(self.fitted.shares.shape[1])

    @cached_property
    def bic(self) -> float:
        return bic(self.fitted, self.patterns, self.coded.effective_base)

    @cached_property
    def posteriors(self) -> Floats:
        """How likely each person is in each class (n, k)."""
        by_pattern = expect(self.patterns, self.fitted.shares, self.fitted.chances)[1]
        return np.asarray(by_pattern[0].T[self.patterns.of_person])

    @cached_property
    def class_of(self) -> Codes:
        return np.asarray(self.posteriors.argmax(axis=1))

    @cached_property
    def bases(self) -> Codes:
        return np.bincount(self.class_of, minlength=self.k)

    @cached_property
    def shares(self) -> Floats:
        """Weighted shares of the people placed (k,)."""
        weights = np.bincount(
            self.class_of, weights=self.coded.weights, minlength=self.k
        )
        return np.asarray(weights / weights.sum())

    @cached_property
    def mean_posteriors(self) -> Floats:
        sure = self.posteriors.max(axis=1)
        sums = np.bincount(self.class_of, weights=sure, minlength=self.k)
        return np.asarray(sums / np.maximum(self.bases, 1))

    @cached_property
    def features(self) -> list[Compared]:
        """The distinctive features of each class."""
        compared = compare(self.coded, self.class_of, self.k)
        return [tuple(filter(is_distinctive, features)) for features in compared]

    @cached_property
    def stability(self) -> Floats:
        return bootstrap_jaccard(
            self.patterns,
            self.coded.weights,
            self.fitted,
            draws=self.effort.draws,
            seed=self.effort.seed,
        )


def fit_candidate(
    coded: CodedPeople, patterns: Patterns, k: int, effort: Effort
) -> Candidate:
    """The likeliest ``k`` classes, put in an order that does not hang on the start."""
    fitted = fit_best(
        patterns, coded.weights, k=k, starts=effort.starts, seed=effort.seed
    )
    placed = Candidate(coded, patterns, fitted, effort)
    shares, chances = placed.shares.round(6), fitted.chances[0].round(DECIMALS)
    order = sorted(range(k), key=lambda c: (-shares[c], (-chances[c]).tolist()))
    ordered = LatentClasses(
        fitted.shares[:, order], fitted.chances[:, order], fitted.log_likelihood
    )
    return Candidate(coded, patterns, ordered, effort)


def examine(k: int, candidates: dict[int, Candidate], people: float) -> list[Gate]:
    """The gates for ``k`` classes; candidates hold all k that the base allows."""
    gates: list[Gate] = []
    refused = False
    for name, threshold, measure, low_is_good in _gates(k, candidates, people):
        figure = None if refused else round(measure(), DECIMALS)
        passed = None
        if figure is not None:
            passed = figure < threshold if low_is_good else figure >= threshold
            refused = not passed
        gates.append(Gate(k, name, passed, figure, threshold))
    return gates


def _gates(
    k: int, candidates: dict[int, Candidate], people: float
) -> Iterator[tuple[GateName, float, Callable[[], float], bool]]:
    yield GateName.BASE, base_needed(k), lambda: people, False
    yield GateName.BIC, 0.0, lambda: _bic_above_fewer(k, candidates), True
    smallest = max(MIN_CLASS_BASE, MIN_CLASS_SHARE * people)
    figures: list[tuple[GateName, float, Callable[[Candidate], float]]] = [
        (GateName.CLASS_SHARE, MIN_CLASS_SHARE, lambda c: float(c.shares.min())),
        (GateName.CLASS_BASE, smallest, lambda c: float(c.bases.min())),
        (GateName.POSTERIOR, MIN_POSTERIOR, lambda c: float(c.mean_posteriors.min())),
        (GateName.STABILITY, PROVISIONAL, lambda c: float(c.stability.min())),
        (GateName.FEATURES, MIN_FEATURES, _fewest_features),
    ]
    for name, threshold, measure in figures:
        yield name, threshold, partial(_measure, measure, candidates, k), False


def _measure(
    measure: Callable[[Candidate], float], candidates: dict[int, Candidate], k: int
) -> float:
    return measure(candidates[k])


def _bic_above_fewer(k: int, candidates: dict[int, Candidate]) -> float:
    return candidates[k].bic - min(candidates[fewer].bic for fewer in range(1, k))


def _fewest_features(candidate: Candidate) -> float:
    return min(
        len({feature.variable for feature in features})
        for features in candidate.features
    )
