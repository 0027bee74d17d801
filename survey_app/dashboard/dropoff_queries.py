"""Where people stop: pages sent, who left, and what they had said so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, and_, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.published import question_set_of
from survey_app.responses.counting import PARTIAL_STATES
from survey_app.responses.departures import stopped_at
from survey_app.responses.models import Answer, PageEvent, Response

STILL_BUSY = timedelta(hours=1)  # who was here that recently has not left
LONGEST_STAY = 3600  # seconds; longer is somebody who went for a walk
MOST_LEAVERS = 5_000  # the newest of them
IMPORTED = "import"
_LANGUAGE = func.coalesce(Response.language_submitted, Response.language_started).label(
    "language"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people got past a page, and how often it was refused."""

    people: int
    errors: int


def count_sent(session: Session, version_id: int) -> dict[str, Sent]:
    """By page; of who can no longer be told apart every page counts."""
    saved, refused = PageEvent.kind == "saved", PageEvent.kind == "error"
    known = case((saved, PageEvent.response_id))
    unknown = case((and_(saved, PageEvent.response_id.is_(None)), 1), else_=0)
    rows = session.execute(
        select(
            PageEvent.page_id,
            func.count(known.distinct()) + func.sum(unknown),
            func.sum(case((refused, 1), else_=0)),
        )
        .where(PageEvent.version_id == version_id)
        .group_by(PageEvent.page_id)
    )
    return {page_id: Sent(int(people), int(errors)) for page_id, people, errors in rows}


def list_seconds(session: Session, version_id: int) -> dict[str, dict[int, int]]:
    """How many times each page took so many seconds."""
    rows = session.execute(
        select(PageEvent.page_id, PageEvent.seconds, func.count())
        .where(
            PageEvent.version_id == version_id,
            PageEvent.kind == "saved",
            PageEvent.seconds <= LONGEST_STAY,
        )
        .group_by(PageEvent.page_id, PageEvent.seconds)
    )
    found: dict[str, dict[int, int]] = {}
    for page_id, seconds, count in rows:
        found.setdefault(page_id, {})[seconds or 0] = count
    return found


def count_left(
    session: Session, version: QuestionnaireVersion, *, at: datetime
) -> dict[str, int]:
    """Who left before which page: those still kept, and those only remembered."""
    found = dict(
        session.execute(
            select(PageEvent.page_id, func.count())
            .where(PageEvent.version_id == version.id, PageEvent.kind == "left")
            .group_by(PageEvent.page_id)
        ).all()
    )
    question_set = question_set_of(version)
    leavers = session.scalars(
        select(Response)
        .where(*_have_left(version.id, at))
        .order_by(Response.id.desc())
        .limit(MOST_LEAVERS)
        .options(selectinload(Response.answers))
    )
    for response in leavers:
        page_id = stopped_at(question_set, response)
        found[page_id] = found.get(page_id, 0) + 1
    return found


def count_ticks(
    session: Session, version_id: int, *, at: datetime
) -> dict[tuple[str, bool], dict[str, int]]:
    """Options ticked, by question and whether by people who left."""
    left = and_(*_have_left(version_id, at))
    stayed = and_(Response.version_id == version_id, Response.state == "submitted")
    is_left = case((Response.state == "submitted", 0), else_=1)
    rows = session.execute(
        select(Answer.question_id, is_left, Answer.code, func.count())
        .join(Answer.response)
        .where(or_(left, stayed), Answer.code.is_not(None), Answer.on_path)
        .group_by(Answer.question_id, is_left, Answer.code)
    )
    ticks: dict[tuple[str, bool], dict[str, int]] = {}
    for question_id, has_left, code, count in rows:
        ticks.setdefault((question_id, bool(has_left)), {})[code or ""] = count
    return ticks


def list_last_words(
    session: Session, version_id: int, *, at: datetime, limit: int
) -> Sequence[RowMapping]:
    """The latest things that people wrote before they left."""
    rows = session.execute(
        select(Answer.text, Answer.question_id, Answer.response_id, _LANGUAGE)
        .join(Answer.response)
        .where(
            *_have_left(version_id, at),
            Answer.text.is_not(None),
            Answer.code.is_(None),
            Answer.on_path,
        )
        .order_by(Answer.updated_at.desc(), Answer.id.desc())
        .limit(limit)
    )
    return rows.mappings().all()


def _have_left(version_id: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    idle = and_(
        Response.state == "in_progress", Response.last_activity_at < at - STILL_BUSY
    )
    return (
        Response.version_id == version_id,
        Response.source != IMPORTED,
        or_(Response.state.in_(PARTIAL_STATES), idle),
    )
