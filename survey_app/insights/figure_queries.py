"""Counts of people over mentions: each one aggregated read of one covering index."""

from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Subquery,
    case,
    cast,
    distinct,
    func,
    select,
)
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import Mention
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.responses.models import Response

BINS = 20  # to a point: means of persons are counted in steps of 0.05
_EDGE = 2  # the bin at which neutral ends: 0.1
_ROUNDING = 1e-7


class PeopleCount(NamedTuple):
    touchpoint: str
    mean: float  # −1..+1
    people: int
    mentions: int


class WeekMean(NamedTuple):
    touchpoint: str
    week: int
    people: int
    mean: float


def count_people(session: Session, filters: FigureFilter) -> list[PeopleCount]:
    """How many people stand at each mean, by touchpoint; means rise."""
    person = (
        select(
            Mention.touchpoint,
            (func.avg(Mention.score) * BINS).label("mean"),
            func.count().label("mentions"),
        )
        .where(*filters.conditions())
        .group_by(Mention.touchpoint, Mention.respondent_id)
        .subquery()
    )
    bins = _bin_of(person).label("bin")
    statement = (
        select(person.c.touchpoint, bins, func.count(), func.sum(person.c.mentions))
        .group_by(person.c.touchpoint, bins)
        .order_by(person.c.touchpoint, bins)
    )
    return [
        PeopleCount(touchpoint, where / BINS, people, int(mentions))
        for touchpoint, where, people, mentions in session.execute(statement)
    ]


def _bin_of(person: Subquery) -> ColumnElement[int]:
    """The nearest bin, but never across the edge of neutral: shares stay exact."""
    mean, beside = person.c.mean, _EDGE + 0.5
    return cast(
        case(
            (mean.between(_EDGE + _ROUNDING, beside), _EDGE + 1),
            (mean.between(-beside, -_EDGE - _ROUNDING), -_EDGE - 1),
            else_=func.round(mean),
        ),
        Integer,
    )


def list_week_means(session: Session, filters: FigureFilter) -> list[WeekMean]:
    """The mean over the people of each week, by touchpoint."""
    person = (
        select(Mention.touchpoint, Mention.week, func.avg(Mention.score).label("mean"))
        .where(*filters.conditions())
        .group_by(Mention.touchpoint, Mention.week, Mention.respondent_id)
        .subquery()
    )
    statement = select(
        person.c.touchpoint,
        person.c.week,
        func.count(),
        cast(func.avg(person.c.mean), Float),
    ).group_by(person.c.touchpoint, person.c.week)
    return [WeekMean(*row) for row in session.execute(statement)]


def count_base(session: Session, filters: FigureFilter) -> int:
    """The people who spoke of any touchpoint."""
    statement = select(func.count(distinct(Mention.respondent_id)))
    return session.scalar(statement.where(*filters.conditions())) or 0


def find_previous_wave(session: Session, wave_id: int | None) -> Wave | None:
    """The wave of the same questionnaire before this one."""
    wave = session.get(Wave, wave_id) if wave_id is not None else None
    if wave is None:
        return None
    statement = (
        select(Wave)
        .where(
            Wave.questionnaire_id == wave.questionnaire_id,
            Wave.starts_on < wave.starts_on,
        )
        .order_by(Wave.starts_on.desc())
        .limit(1)
    )
    return session.scalar(statement)


def asked_the_same(session: Session, wave_id: int | None, other_id: int) -> bool:
    """Whether two waves put the very same questions to people."""
    statement = (
        select(Response.wave_id, QuestionnaireVersion.content_hash)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .where(Response.wave_id.in_((wave_id, other_id)))
        .distinct()
    )
    asked: dict[int | None, set[str]] = {wave_id: set(), other_id: set()}
    for wave, wording in session.execute(statement):
        asked[wave].add(wording)
    return asked[wave_id] == asked[other_id]
