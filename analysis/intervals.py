"""How sure a figure is: intervals for shares and means, and what a base may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Self

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from analysis.histograms import Histogram

CONFIDENCE = 0.95
_Z = float(ndtri((1 + CONFIDENCE) / 2))
_SMOOTH_BASE, _SMOOTH_SKEWNESS = 100, 0.3  # from where an expansion beats drawing

MIN_BASE_SHOWN_WITH_CARE = 5  # under this a figure may point at a person
MIN_BASE_SHOWN = 30


class BaseLevel(StrEnum):
    """What a base allows a page to show."""

    HIDDEN = "hidden"
    INDICATIVE = "indicative"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people, 0 to 1, with its 95 % interval and how many were asked."""

    value: float
    interval: Interval
    base: int


def base_level(base: int) -> BaseLevel:
    """Whether a figure on this many people is hidden, indicative or shown.

    >>> [base_level(n).value for n in (4, 5, 29, 30)]
    ['hidden', 'indicative', 'indicative', 'shown']
    """
    if base < MIN_BASE_SHOWN_WITH_CARE:
        return BaseLevel.HIDDEN
    return BaseLevel.INDICATIVE if base < MIN_BASE_SHOWN else BaseLevel.SHOWN


def wilson(successes: float, base: float) -> Interval:
    """The Wilson score interval of a share (Wilson 1927).

    Fractions are allowed, for weighted counts on an effective base; raises
    ValueError on an empty base or successes outside it.

    >>> wilson(9, 30)  # doctest: +ELLIPSIS
    Interval(low=0.166647..., high=0.478757...)
    """
    if base <= 0 or not 0 <= successes <= base:
        raise ValueError(f"no share: {successes} of {base}")
    share, z2 = successes / base, _Z**2
    centre = (share + z2 / (2 * base)) / (1 + z2 / base)
    half = _Z * sqrt(share * (1 - share) / base + z2 / (4 * base**2)) / (1 + z2 / base)
    low = 0.0 if successes == 0 else centre - half
    return Interval(low, 1.0 if successes == base else centre + half)


def share_of(successes: int, base: int) -> Share:
    """A share with its Wilson interval.

    >>> share_of(5, 10)  # doctest: +ELLIPSIS
    Share(value=0.5, interval=Interval(low=0.236593..., high=0.763406...), base=10)
    """
    return Share(successes / base, wilson(successes, base), base)


def newcombe(
    successes: float, base: float, other_successes: float, other_base: float
) -> Interval:
    """The interval of a difference of two independent shares, first minus other.

    Newcombe's hybrid of two Wilson intervals (Newcombe 1998, method 10).

    >>> interval = newcombe(56, 70, 48, 80)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0524, 0.3339)
    """
    share, other = successes / base, other_successes / other_base
    mine, theirs = wilson(successes, base), wilson(other_successes, other_base)
    down = sqrt((share - mine.low) ** 2 + (theirs.high - other) ** 2)
    up = sqrt((mine.high - share) ** 2 + (other - theirs.low) ** 2)
    return Interval(share - other - down, share - other + up)


def bootstrap_mean(
    sample: Sequence[float] | Histogram, *, seed: int, draws: int = 2000
) -> Interval:
    """The interval of a mean, by resampling people.

    Percentiles, taken a little wider for small samples, for which plain ones are too
    narrow (the expanded percentile interval, Hesterberg 2015). From a hundred people
    on, unless they are very lopsided, the percentiles of all samples there could be
    are computed; else ``draws`` samples are drawn. Raises ValueError for fewer than
    two people.

    >>> interval = bootstrap_mean([-1.0] * 40 + [1.0] * 60, seed=1)
    >>> round(interval.low, 2), round(interval.high, 2)
    (0.0, 0.39)
    """
    histogram = sample if isinstance(sample, Histogram) else Histogram.of(sample)
    cumulants = Cumulants.of_mean(histogram)
    if cumulants.is_smooth and histogram.base >= _SMOOTH_BASE:
        return _computed(cumulants, histogram.base)
    return _percentiles(resampled_means(histogram, seed, draws), histogram.base)


