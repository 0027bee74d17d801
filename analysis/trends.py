"""What changed between two waves at each touchpoint, and how it went week by week.

Where the questions changed in between, only answers to questions that may be compared
belong in one comparison, and a line breaks where they may not.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from scipy.stats import false_discovery_control

from analysis.histograms import Histogram, on_one_grid, rank_test
from analysis.intervals import (
    BaseLevel,
    Interval,
    base_level,
    bootstrap_difference,
    bootstrap_mean,
)
from analysis.journey import (
    EMOTION_PER_SCORE,
    FALSE_DISCOVERY_RATE,
    MIN_BASE_TESTED,
    RELEVANT_EFFECT,
    seed_for,
)

_WEEK = timedelta(days=7)
Part = TypeVar("Part")  # of what is asked: a question, or an option of it


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    STEADY = "steady"  # a relevant change is ruled out
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """The change of a touchpoint's mean emotion, in points on −2..+2."""

    touchpoint: str
    base_before: int
    base_after: int
    difference: float
    interval: Interval
    p: float
    q: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPoint:
    """A week's mean emotion, −2..+2; no figures for fewer than five people."""

    week: date  # its Monday
    base: int
    level: BaseLevel
    mean: float | None = None
    interval: Interval | None = None
    starts_anew: bool = False  # not comparable with the weeks before


class Drawn(NamedTuple, Generic[Part]):
    """That a week draws on a part of what a version asked; higher is later."""

    week: date
    version: int
    part: Part


@dataclass(frozen=True, slots=True)
class Break(Generic[Part]):
    """From ``week`` on a newer version asks otherwise; ``parts`` are why."""

    week: date
    older: int
    newer: int
    parts: tuple[Part, ...]


def compare_waves(
    before: Mapping[str, Histogram],
    after: Mapping[str, Histogram],
    *,
    seed: int,
    relevant: float = RELEVANT_EFFECT,
    draws: int = 2000,
) -> list[WaveChange]:
    """The change at each touchpoint that ten people or more met in both waves.

    Takes histograms of person means (−1..+1) of different people. Up or down needs
    three things: a two-sided rank test that holds at a false discovery rate of 5 %
    over all touchpoints, an interval without zero, and a difference of ``relevant``
    points or more. Steady: the interval lies wholly within ± ``relevant``. Else
    unclear. Both waves must have been asked the same, or count only what may be
    compared.

    >>> before = {"delivery": Histogram.of([-0.6, -0.2] * 30)}
    >>> after = {"delivery": Histogram.of([0.2, 0.6] * 30)}
    >>> [change] = compare_waves(before, after, seed=1)
    >>> round(change.difference, 2), change.verdict.value
    (1.6, 'up')
    """
    changes = [
        _change(name, before[name], after[name], seed=seed_for(seed, name), draws=draws)
        for name in before
        if name in after and min(before[name].base, after[name].base) >= MIN_BASE_TESTED
    ]
    if not changes:
        return []
    qs = false_discovery_control([change.p for change in changes]).tolist()
    return [
        replace(change, q=q, verdict=_verdict(change, q, relevant))
        for change, q in zip(changes, qs, strict=True)
    ]


def _change(
    touchpoint: str, before: Histogram, after: Histogram, *, seed: int, draws: int
) -> WaveChange:
    _, (counts_before, counts_after) = on_one_grid({"before": before, "after": after})
    lower = rank_test(counts_after, counts_before)
    higher = rank_test(counts_before, counts_after)
    felt_before, felt_after = (
        each.scaled(EMOTION_PER_SCORE) for each in (before, after)
    )
    return WaveChange(
        touchpoint=touchpoint,
        base_before=before.base,
        base_after=after.base,
        difference=felt_after.mean - felt_before.mean,
        interval=bootstrap_difference(felt_after, felt_before, seed=seed, draws=draws),
        p=min(1.0, 2 * min(lower, higher)),
        q=1.0,
        verdict=Verdict.UNCLEAR,
    )


