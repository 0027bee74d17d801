"""Reads behind the figures: mentions as one pass over one covering index."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import Mention
from survey_app.insights.review_limit import find_limit
from survey_app.questionnaires.models import Wave
from survey_app.touchpoints.queries import is_shown


class Spoken(NamedTuple):
    """All mentions of one touchpoint: the same place in each array is one of them."""

    touchpoint: str
    people: NDArray[np.int64]
    weeks: NDArray[np.int64]
    scores: NDArray[np.float64]


def read_spoken(
    session: Session,
    filters: FigureFilter,
    *,
    without: Select[int | None] | None = None,
) -> list[Spoken]:
    """What was said of each touchpoint, but for the analysed texts ``without``.

    The numbers travel as one text for each touchpoint: grouping people in the database
    would sort every mention once more, and a row for each mention costs twice as much.
    """
    statement = (
        select(
            Mention.touchpoint,
            _joined(Mention.respondent_id),
            _joined(Mention.week),
            _joined(Mention.score),
        )
        .where(*filters.but_touchpoint())
        .group_by(Mention.touchpoint)
        .having(is_shown(Mention.touchpoint))
        .order_by(Mention.touchpoint)
    )
    if without is not None:
        statement = statement.where(Mention.analysed_text_id.not_in(without))
    return [
        Spoken(
            touchpoint,
            np.fromstring(people, dtype=np.int64, sep=","),
            np.fromstring(weeks, dtype=np.int64, sep=","),
            np.fromstring(scores, dtype=np.float64, sep=","),
        )
        for touchpoint, people, weeks, scores in session.execute(statement)
    ]


def _joined(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[float],
) -> ColumnElement[str]:
    return func.aggregate_strings(cast(column, String), ",")


def count_waiting(session: Session, filters: FigureFilter) -> int:
    """Mentions left out until somebody judges them; without a limit nothing is read."""
    if find_limit(session) is None:
        return 0
    statement = select(func.count(Mention.id)).where(*filters.waiting())
    return session.scalar(statement) or 0


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
