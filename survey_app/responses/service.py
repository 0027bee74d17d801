"""Saving what is said. The caller owns the transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from survey_app.clock import HOME
from survey_app.keys import new_receipt
from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.responses.models import ABOUT, SEALED, Answer, PageEvent, Response
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import ANSWERS, RESPONSES, Visit

# What every posted page does is built once, on plain tables, and run without a detour
# through the unit of work: a third of its cost.
_ANSWERS, _RESPONSES, _EVENTS = (
    cast("Table", model.__table__) for model in (Answer, Response, PageEvent)
)
FORGET_ANSWERS = delete(_ANSWERS).where(
    ANSWERS.response_id == bindparam("response"),
    ANSWERS.question_id.in_(bindparam("questions", expanding=True)),
)
KEEP_ANSWERS = insert(_ANSWERS)
NOTE_ACTIVITY = (
    update(_RESPONSES)
    .where(RESPONSES.id == bindparam("response"))
    .values(
        row_version=RESPONSES.row_version + 1,
        last_activity_at=bindparam("at"),
        last_page_id=func.coalesce(bindparam("passed"), RESPONSES.last_page_id),
        state="in_progress",
    )
)
NOTE_PAGE = insert(_EVENTS)


def save_page(
    session: Session,
    visit: Visit,
    said: Mapping[str, Said],
    *,
    at: datetime,
    passed: str | None = None,
) -> Visit:
    """Keep what was said, and mark which answers are still on the path.

    ``passed`` is the page, when the respondent goes on from it.
    """
    changed = {
        question_id: answer
        for question_id, answer in said.items()
        if answer != visit.said.get(question_id, NOTHING)
    }
    connection = session.connection()
    if changed:
        _replace_answers(connection, visit, changed, at)
    after = visit.saying(changed)
    if after.pages != visit.pages:
        _mark_path(connection, after)
    connection.execute(
        NOTE_ACTIVITY, {"response": visit.response_id, "at": at, "passed": passed}
    )
    return replace(after, last_page_id=passed or visit.last_page_id)


def note_page(
    session: Session,
    visit: Visit,
    page_id: str,
    kind: str,
    *,
    shown_at: datetime | None,
    at: datetime,
) -> None:
    """Keep that a page was sent, so that one can see where people stop, and why."""
    seconds = None if shown_at is None else max(0, int((at - shown_at).total_seconds()))
    event = {
        "version_id": visit.fielding.version_id,
        "response_id": visit.response_id,
        "page_id": page_id,
        "kind": kind,
        "on_day": at.astimezone(HOME).date(),
        "seconds": seconds,
    }
    session.connection().execute(NOTE_PAGE, event)


def _replace_answers(
    connection: Connection, visit: Visit, said: Mapping[str, Said], at: datetime
) -> None:
    stored = [question_id for question_id in said if question_id in visit.said]
    if stored:
        there = {"response": visit.response_id, "questions": stored}
        connection.execute(FORGET_ANSWERS, there)
    rows = [
        {"response_id": visit.response_id, "on_path": True, "updated_at": at, **row}
        for question_id, answer in said.items()
        for row in answer_rows(visit.question_set, question_id, answer)
    ]
    if rows:
        connection.execute(KEEP_ANSWERS, rows)


def answer_rows(
    question_set: QuestionSet, question_id: str, said: Said
) -> list[dict[str, str | int | None]]:
    """One row for each option ticked; what was written stands beside its option."""
    if not said:
        return []
    question = question_set.questions_by_answer.get(question_id)
    written_at = _place_of_words(question, said)
    return [
        {
            "question_id": question_id,
            "position": position,
            "code": code,
            "text": said.text if position == written_at else None,
            "role": _role_of(question),
        }
        for position, code in enumerate(said.codes or (None,))
    ]


def _role_of(question: Question | None) -> str | None:
    if question is None:
        return None
    if question.type is QuestionType.EMAIL:
        return SEALED
    return None if question.analysis is None else question.analysis.role


def _place_of_words(question: Question | None, said: Said) -> int:
    """Beside the option that asked for them; else beside the first."""
    option = None if question is None else question.detailed
    if option is None or option.code not in said.codes:
        return 0
    return said.codes.index(option.code)


def _mark_path(connection: Connection, visit: Visit) -> None:
    on_path = ANSWERS.question_id.in_(questions_on(visit.pages))
    connection.execute(
        update(_ANSWERS)
        .where(ANSWERS.response_id == visit.response_id)
        .values(on_path=on_path)
    )


def questions_on(pages: Iterable[Page]) -> list[str]:
    """The ids under which answers on these pages are stored."""
    pages = tuple(pages)
    texts = [
        question.id
        for page in pages
        for question in page.questions
        if question.type in TEXT_TYPES
    ]
    return [
        *(answer_id for page in pages for answer_id in page.answer_ids),
        *(f"{text}{ABOUT}" for text in texts),
    ]


def free_receipt(session: Session) -> str:
    while True:
        receipt = new_receipt()
        taken = exists().where(Response.receipt == receipt)
        if not session.scalar(select(taken)):
            return receipt
