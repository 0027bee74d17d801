"""Figures of touchpoints: what people felt, how sure that is, and how it moved.

The unit is the person: someone who speaks of a touchpoint ten times counts once. A
report is remembered until the data change, because everybody reads the same ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from sqlalchemy.orm import Session

from analysis.histograms import Histogram
from analysis.intervals import BaseLevel, Share, base_level
from analysis.journey import EMOTION_PER_SCORE, EmotionPoint, summarise
from analysis.person_means import PersonWeeks
from analysis.trends import WaveChange, WeekPoint, compare_waves
from survey_app.insights import figure_queries as queries
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.memory import remembered
from survey_app.questionnaires.models import Wave

SEED = 20261122  # of the bootstrap: the same data give the same intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointFigure:
    """One touchpoint under one filter.

    ``point`` is None for fewer than five people: then nothing may be shown.
    ``negative_before`` and ``change`` speak of the previous wave, where it may be
    compared.
    """

    touchpoint: str
    base: int  # people
    mentions: int
    histogram: Histogram  # of person means, −1..+1
    point: EmotionPoint | None
    negative_before: Share | None
    change: WaveChange | None
    weeks: tuple[WeekPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointReport:
    """All touchpoints spoken of under one filter, the most negative first."""

    figures: tuple[TouchpointFigure, ...]
    base: int  # people who spoke of any touchpoint
    mentions: int
    compared_with: str | None  # the name of the previous wave
    reworded: bool  # the previous wave asked other questions: not comparable

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
    previous = queries.find_previous_wave(session, filters.wave_id)
    comparable = previous is not None and queries.asked_the_same(
        session, filters.wave_id, previous.id
    )
    before = _people_before(session, filters, previous) if comparable else {}
    mentions = {each.touchpoint: len(each.scores) for each in spoken}
    return TouchpointReport(
        figures=_figures(_histograms(rows), mentions, before, _weeks(rows)),
        base=_count_people(rows),
        mentions=sum(mentions.values()),
        compared_with=previous.name if previous and comparable else None,
        reworded=previous is not None and not comparable,
    )


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


def _people_before(
    session: Session, filters: FigureFilter, previous: Wave | None
) -> dict[str, Histogram]:
    if previous is None:
        return {}
    earlier = filters.in_wave(previous.id)
    return _histograms(_person_weeks(queries.read_spoken(session, earlier)))


def _figures(
    people: Mapping[str, Histogram],
    mentions: Mapping[str, int],
    before: Mapping[str, Histogram],
    weeks: Mapping[str, tuple[WeekPoint, ...]],
) -> tuple[TouchpointFigure, ...]:
    # Of the previous wave only the shares are used, which take no draws.
    earlier = summarise(before, seed=SEED, draws=1)
    negative_before = {each.touchpoint: each.share_negative for each in earlier}
    changes = compare_waves(before, people, seed=SEED)
    change_at = {each.touchpoint: each for each in changes}
    figures = (
        TouchpointFigure(
            touchpoint=touchpoint,
            base=histogram.base,
            mentions=mentions[touchpoint],
            histogram=histogram,
            point=_point(touchpoint, histogram),
            negative_before=negative_before.get(touchpoint),
            change=change_at.get(touchpoint),
            weeks=weeks.get(touchpoint, ()),
        )
        for touchpoint, histogram in people.items()
    )
    return tuple(sorted(figures, key=_most_negative_first))


@lru_cache(maxsize=4096)
def _point(touchpoint: str, histogram: Histogram) -> EmotionPoint | None:
    """Kept by what it is made of: a new answer costs only what it speaks of."""
    points = summarise({touchpoint: histogram}, seed=SEED)
    return points[0] if points else None


def _most_negative_first(figure: TouchpointFigure) -> tuple[bool, float, str]:
    mean = figure.point.mean if figure.point else 0.0
    return figure.point is None, mean, figure.touchpoint


def _weeks(rows: Mapping[str, PersonWeeks]) -> dict[str, tuple[WeekPoint, ...]]:
    """Every touchpoint on the same weeks, without gaps, so that lines line up."""
    if not rows:
        return {}
    found = {touchpoint: each.by_week() for touchpoint, each in rows.items()}
    spoken_in = {week for weeks in found.values() for week in weeks}
    span = range(min(spoken_in), max(spoken_in) + 1, 7)
    return {
        touchpoint: tuple(_week_point(week, weeks.get(week)) for week in span)
        for touchpoint, weeks in found.items()
    }


def _week_point(week: int, spoken: tuple[int, float] | None) -> WeekPoint:
    base, mean = spoken or (0, 0.0)
    level = base_level(base)
    emotion = None if level is BaseLevel.HIDDEN else EMOTION_PER_SCORE * mean
    return WeekPoint(week=date.fromordinal(week), base=base, level=level, mean=emotion)
