"""Whether the same classes come back when other people had happened to answer."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.personas.coding import Codes, Floats
from analysis.personas.latent_classes import (
    LatentClasses,
    Patterns,
    expect,
    fit,
    random_starts,
)

RANDOM_STARTS = 9  # beside one from the solution itself


def bootstrap_jaccard(
    patterns: Patterns,
    weights: Floats,
    solution: LatentClasses,
    *,
    draws: int,
    seed: int,
) -> Floats:
    """Mean Jaccard similarity (k,) of each class with its match in refitted samples.

    People are drawn with replacement and the model is fitted anew, from the solution
    and from random starts. Classes are matched one to one over the distinct people
    drawn, so that the total similarity is highest. After Hennig (2007), who reads
    0.75 and over as stable and under 0.6 as not to be trusted.

    >>> from analysis.personas.latent_classes import fit_best
    >>> patterns = Patterns.of(np.array([[0] * 4] * 30 + [[1] * 4] * 20), (2,) * 4)
    >>> weights = np.ones(50)
    >>> two = fit_best(patterns, weights, k=2, starts=5, seed=1)
    >>> bootstrap_jaccard(patterns, weights, two, draws=10, seed=1).tolist()
    [1.0, 1.0]
    """
    k = solution.shares.shape[1]
    people = len(patterns.of_person)
    rng = np.random.default_rng([seed, k, draws])
    drawn = rng.multinomial(people, np.full(people, 1 / people), size=draws)
    pooled = patterns.pool(drawn * weights)
    starts = np.concatenate(
        [
            np.repeat(solution.chances, draws, axis=0),
            random_starts(patterns, runs=draws * RANDOM_STARTS, k=k, rng=rng),
        ]
    )
    refitted = fit(patterns, np.tile(pooled, (1 + RANDOM_STARTS, 1)), starts)
    best = refitted.log_likelihood.reshape(-1, draws).argmax(axis=0)
    chosen = best * draws + np.arange(draws)
    original = _classes(patterns, solution.shares, solution.chances)[0]
    again = _classes(patterns, refitted.shares[chosen], refitted.chances[chosen])
    present = patterns.pool((drawn > 0).astype(np.float64))
    similar = [
        matched_jaccard(original, classes, there, k)
        for classes, there in zip(again, present, strict=True)
    ]
    return np.asarray(np.mean(similar, axis=0))


def matched_jaccard(first: Codes, second: Codes, people: Floats, k: int) -> Floats:
    """Jaccard similarity (k,) of each first class with the second class matched to it.

    ``people`` counts who stands behind each item (m,).

    >>> first, second = np.array([0, 0, 1, 1]), np.array([1, 1, 0, 1])
    >>> matched_jaccard(first, second, np.ones(4), 2).round(3).tolist()
    [0.667, 0.5]
    """
    table = np.bincount(first * k + second, weights=people, minlength=k * k)
    table = table.reshape(k, k)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    jaccard = table / np.maximum(union, 1)
    rows, columns = linear_sum_assignment(jaccard, maximize=True)
    return np.asarray(jaccard[rows, columns])


def _classes(patterns: Patterns, shares: Floats, chances: Floats) -> Codes:
    return np.asarray(expect(patterns, shares, chances)[1].argmax(axis=1))
