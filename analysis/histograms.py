"""Counts of people at each distinct value: all that the figures need of a sample."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many people stand at each value; values rise, counts are above zero.

    >>> Histogram.of([0.5, -1.0, 0.5])
    Histogram(values=(-1.0, 0.5), counts=(1, 2))
    """

    values: tuple[float, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.counts):
            raise ValueError("a histogram needs one count for each value")
        if any(count < 1 for count in self.counts):
            raise ValueError("a histogram's counts are above zero")
        if any(low >= high for low, high in pairwise(self.values)):
            raise ValueError("a histogram's values rise")

    @classmethod
    def of(cls, values: Iterable[float], *, step: float | None = None) -> Self:
        """Count people's values, first rounded to multiples of ``step`` if given.

        >>> Histogram.of([0.51, 0.49, -0.98], step=0.05)
        Histogram(values=(-1.0, 0.5), counts=(1, 2))
        """
        numbers = np.fromiter(values, dtype=np.float64)
        if step is not None:
            numbers = np.round(np.round(numbers / step) * step, 9)
        distinct, counts = np.unique(numbers, return_counts=True)
        return cls(tuple(distinct.tolist()), tuple(counts.tolist()))

    @property
    def base(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        if not self.counts:
            raise ValueError("nobody has no mean")
        return float(np.dot(self.values, self.counts)) / self.base

    def scaled(self, factor: float) -> Self:
        """The same people on a scale ``factor`` (above zero) times as wide."""
        return type(self)(tuple(factor * value for value in self.values), self.counts)


def on_one_grid(
    histograms: Mapping[str, Histogram],
) -> tuple[NDArray[np.float64], Counts]:
    """The distinct values of all (v,), and counts (histograms, v) in the given order.

    >>> grid, counts = on_one_grid({"a": Histogram.of([0.0]), "b": Histogram.of([1.0])})
    >>> grid.tolist(), counts.tolist()
    ([0.0, 1.0], [[1, 0], [0, 1]])
    """
    grid = np.unique([v for each in histograms.values() for v in each.values])
    counts = np.zeros((len(histograms), len(grid)), dtype=np.int64)
    for row, each in zip(counts, histograms.values(), strict=True):
        row[np.searchsorted(grid, each.values)] = each.counts
    return grid, counts


def rank_test(sample: Counts, rest: Counts) -> float:
    """One-sided p that ``sample`` does not lie lower than ``rest``.

    Both are counts on one rising grid. The Mann-Whitney U test, normal
    approximation with the corrections for ties and continuity; 1.0 where a side is
    empty or nobody differs.

    >>> round(rank_test(np.array([6, 2, 0]), np.array([1, 3, 6])), 4)
    0.0015
    """
    n, m = int(sample.sum()), int(rest.sum())
    tied = (sample + rest).astype(np.float64)
    midranks = np.cumsum(tied) - (tied - 1) / 2
    total = n + m
    if not n or not m or tied.max() == total:
        return 1.0
    above = float(midranks @ sample) - n * (n + 1) / 2
    ties = float((tied**3 - tied).sum()) / (total * (total - 1))
    spread = np.sqrt(n * m / 12 * (total + 1 - ties))
    return float(ndtr((above - n * m / 2 + 0.5) / spread))
