"""The sentences behind a figure: whose, where, and what was seen in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview, Turn
from survey_app.responses.models import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A mention with its text: ``text[start:end]`` is the evidence."""

    mention_id: int
    analysed_text_id: int
    respondent_id: int
    text: str
    start: int
    end: int
    touchpoint: str
    polarity: str
    score: float
    confidence: float
    emotion: str
    stance: str
    method: str
    cues: tuple[str, ...]
    language: str
    source: str  # survey, interview
    role: str | None
    question_id: str | None
    response_id: int | None
    interview_id: int | None
    interview_title: str | None


def list_sentences(
    session: Session,
    filters: FigureFilter,
    touchpoint: str,
    *,
    polarity: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Sentence]:
    """Sentences about a touchpoint, the surest first."""
    chosen = (
        select(Mention.id)
        .where(*about(filters, touchpoint, polarity))
        .order_by(Mention.confidence.desc(), Mention.id)
        .limit(limit)
        .offset(offset)
    )
    return read_sentences(session, session.scalars(chosen).all())


def count_sentences(
    session: Session, filters: FigureFilter, touchpoint: str
) -> dict[str, int]:
    """How many sentences there are of each polarity."""
    statement = (
        select(Mention.polarity, func.count())
        .where(*about(filters, touchpoint, None))
        .group_by(Mention.polarity)
    )
    return dict(session.execute(statement).all())


def about(
    filters: FigureFilter, touchpoint: str, polarity: str | None
) -> list[ColumnElement[bool]]:
    conditions = [Mention.touchpoint == touchpoint, *filters.conditions()]
    if polarity is not None:
        conditions.append(Mention.polarity == polarity)
    return conditions


def read_sentences(session: Session, mention_ids: Sequence[int]) -> list[Sentence]:
    """These mentions with their texts, in the order asked for."""
    rows = session.execute(_with_texts().where(Mention.id.in_(mention_ids)))
    by_id = {row.Mention.id: _sentence(row) for row in rows}
    return [by_id[mention_id] for mention_id in mention_ids if mention_id in by_id]


def _with_texts() -> Select[Mention, str, int, str, int, str]:
    turn_text = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    return (
        select(
            Mention,
            func.coalesce(Answer.text, turn_text).label("text"),
            Answer.response_id,
            Answer.question_id,
            Turn.interview_id,
            Interview.title,
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .outerjoin(Answer, Answer.id == AnalysedText.answer_id)
        .outerjoin(Turn, Turn.id == AnalysedText.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
    )


def _sentence(row: Any) -> Sentence:  # noqa: ANN401 - a row of mixed columns
    mention: Mention = row.Mention
    return Sentence(
        mention_id=mention.id,
        analysed_text_id=mention.analysed_text_id,
        respondent_id=mention.respondent_id,
        text=row.text or "",
        start=mention.start,
        end=mention.end,
        touchpoint=mention.touchpoint,
        polarity=mention.polarity,
        score=mention.score,
        confidence=mention.confidence,
        emotion=mention.emotion,
        stance=mention.stance,
        method=mention.method,
        cues=tuple(mention.cues),
        language=mention.language,
        source=mention.source,
        role=mention.role,
        question_id=row.question_id,
        response_id=row.response_id,
        interview_id=row.interview_id,
        interview_title=row.title,
    )
