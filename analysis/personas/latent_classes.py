"""Latent class analysis of categorical answers, many fits at once as one array.

Expectation–maximisation (Dempster, Laird and Rubin 1977) for the latent class model
(Lazarsfeld and Henry 1968). A missing answer adds nothing to a person's likelihood,
so nobody is left out and nothing is filled in (full information maximum likelihood).

Sizes: r runs, k classes, n people, m distinct answer patterns, l levels in all.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analysis.personas.coding import MISSING, Codes, Floats

MAX_STEPS = 1000
TOLERANCE = 1e-6  # of the log-likelihood, per step
_FLOOR = 1e-12  # a level nobody in a class has is improbable, not impossible
MAX_CELLS = 3_000_000  # r × k × m in memory at once


@dataclass(frozen=True, slots=True)
class Patterns:
    """The distinct rows of answers, and who gave which."""

    indicators: Floats  # (m, l): 1 where the pattern has the level
    same_variable: Floats  # (l, l): 1 where two levels are of one variable
    of_person: NDArray[np.intp]  # (n,)

    @classmethod
    def of(cls, codes: Codes, sizes: tuple[int, ...]) -> Self:
        """Patterns of coded answers (n, variables) with ``sizes`` levels each.

        >>> Patterns.of(np.array([[0, 1], [0, 1], [-1, 0]]), (2, 2)).indicators
        array([[0., 0., 1., 0.],
               [1., 0., 0., 1.]])
        """
        rows, of_person = np.unique(codes, axis=0, return_inverse=True)
        variable_of = np.repeat(np.arange(len(sizes)), sizes)
        level_of = np.concatenate([np.arange(0), *map(np.arange, sizes)])
        indicators = (rows[:, variable_of] == level_of) & (level_of != MISSING)
        same = variable_of[:, None] == variable_of
        return cls(indicators.astype(float), same.astype(float), of_person.ravel())

    def pool(self, per_person: Floats) -> Floats:
        """Sums by pattern (r, m) of figures by person (r, n)."""
        order = np.argsort(self.of_person, kind="stable")
        starts = np.searchsorted(self.of_person[order], range(len(self.indicators)))
        return np.asarray(np.add.reduceat(per_person[:, order], starts, axis=1))


@dataclass(frozen=True, slots=True)
class LatentClasses:
    """Parameters of r runs, and how likely each makes the answers."""

    shares: Floats  # (r, k)
    chances: Floats  # (r, k, l): of each level within its variable
    log_likelihood: Floats  # (r,)

    def run(self, number: int) -> Self:
        picked = slice(number, number + 1)
        return type(self)(
            self.shares[picked], self.chances[picked], self.log_likelihood[picked]
        )


def expect(
    patterns: Patterns, shares: Floats, chances: Floats
) -> tuple[Floats, Floats]:
    """Log-likelihood of each pattern (r, m) and its class posteriors (r, k, m).

    >>> patterns = Patterns.of(np.array([[0], [1]]), (2,))
    >>> shares, chances = np.array([[0.5, 0.5]]), np.array([[[0.9, 0.1], [0.3, 0.7]]])
    >>> logs, posteriors = expect(patterns, shares, chances)
    >>> np.exp(logs).round(2).tolist(), posteriors[0, 0].round(3).tolist()
    ([[0.6, 0.4]], [0.75, 0.125])
    """
    runs, classes, levels = chances.shape
    logs = np.log(np.maximum(chances, _FLOOR)).reshape(runs * classes, levels)
    joint = (logs @ patterns.indicators.T).reshape(runs, classes, -1)
    joint += np.log(np.maximum(shares, _FLOOR))[:, :, None]
    highest = joint.max(axis=1, keepdims=True)
    joint -= highest
    np.exp(joint, out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return (highest + np.log(total))[:, 0], joint


def maximise(
    patterns: Patterns, weights: Floats, posteriors: Floats
) -> tuple[Floats, Floats]:
    """Shares (r, k) and chances (r, k, l) that suit posteriors under weights (r, m).

    >>> patterns = Patterns.of(np.array([[0], [1]]), (2,))
    >>> posteriors = np.array([[[0.75, 0.25], [0.25, 0.75]]])
    >>> shares, chances = maximise(patterns, np.array([[30.0, 10.0]]), posteriors)
    >>> shares.tolist(), chances.tolist()
    ([[0.625, 0.375]], [[[0.9, 0.1], [0.5, 0.5]]])
    """
    runs, classes, _ = posteriors.shape
    weighted = posteriors * weights[:, None, :]
    shares = weighted.sum(axis=2) / weights.sum(axis=1, keepdims=True)
    counts = weighted.reshape(runs * classes, -1) @ patterns.indicators
    answered = counts @ patterns.same_variable
    uniform = 1 / patterns.same_variable.sum(axis=0)
    chances = np.where(
        answered > _FLOOR, counts / np.maximum(answered, _FLOOR), uniform
    )
    return shares, chances.reshape(runs, classes, -1)


def random_starts(
    patterns: Patterns, *, runs: int, k: int, rng: np.random.Generator
) -> Floats:
    """Chances (r, k, l) to start from: each class leans towards one answer pattern.

    >>> patterns = Patterns.of(np.array([[0], [1]]), (2,))
    >>> starts = random_starts(patterns, runs=3, k=2, rng=np.random.default_rng(1))
    >>> starts.sum(axis=2).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]
    """
    picked = rng.integers(len(patterns.indicators), size=(runs, k))
    overall = patterns.indicators.mean(axis=0)
    leaning = patterns.indicators[picked] + overall
    leaning = leaning + 0.1 * rng.random(leaning.shape) + _FLOOR
    return np.asarray(leaning / (leaning @ patterns.same_variable))


def fit(
    patterns: Patterns, weights: Floats, starts: Floats, *, max_cells: int = MAX_CELLS
) -> LatentClasses:
    """Climb from each start (r, k, l) under its own weights (r, m) to a maximum.

    Done in portions that keep r × k × m under ``max_cells``, which bounds memory.

    >>> patterns = Patterns.of(np.array([[0], [1]]), (2,))
    >>> fitted = fit(patterns, np.array([[3.0, 1.0]]), np.array([[[0.5, 0.5]]]))
    >>> fitted.chances.tolist()
    [[[0.75, 0.25]]]
    """
    runs, k, _ = starts.shape
    size = max(1, max_cells // (k * len(patterns.indicators)))
    parts = [
        _climb(patterns, weights[at : at + size], starts[at : at + size])
        for at in range(0, runs, size)
    ]
    return LatentClasses(
        np.concatenate([part.shares for part in parts]),
        np.concatenate([part.chances for part in parts]),
        np.concatenate([part.log_likelihood for part in parts]),
    )


def _climb(patterns: Patterns, weights: Floats, starts: Floats) -> LatentClasses:
    runs, k, _ = starts.shape
    shares, chances = np.full((runs, k), 1 / k), starts.copy()
    reached = np.full(runs, -np.inf)
    climbing = np.arange(runs)
    for _ in range(MAX_STEPS):
        logs, posteriors = expect(patterns, shares[climbing], chances[climbing])
        now = (logs * weights[climbing]).sum(axis=1)
        rising = now - reached[climbing] > TOLERANCE
        reached[climbing] = now
        climbing = climbing[rising]
        if not climbing.size:
            break
        shares[climbing], chances[climbing] = maximise(
            patterns, weights[climbing], posteriors[rising]
        )
    return LatentClasses(shares, chances, reached)


def fit_best(
    patterns: Patterns, weights: Floats, *, k: int, starts: int, seed: int
) -> LatentClasses:
    """The likeliest of ``starts`` random starts, for weights by person (n,).

    >>> codes = np.array([[0, 0, 0]] * 30 + [[1, 1, 1]] * 10)
    >>> patterns = Patterns.of(codes, (2, 2, 2))
    >>> best = fit_best(patterns, np.ones(40), k=2, starts=5, seed=1)
    >>> sorted(best.shares[0].round(3).tolist())
    [0.25, 0.75]
    """
    rng = np.random.default_rng([seed, k])
    runs = 1 if k == 1 else starts
    begin = random_starts(patterns, runs=runs, k=k, rng=rng)
    pooled = np.repeat(patterns.pool(weights[None, :]), runs, axis=0)
    fitted = fit(patterns, pooled, begin)
    return fitted.run(int(fitted.log_likelihood.argmax()))


def bic(fitted: LatentClasses, patterns: Patterns, effective_base: float) -> float:
    """Bayesian information criterion of a single run (Schwarz 1978); lower is better.

    >>> patterns = Patterns.of(np.array([[0], [1]] * 10), (2,))
    >>> best = fit_best(patterns, np.ones(20), k=1, starts=1, seed=1)
    >>> round(bic(best, patterns, 20), 3)  # 20 ln 4 + ln 20
    30.722
    """
    _, k, levels = fitted.chances.shape
    variables = round(float((1 / patterns.same_variable.sum(axis=0)).sum()))
    free = k - 1 + k * (levels - variables)
    return float(free * np.log(effective_base) - 2 * fitted.log_likelihood[0])
