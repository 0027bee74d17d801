"""Figures of touchpoints: what people felt, how sure that is, and how it moved.

The unit is the person: someone who speaks of a touchpoint ten times counts once. A
report is remembered until the data change, because everybody reads the same ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from sqlalchemy import Select
from sqlalchemy.orm import Session

from analysis.histograms import Histogram
from analysis.intervals import BaseLevel, Share, base_level
from analysis.journey import EMOTION_PER_SCORE, EmotionPoint, summarise
from analysis.person_means import PersonWeeks
from analysis.trends import WaveChange, WeekPoint, compare_waves, start_anew
from survey_app.insights import figure_queries as queries
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.lineage import (
    Source,
    list_version_ids,
    read_feeds,
    read_lineages,
    sources_of,
)
from survey_app.insights.memory import remembered
from survey_app.insights.trend_breaks import TrendBreak, breaks_by_touchpoint
from survey_app.insights.wave_comparison import (
    WaveComparison,
    compare_with_previous,
    unlike_texts,
)

SEED = 20261122  # of the bootstrap: the same data give the same intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointFigure:
    """One touchpoint under one filter.

    ``point`` is None for fewer than five people: then nothing may be shown.
    ``change`` and both shares negative speak of this wave and the one before, as far
    as these may be compared. ``breaks`` are where the line over the weeks breaks.
    """

    touchpoint: str
    base: int  # people
    mentions: int
    histogram: Histogram  # of person means, −1..+1
    point: EmotionPoint | None
    negative_before: Share | None
    negative_after: Share | None
    change: WaveChange | None
    weeks: tuple[WeekPoint, ...]
    breaks: tuple[TrendBreak, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointReport:
    """All touchpoints spoken of under one filter, the most negative first."""

    figures: tuple[TouchpointFigure, ...]
    base: int  # people who spoke of any touchpoint
    mentions: int
    comparison: WaveComparison | None  # with the wave before, where there is one
    sources: tuple[Source, ...] = ()
    waiting: int = 0  # mentions left out until somebody judges them

    @property
    def compared_with(self) -> str | None:
        """The name of the wave before, where the two can be compared."""
        possible = self.comparison is not None and self.comparison.is_possible
        return self.comparison.name if self.comparison and possible else None

    def find(self, touchpoint: str) -> TouchpointFigure | None:
        found = (each for each in self.figures if each.touchpoint == touchpoint)
        return next(found, None)


def touchpoint_figures(
    session: Session, filters: FigureFilter
) -> tuple[TouchpointFigure, ...]:
    """The figure of every touchpoint that somebody spoke of, most negative first."""
    return report_touchpoints(session, filters).figures


def report_touchpoints(session: Session, filters: FigureFilter) -> TouchpointReport:
    return remembered(session, ("report", filters), lambda: _report(session, filters))


def _report(session: Session, filters: FigureFilter) -> TouchpointReport:
    spoken = queries.read_spoken(session, filters)
    rows = _person_weeks(spoken)
    people = _histograms(rows)
    comparison = compare_with_previous(session, filters)
    breaks, sources = _drawn_from(session, filters)
    mentions = {each.touchpoint: len(each.scores) for each in spoken}
    return TouchpointReport(
        figures=_figures(
            people,
            mentions,
            _compared(session, filters, comparison, people),
            _weeks(rows, breaks),
            breaks,
        ),
        base=_count_people(rows),
        mentions=sum(mentions.values()),
        comparison=comparison,
        sources=sources,
        waiting=queries.count_waiting(session, filters),
    )


def _drawn_from(
    session: Session, filters: FigureFilter
) -> tuple[Mapping[str, tuple[TrendBreak, ...]], tuple[Source, ...]]:
    """Where lines break, and the versions; both are plain where there is one."""
    answered = list_version_ids(session, filters)
    lineages = read_lineages(session, answered)
    if len(answered) == len(lineages):
        return {}, sources_of(lineages, answered)
    feeds = read_feeds(session, filters, lineages)
    drawn = {feed.version_id for feed in feeds}
    return breaks_by_touchpoint(feeds, lineages), sources_of(lineages, drawn)


def _person_weeks(spoken: Iterable[queries.Spoken]) -> dict[str, PersonWeeks]:
    return {
        each.touchpoint: PersonWeeks.of(each.people, each.weeks, each.scores)
        for each in spoken
    }


def _histograms(rows: Mapping[str, PersonWeeks]) -> dict[str, Histogram]:
    return {touchpoint: each.histogram() for touchpoint, each in rows.items()}


def _count_people(rows: Mapping[str, PersonWeeks]) -> int:
    """The people who spoke of any touchpoint."""
    people = [each.people for each in rows.values()]
    return len(np.unique(np.concatenate(people))) if people else 0


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two waves, as far as they may be compared."""

    before: Mapping[str, Histogram]
    after: Mapping[str, Histogram]


