"""Reads behind the themes: the words of each mention, and their vectors."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, Mention, MentionVector
from survey_app.insights.sentences import about
from survey_app.interviews.models import Interview, Turn
from survey_app.responses.models import Answer


class Evidence(NamedTuple):
    """One mention and its words, with their vector as far as there is one."""

    mention_id: int
    respondent_id: int
    touchpoint: str
    language: str
    polarity: str
    score: float
    words: str
    made_by: str | None
    vector: bytes | None


def list_evidence(
    session: Session, filters: FigureFilter, touchpoint: str
) -> list[Evidence]:
    """All mentions of a touchpoint, by id."""
    statement = _with_words().where(*about(filters, touchpoint, None))
    return [Evidence(*row) for row in session.execute(statement.order_by(Mention.id))]


def list_elsewhere(
    session: Session, filters: FigureFilter, touchpoint: str, *, limit: int
) -> list[Evidence]:
    """The first mentions of other touchpoints, to compare the words with."""
    statement = (
        _with_words()
        .where(Mention.touchpoint != touchpoint, *filters.conditions())
        .order_by(Mention.id)
        .limit(limit)
    )
    return [Evidence(*row) for row in session.execute(statement)]


def count_vectors(session: Session, filters: FigureFilter, touchpoint: str) -> int:
    statement = (
        select(func.count())
        .select_from(MentionVector)
        .join(Mention, Mention.id == MentionVector.mention_id)
        .where(*about(filters, touchpoint, None))
    )
    return session.scalar(statement) or 0


def list_without_vector(
    session: Session, made_by: str, *, limit: int
) -> list[tuple[int, str]]:
    """Ids and words of mentions that this encoder has still to read."""
    without = (
        select(Mention.id)
        .outerjoin(MentionVector, MentionVector.mention_id == Mention.id)
        .where(
            in_current(Mention),
            or_(MentionVector.mention_id.is_(None), MentionVector.made_by != made_by),
        )
        .order_by(Mention.id)
        .limit(limit)
    )
    ids = session.scalars(without).all()
    statement = _with_words().with_only_columns(Mention.id, _words())
    rows = session.execute(statement.where(Mention.id.in_(ids)).order_by(Mention.id))
    return [(mention_id, words) for mention_id, words in rows]


def list_existing(session: Session, mention_ids: Sequence[int]) -> set[int]:
    """Those of these mentions that are still there; their rows are locked."""
    statement = select(Mention.id).where(Mention.id.in_(mention_ids))
    return set(session.scalars(statement.with_for_update()))


def _words() -> ColumnElement[str]:
    turn_text = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    text = func.coalesce(Answer.text, turn_text)
    return func.substr(text, Mention.start + 1, Mention.end - Mention.start)


def _with_words() -> Select[
    int, int, str, str, str, float, str, str | None, bytes | None
]:
    return (
        select(
            Mention.id,
            Mention.respondent_id,
            Mention.touchpoint,
            Mention.language,
            Mention.polarity,
            Mention.score,
            _words(),
            MentionVector.made_by,
            MentionVector.vector,
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .outerjoin(Answer, Answer.id == AnalysedText.answer_id)
        .outerjoin(Turn, Turn.id == AnalysedText.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
        .outerjoin(MentionVector, MentionVector.mention_id == Mention.id)
    )