def _verdict(change: WaveChange, q: float, relevant: float) -> Verdict:
    low, high = change.interval.low, change.interval.high
    moved = q < FALSE_DISCOVERY_RATE and abs(change.difference) >= relevant
    if moved and low > 0:
        return Verdict.UP
    if moved and high < 0:
        return Verdict.DOWN
    return Verdict.STEADY if -relevant < low and high < relevant else Verdict.UNCLEAR


def find_breaks(
    drawn: Iterable[Drawn[Part]], is_alike: Callable[[Part, int, int], bool]
) -> list[Break[Part]]:
    """Where a line over weeks must break, since versions that follow are not alike.

    A version, numbered from one, begins in the first week that draws on it; who began
    with the one before may finish that later. ``is_alike`` says whether a part may be
    compared between two versions; only parts that something was drawn from matter, and
    each is compared with the version that the line began with.

    >>> monday, later = date(2026, 3, 2), date(2026, 3, 9)
    >>> drawn = [Drawn(monday, 1, "why"), Drawn(later, 2, "how")]
    >>> find_breaks(drawn, lambda part, *versions: part != "how")
    [Break(week=datetime.date(2026, 3, 9), older=1, newer=2, parts=('how',))]
    """
    begins: dict[int, date] = {}
    parts: defaultdict[int, dict[Part, None]] = defaultdict(dict)
    for week, version, part in sorted(drawn, key=lambda each: each[:2]):
        begins.setdefault(version, week)
        parts[version][part] = None
    found: list[Break[Part]] = []
    start, latest, asked = 0, date.min, dict[Part, None]()  # since the line began
    for version in sorted(begins):
        latest = max(latest, begins[version])
        asked |= parts[version]
        unlike = tuple(
            part for part in asked if start and not is_alike(part, start, version)
        )
        if unlike:
            found.append(Break(latest, start, version, unlike))
        if not start or unlike:
            start, asked = version, dict(parts[version])
    return found


def weekly_series(
    rows: Iterable[tuple[str, date, float]],
    *,
    seed: int,
    draws: int = 2000,
    breaks: Collection[date] = (),
) -> list[WeekPoint]:
    """Mean emotion by week from (person, day, score −1..+1) rows, without gaps.

    The unit is the person within the week. A week in which nobody spoke has base
    zero, so that a line can break there; ``breaks`` are weeks in which it starts anew.

    >>> monday, later = date(2026, 3, 2), date(2026, 3, 18)
    >>> rows = [(f"p{i}", day, 0.5) for i in range(6) for day in (monday, later)]
    >>> points = weekly_series(rows, seed=1)
    >>> [(point.week.day, point.base, point.mean) for point in points]
    [(2, 6, 1.0), (9, 0, None), (16, 6, 1.0)]
    """
    weeks: defaultdict[date, dict[str, list[float]]] = defaultdict(dict)
    for person, day, score in rows:
        weeks[monday_of(day)].setdefault(person, []).append(score)
    if not weeks:
        return []
    span = (max(weeks) - min(weeks)) // _WEEK + 1
    points = [
        _week_point(week, weeks.get(week, {}), seed=seed, draws=draws)
        for week in (min(weeks) + _WEEK * i for i in range(span))
    ]
    return start_anew(points, breaks)


def start_anew(
    points: Sequence[WeekPoint], breaks: Collection[date]
) -> list[WeekPoint]:
    """The same weeks, those marked that are not comparable with what was before."""
    return [replace(each, starts_anew=each.week in breaks) for each in points]


def monday_of(day: date) -> date:
    """The Monday of a day's week.

    >>> monday_of(date(2026, 3, 8))
    datetime.date(2026, 3, 2)
    """
    return day - timedelta(days=day.weekday())


def _week_point(
    week: date, scores: Mapping[str, list[float]], *, seed: int, draws: int
) -> WeekPoint:
    base = len(scores)
    level = base_level(base)
    if level is BaseLevel.HIDDEN:
        return WeekPoint(week=week, base=base, level=level)
    means = (EMOTION_PER_SCORE * sum(said) / len(said) for said in scores.values())
    emotion = Histogram.of(means)
    own_seed = seed_for(seed, week.isoformat())
    interval = bootstrap_mean(emotion, seed=own_seed, draws=draws)
    return WeekPoint(
        week=week, base=base, level=level, mean=emotion.mean, interval=interval
    )
