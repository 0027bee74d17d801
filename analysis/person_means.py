"""From mentions to people: where each person stands at a touchpoint, and when."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analysis.histograms import Histogram
from analysis.journey import NEUTRAL_BAND

STEPS = 20  # to a point: means of people are counted in steps of 0.05
_EDGE = round(NEUTRAL_BAND * STEPS)  # the step at which neutral ends
_ROUNDING = 1e-7  # a mean of exactly ±0.1 stays neutral however it was added up


@dataclass(frozen=True, slots=True, eq=False)
class PersonWeeks:
    """One row for each person in each week: (rows,) each, by person and then week."""

    people: NDArray[np.int64]
    weeks: NDArray[np.int64]
    sums: NDArray[np.float64]  # of scores −1..+1
    mentions: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        people: NDArray[np.int64],
        weeks: NDArray[np.int64],
        scores: NDArray[np.float64],
    ) -> Self:
        """From mentions (n,) in any order: ids from zero up, weeks as day numbers.

        >>> one, two = np.array([7, 7, 9]), np.array([14, 14, 7])
        >>> rows = PersonWeeks.of(one, two, np.array([0.5, -1.0, 0.25]))
        >>> rows.people.tolist(), rows.weeks.tolist(), rows.sums.tolist()
        ([7, 9], [14, 7], [-0.5, 0.25])
        """
        first = weeks.min(initial=0)
        span = weeks.max(initial=0) - first + 1
        pairs, row, mentions = np.unique(
            people * span + (weeks - first), return_inverse=True, return_counts=True
        )
        sums = np.bincount(row, scores, minlength=len(pairs)).astype(np.float64)
        return cls(pairs // span, pairs % span + first, sums, mentions)

    def histogram(self) -> Histogram:
        """Person means in steps of 0.05, of which none crosses the edge of neutral.

        >>> people, weeks = np.array([1, 1, 2]), np.array([7, 14, 7])
        >>> PersonWeeks.of(people, weeks, np.array([1.0, 0.0, -0.11])).histogram()
        Histogram(values=(-0.15, 0.5), counts=(1, 1))
        """
        starts = np.flatnonzero(np.diff(self.people, prepend=-1))
        said = np.add.reduceat(self.mentions, starts)
        steps = STEPS * np.add.reduceat(self.sums, starts) / said
        values, counts = np.unique(_whole(steps), return_counts=True)
        return Histogram(tuple((values / STEPS).tolist()), tuple(counts.tolist()))

    def by_week(self) -> dict[int, tuple[int, float]]:
        """How many people spoke in each week, and the mean of their means.

        >>> people, weeks = np.array([1, 1, 2]), np.array([7, 7, 7])
        >>> PersonWeeks.of(people, weeks, np.array([1.0, 0.0, -0.5])).by_week()
        {7: (2, 0.0)}
        """
        weeks, row, people = np.unique(
            self.weeks, return_inverse=True, return_counts=True
        )
        means = np.bincount(row, self.sums / self.mentions) / people
        spoken = zip(people.tolist(), means.tolist(), strict=True)
        return dict(zip(weeks.tolist(), spoken, strict=True))


def _whole(steps: NDArray[np.float64]) -> NDArray[np.int64]:
    """The nearest step, halves outward; past neutral's edge never back on it."""
    away = np.abs(steps)
    nearest = np.floor(away + 0.5)
    nearest[(away > _EDGE + _ROUNDING) & (nearest == _EDGE)] = _EDGE + 1
    return (np.sign(steps) * nearest).astype(np.int64)
