"""The emotion curve of a journey, and where it dips more than chance would have it.

Scores of texts run from −1 to +1, emotion on the map from −2 to +2. The unit is the
person: someone who speaks of a touchpoint ten times counts once, with their mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from analysis.histograms import Counts, Histogram, on_one_grid, rank_test
from analysis.intervals import (
    MIN_BASE_SHOWN,
    BaseLevel,
    Interval,
    Share,
    base_level,
    bootstrap_mean,
    share_of,
)

EMOTION_PER_SCORE = 2.0
NEUTRAL_BAND = 0.1  # person means within ± this, on −1..+1, are neutral
RELEVANT_EFFECT = 0.3  # points on −2..+2
RELEVANT_NEGATIVE_EXCESS = 0.10  # share negative above the rest's
FALSE_DISCOVERY_RATE = 0.05
MIN_BASE_TESTED = 10
MIN_BASE_CONFIRMED = MIN_BASE_SHOWN
_ROUNDING = 1e-9  # a mean of exactly ±0.1 stays neutral however it was added up


class DipLevel(StrEnum):
    CONFIRMED = "confirmed"
    POSSIBLE = "possible"
    NONE = "none"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionPoint:
    """What people felt at a touchpoint; made only for five people or more."""

    touchpoint: str
    base: int
    mean: float  # −2 .. +2
    interval: Interval
    share_negative: Share
    share_neutral: Share
    share_positive: Share
    level: BaseLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Dip:
    """What the test says of one touchpoint; no figures where it was not tested."""

    touchpoint: str
    level: DipLevel
    base: int
    effect: float | None = None  # points on −2..+2 below the rest
    negative_excess: float | None = None  # share negative above the rest's
    p: float | None = None
    q: float | None = None


def histograms_by_touchpoint(
    mentions: Iterable[tuple[str, str, float]],
) -> dict[str, Histogram]:
    """Person means (−1..+1) from (person, touchpoint, score) rows, by touchpoint.

    >>> rows = [("p1", "delivery", -1.0), ("p1", "delivery", 0.0), ("p2", "website", 1)]
    >>> histograms_by_touchpoint(rows)["delivery"]
    Histogram(values=(-0.5,), counts=(1,))
    """
    scores: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for person, touchpoint, score in mentions:
        scores[touchpoint, person].append(score)
    means: defaultdict[str, list[float]] = defaultdict(list)
    for (touchpoint, _), said in sorted(scores.items()):
        means[touchpoint].append(sum(said) / len(said))
    return {touchpoint: Histogram.of(values) for touchpoint, values in means.items()}


def summarise(
    histograms: Mapping[str, Histogram], *, seed: int, draws: int = 2000
) -> list[EmotionPoint]:
    """The point of each touchpoint, from histograms of person means (−1..+1).

    The mean carries a respondent-level bootstrap interval, the shares Wilson's. A
    touchpoint with fewer than five people gets no point at all: it may not be shown.
    A point does not depend on which other touchpoints are there.

    >>> people = Histogram.of([-0.8] * 30 + [0.0] * 5 + [0.6] * 15)
    >>> [point] = summarise({"delivery": people, "store": Histogram.of([1.0])}, seed=1)
    >>> point.base, round(point.mean, 2), point.share_negative.value, point.level.value
    (50, -0.6, 0.6, 'shown')
    """
    return [
        _emotion_point(touchpoint, histogram, seed=seed, draws=draws)
        for touchpoint, histogram in histograms.items()
        if base_level(histogram.base) is not BaseLevel.HIDDEN
    ]


def _emotion_point(
    touchpoint: str, histogram: Histogram, *, seed: int, draws: int
) -> EmotionPoint:
    emotion = histogram.scaled(EMOTION_PER_SCORE)
    base = histogram.base
    scores, counts = np.array(histogram.values), np.array(histogram.counts)
    negative = int(counts[_is_negative(scores)].sum())
    positive = int(counts[_is_negative(-scores)].sum())
    own_seed = seed_for(seed, touchpoint)
    return EmotionPoint(
        touchpoint=touchpoint,
        base=base,
        mean=emotion.mean,
        interval=bootstrap_mean(emotion, seed=own_seed, draws=draws),
        share_negative=share_of(negative, base),
        share_neutral=share_of(base - negative - positive, base),
        share_positive=share_of(positive, base),
        level=base_level(base),
    )


def seed_for(seed: int, touchpoint: str) -> int:
    """A seed for one touchpoint that stays when other touchpoints come and go.

    >>> seed_for(1, "delivery") == seed_for(1, "delivery") != seed_for(1, "website")
    True
    """
    mixed = np.random.SeedSequence([seed, crc32(touchpoint.encode())])
    return int(mixed.generate_state(1)[0])


def find_dips(histograms: Mapping[str, Histogram]) -> list[Dip]:
    """Touchpoints where people feel worse than elsewhere; the deepest first.

    See `assess_dips`, of which this keeps the confirmed and the possible ones.

    >>> calm = {f"step {i}": Histogram.of([0.0, 0.2] * 30) for i in range(4)}
    >>> dips = find_dips(calm | {"delivery": Histogram.of([-0.9, -0.5] * 30)})
    >>> [(dip.touchpoint, dip.level.value, round(dip.effect or 0, 2)) for dip in dips]
    [('delivery', 'confirmed', 1.6)]
    """
    found = (DipLevel.CONFIRMED, DipLevel.POSSIBLE)
    dips = [dip for dip in assess_dips(histograms) if dip.level in found]
    return sorted(dips, key=lambda dip: (-(dip.effect or 0.0), dip.touchpoint))


def assess_dips(histograms: Mapping[str, Histogram]) -> list[Dip]:
    """The verdict on every touchpoint, from histograms of person means (−1..+1).

    Tested are touchpoints with ten people or more: a one-sided rank test of their
    people against those of all other touchpoints, with the false discovery rate over
    the map held at 5 % (Benjamini and Hochberg 1995). A dip must also be relevant: 0.3
    points below the rest, or a share negative ten points above it. Under thirty
    people it is at most possible; under ten it is insufficient.

    People at several touchpoints count at each of them, which makes the test careful
    rather than keen: what a person brings along everywhere evens out.

    >>> [dip] = assess_dips({"delivery": Histogram.of([-0.5] * 9)})
    >>> dip
    Dip(touchpoint='delivery', level=<DipLevel.INSUFFICIENT: 'insufficient'>, \
base=9, effect=None, negative_excess=None, p=None, q=None)
    """
    if not histograms:
        return []
    grid, counts = on_one_grid(histograms)
    bases = counts.sum(axis=1)
    total = counts.sum(axis=0)
    tested = np.flatnonzero((bases >= MIN_BASE_TESTED) & (bases < total.sum()))
    ps = [rank_test(counts[row], total - counts[row]) for row in tested]
    qs = false_discovery_control(ps).tolist() if ps else []
    tests = dict(zip(tested.tolist(), zip(ps, qs, strict=True), strict=True))
    return [
        _judge(touchpoint, grid, counts[row], total - counts[row], tests.get(row))
        for row, touchpoint in enumerate(histograms)
    ]


def _judge(
    touchpoint: str,
    grid: NDArray[np.float64],
    here: Counts,
    rest: Counts,
    test: tuple[float, float] | None,
) -> Dip:
    base = int(here.sum())
    if test is None:
        return Dip(touchpoint=touchpoint, level=DipLevel.INSUFFICIENT, base=base)
    p, q = test
    effect = EMOTION_PER_SCORE * float(
        grid @ rest / rest.sum() - grid @ here / here.sum()
    )
    negative = _is_negative(grid)
    excess = float(
        here[negative].sum() / here.sum() - rest[negative].sum() / rest.sum()
    )
    relevant = effect >= RELEVANT_EFFECT or excess >= RELEVANT_NEGATIVE_EXCESS
    level = DipLevel.NONE
    if q < FALSE_DISCOVERY_RATE and relevant:
        confirmed = base >= MIN_BASE_CONFIRMED
        level = DipLevel.CONFIRMED if confirmed else DipLevel.POSSIBLE
    return Dip(
        touchpoint=touchpoint,
        level=level,
        base=base,
        effect=effect,
        negative_excess=excess,
        p=p,
        q=q,
    )


def _is_negative(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(scores < -NEUTRAL_BAND - _ROUNDING)