def bootstrap_difference(
    after: Histogram, before: Histogram, *, seed: int, draws: int = 2000
) -> Interval:
    """The interval of a difference of two means of different people, after − before.

    >>> before, after = Histogram.of([0.0, 0.2] * 20), Histogram.of([0.9, 1.1] * 20)
    >>> interval = bootstrap_difference(after, before, seed=1)
    >>> round(interval.low, 2), round(interval.high, 2)
    (0.86, 0.95)
    """
    base = min(after.base, before.base)
    cumulants = Cumulants.of_mean(after).minus(Cumulants.of_mean(before))
    if cumulants.is_smooth and base >= _SMOOTH_BASE:
        return _computed(cumulants, base)
    first, second = np.random.SeedSequence(seed).generate_state(2).tolist()
    means = resampled_means(after, first, draws)
    means -= resampled_means(before, second, draws)
    return _percentiles(means, base)


@dataclass(frozen=True, slots=True)
class Cumulants:
    """The first four cumulants of the means that resampling would give."""

    mean: float
    variance: float
    third: float
    fourth: float

    @classmethod
    def of_mean(cls, people: Histogram) -> Self:
        """Those of the mean of as many people, drawn from these with replacement.

        >>> Cumulants.of_mean(Histogram.of([0.0, 1.0]))
        Cumulants(mean=0.5, variance=0.125, third=0.0, fourth=-0.015625)
        """
        base, mean = people.base, people.mean
        away = np.array(people.values) - mean
        second, third, fourth = (
            float(away**power @ people.counts) / base for power in (2, 3, 4)
        )
        excess = fourth - 3 * second**2
        return cls(mean, second / base, third / base**2, excess / base**3)

    def minus(self, other: Self) -> Self:
        """Those of a difference of two independent means."""
        return type(self)(
            self.mean - other.mean,
            self.variance + other.variance,
            self.third - other.third,
            self.fourth + other.fourth,
        )

    @property
    def is_smooth(self) -> bool:
        """Whether the distribution is near enough to normal to be expanded."""
        return abs(self.third) <= _SMOOTH_SKEWNESS * sqrt(self.variance) ** 3

    def quantile(self, z: float) -> float:
        """The quantile where a standard normal has ``z`` (Cornish and Fisher 1938)."""
        if not self.variance:
            return self.mean
        skewness = self.third / sqrt(self.variance) ** 3
        excess = self.fourth / self.variance**2
        bent = z + skewness * (z**2 - 1) / 6 + excess * (z**3 - 3 * z) / 24
        bent -= skewness**2 * (2 * z**3 - 5 * z) / 36
        return self.mean + sqrt(self.variance) * bent


def resampled_means(
    histogram: Histogram, seed: int, draws: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Means (draws,) of samples of the same people, drawn with replacement.

    One multinomial draw over the distinct values stands for a draw of everybody: the
    distribution is the same and the cost no longer grows with the base.

    >>> resampled_means(Histogram.of([0.0, 1.0]), seed=1, draws=3).tolist()
    [0.5, 0.0, 1.0]
    """
    base = histogram.base
    if base < 2:  # noqa: PLR2004 - one person has no spread
        raise ValueError(f"an interval needs two people or more, not {base}")
    rng = np.random.default_rng(seed)
    chances = np.array(histogram.counts, dtype=np.float64) / base
    drawn = rng.multinomial(base, chances, size=draws)
    return np.asarray(drawn @ np.array(histogram.values) / base)


def _computed(cumulants: Cumulants, base: int) -> Interval:
    z = float(ndtri(_tail(base)))
    return Interval(cumulants.quantile(z), cumulants.quantile(-z))


def _percentiles(
    means: np.ndarray[tuple[int], np.dtype[np.float64]], base: int
) -> Interval:
    tail = _tail(base)
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(low), float(high))


def _tail(base: int) -> float:
    """What is left out on either side: less for small samples (Hesterberg 2015)."""
    t = stdtrit(base - 1, (1 + CONFIDENCE) / 2)
    return float(ndtr(-sqrt(base / (base - 1)) * t))
