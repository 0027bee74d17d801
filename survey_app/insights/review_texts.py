"""A text as it is put before somebody who judges it: who was asked what, and where."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from survey_app.insights.corrections import words_of
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview, Turn
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Answer, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewText:
    """``asked`` are words before it in a conversation, else ``version`` asked it."""

    id: int
    words: str
    language: str
    role: str | None
    mentions: tuple[Mention, ...]
    response_id: int | None = None
    question_id: str | None = None
    version: QuestionnaireVersion | None = None
    asked_in: str | None = None  # the language of the question
    interview_id: int | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and where they were said."""

    words: str
    language: str
    role: str | None
    response_id: int | None
    interview_id: int | None


def read_words(session: Session, text_ids: Collection[int]) -> dict[int, Words]:
    """Of many texts in one read."""
    of_turn = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    rows = session.execute(
        select(
            AnalysedText.id,
            func.coalesce(Answer.text, of_turn, ""),
            AnalysedText.language,
            AnalysedText.role,
            Answer.response_id,
            Turn.interview_id,
        )
        .outerjoin(Answer, Answer.id == AnalysedText.answer_id)
        .outerjoin(Turn, Turn.id == AnalysedText.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
        .where(AnalysedText.id.in_(text_ids))
    )
    return {row[0]: Words(row[1] or "", *row[2:]) for row in rows}


def read_review_text(session: Session, text_id: int) -> ReviewText | None:
    text = session.scalar(
        select(AnalysedText)
        .where(AnalysedText.id == text_id)
        .options(selectinload(AnalysedText.mentions))
    )
    if text is None:
        return None
    if text.turn_id is not None:
        return _turn(session, text)
    return _answer(session, text)


def _answer(session: Session, text: AnalysedText) -> ReviewText:
    answer = session.scalars(
        select(Answer)
        .where(Answer.id == text.answer_id)
        .options(joinedload(Answer.response).joinedload(Response.version))
    ).one()
    response = answer.response
    return ReviewText(
        id=text.id,
        words=answer.text or "",
        language=text.language,
        role=text.role,
        mentions=tuple(text.mentions),
        response_id=response.id,
        question_id=answer.question_id,
        version=response.version,
        asked_in=response.language_submitted or response.language_started,
    )


def _turn(session: Session, text: AnalysedText) -> ReviewText:
    turn = session.get_one(Turn, text.turn_id)
    before = session.scalar(
        select(Turn)
        .where(Turn.interview_id == turn.interview_id, Turn.seq < turn.seq)
        .order_by(Turn.seq.desc())
        .limit(1)
    )
    return ReviewText(
        id=text.id,
        words=words_of(session, text),
        language=text.language,
        role=text.role,
        mentions=tuple(text.mentions),
        interview_id=turn.interview_id,
        asked_in=turn.interview.language,
        asked=before.text if before is not None else None,
    )
