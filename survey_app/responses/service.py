"""Saving what is said. The caller owns the transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from survey_app.keys import new_receipt
from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.responses import changing
from survey_app.responses.keeping import KeptPage, PageNote, keep_page
from survey_app.responses.models import ABOUT, SEALED, Answer
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import RESPONSES, Visit

RECEIPT = select(RESPONSES.id).where(RESPONSES.receipt == bindparam("receipt"))


def save_page(
    session: Session,
    visit: Visit,
    said: Mapping[str, Said],
    *,
    at: datetime,
    passed: str | None = None,
    note: PageNote | None = None,
) -> Visit:
    """Keep what was said, and mark which answers are still on the path.

    ``passed`` is the page, when the respondent goes on from it.
    """
    changed = {
        question_id: answer
        for question_id, answer in said.items()
        if answer != visit.said.get(question_id, NOTHING)
    }
    if visit.change is not None:
        changing.keep(session, visit, changed, at=at)
        return visit.saying(changed)
    page = KeptPage(
        response_id=visit.response_id,
        version_id=visit.fielding.version_id,
        row_version=visit.row_version,
        state=visit.state,
        at=at,
        passed=passed,
        note=note,
        replaced=[each for each in changed if each in visit.said],
        rows=[
            row
            for question_id, answer in changed.items()
            for row in answer_rows(visit.question_set, question_id, answer)
        ],
    )
    keep_page(session, page)
    after = visit.saying(changed)
    if after.pages != visit.pages:
        _mark_path(session, after)
    return replace(
        after,
        row_version=visit.row_version + 1,
        state="in_progress",
        last_page_id=passed or visit.last_page_id,
    )


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


def _mark_path(session: Session, visit: Visit) -> None:
    on_path = Answer.question_id.in_(questions_on(visit.pages))
    session.execute(
        update(Answer)
        .where(Answer.response_id == visit.response_id)
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
        taken = session.connection().execute(RECEIPT, {"receipt": receipt})
        if taken.first() is None:
            return receipt
