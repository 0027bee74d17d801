"""Saving what is said. The caller owns the transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from survey_app.keys import new_receipt
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.responses.models import Answer, Response
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import ANSWERS, RESPONSES, Visit

# What every posted page does is built once, on plain tables: a third of its cost.
_ANSWERS, _RESPONSES = (cast("Table", model.__table__) for model in (Answer, Response))
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
        state="in_progress",
    )
)


def save_page(
    session: Session, visit: Visit, said: Mapping[str, Said], *, at: datetime
) -> Visit:
    """Keep what was said, and mark which answers are still on the path."""
    changed = {
        question_id: answer
        for question_id, answer in said.items()
        if answer != visit.said.get(question_id, NOTHING)
    }
    if changed:
        _replace_answers(session, visit, changed, at)
    after = visit.saying(changed)
    if after.pages != visit.pages:
        _mark_path(session, after)
    session.execute(NOTE_ACTIVITY, {"response": visit.response_id, "at": at})
    return after


def _replace_answers(
    session: Session, visit: Visit, said: Mapping[str, Said], at: datetime
) -> None:
    stored = [question_id for question_id in said if question_id in visit.said]
    if stored:
        there = {"response": visit.response_id, "questions": stored}
        session.execute(FORGET_ANSWERS, there)
    rows = [
        {"response_id": visit.response_id, "on_path": True, "updated_at": at, **row}
        for question_id, answer in said.items()
        for row in answer_rows(visit.question_set, question_id, answer)
    ]
    if rows:
        session.execute(KEEP_ANSWERS, rows)


def answer_rows(
    question_set: QuestionSet, question_id: str, said: Said
) -> list[dict[str, str | int | None]]:
    """One row for each option ticked; what was written stands beside the first."""
    if not said:
        return []
    analysis = question_set.questions[question_id].analysis
    role = None if analysis is None else analysis.role
    return [
        {
            "question_id": question_id,
            "position": position,
            "code": code,
            "text": said.text if position == 0 else None,
            "role": role,
        }
        for position, code in enumerate(said.codes or (None,))
    ]


def _mark_path(session: Session, visit: Visit) -> None:
    on_path = Answer.question_id.in_(questions_on(visit.pages))
    session.execute(
        update(Answer)
        .where(Answer.response_id == visit.response_id)
        .values(on_path=on_path)
    )


def questions_on(pages: tuple[Page, ...]) -> list[str]:
    return [question.id for page in pages for question in page.questions]


def free_receipt(session: Session) -> str:
    while True:
        receipt = new_receipt()
        taken = exists().where(Response.receipt == receipt)
        if not session.scalar(select(taken)):
            return receipt