def _compared(
    session: Session,
    filters: FigureFilter,
    comparison: WaveComparison | None,
    people: Mapping[str, Histogram],
) -> _Compared:
    if comparison is None or not comparison.is_possible:
        return _Compared({}, {})
    without = unlike_texts(comparison, filters.wave_id)
    earlier = filters.in_wave(comparison.wave_id)
    before = _said(session, earlier, without)
    if without is None:
        return _Compared(before, people)
    return _Compared(before, _said(session, filters, without))


def _said(
    session: Session, filters: FigureFilter, without: Select[int | None] | None
) -> dict[str, Histogram]:
    spoken = queries.read_spoken(session, filters, without=without)
    return _histograms(_person_weeks(spoken))


def _figures(
    people: Mapping[str, Histogram],
    mentions: Mapping[str, int],
    compared: _Compared,
    weeks: Mapping[str, tuple[WeekPoint, ...]],
    breaks: Mapping[str, tuple[TrendBreak, ...]],
) -> tuple[TouchpointFigure, ...]:
    negative_before = _negative(compared.before)
    negative_after = _negative(compared.after)
    changes = compare_waves(compared.before, compared.after, seed=SEED)
    change_at = {each.touchpoint: each for each in changes}
    figures = (
        TouchpointFigure(
            touchpoint=touchpoint,
            base=histogram.base,
            mentions=mentions[touchpoint],
            histogram=histogram,
            point=_point(touchpoint, histogram),
            negative_before=negative_before.get(touchpoint),
            negative_after=negative_after.get(touchpoint),
            change=change_at.get(touchpoint),
            weeks=weeks.get(touchpoint, ()),
            breaks=breaks.get(touchpoint, ()),
        )
        for touchpoint, histogram in people.items()
    )
    return tuple(sorted(figures, key=_most_negative_first))


def _negative(people: Mapping[str, Histogram]) -> dict[str, Share]:
    """Only the shares are used here, which take no draws."""
    points = summarise(people, seed=SEED, draws=1)
    return {each.touchpoint: each.share_negative for each in points}


@lru_cache(maxsize=4096)
def _point(touchpoint: str, histogram: Histogram) -> EmotionPoint | None:
    """Kept by what it is made of: a new answer costs only what it speaks of."""
    points = summarise({touchpoint: histogram}, seed=SEED)
    return points[0] if points else None


def _most_negative_first(figure: TouchpointFigure) -> tuple[bool, float, str]:
    mean = figure.point.mean if figure.point else 0.0
    return figure.point is None, mean, figure.touchpoint


def _weeks(
    rows: Mapping[str, PersonWeeks], breaks: Mapping[str, tuple[TrendBreak, ...]]
) -> dict[str, tuple[WeekPoint, ...]]:
    """Every touchpoint on the same weeks, without gaps, so that lines line up."""
    if not rows:
        return {}
    found = {touchpoint: each.by_week() for touchpoint, each in rows.items()}
    spoken_in = {week for weeks in found.values() for week in weeks}
    span = range(min(spoken_in), max(spoken_in) + 1, 7)
    return {
        touchpoint: tuple(
            start_anew(
                [_week_point(week, weeks.get(week)) for week in span],
                {each.week for each in breaks.get(touchpoint, ())},
            )
        )
        for touchpoint, weeks in found.items()
    }


def _week_point(week: int, spoken: tuple[int, float] | None) -> WeekPoint:
    base, mean = spoken or (0, 0.0)
    level = base_level(base)
    emotion = None if level is BaseLevel.HIDDEN else EMOTION_PER_SCORE * mean
    return WeekPoint(week=date.fromordinal(week), base=base, level=level, mean=emotion)
