"""Interviews as staff read them: in a list, and one with its turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.touchpoints.queries import is_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRow:
    id: int
    title: str
    wave: str | None
    language: str | None
    day: date
    participants: int
    turns: int
    negative: int
    neutral: int
    positive: int


def count_interviews(session: Session) -> int:
    return session.scalar(select(func.count(Interview.id))) or 0


def list_interviews(session: Session, *, limit: int, offset: int) -> list[InterviewRow]:
    """The newest first; four reads, however many there are."""
    interviews = session.scalars(
        select(Interview)
        .order_by(Interview.imported_at.desc(), Interview.id.desc())
        .limit(limit)
        .offset(offset)
        .options(joinedload(Interview.wave), defer(Interview.text))
    ).all()
    ids = [interview.id for interview in interviews]
    participants = _count_participants(session, ids)
    turns = _count_turns(session, ids)
    found = _count_polarities(session, ids)
    return [
        InterviewRow(
            id=each.id,
            title=each.title,
            wave=each.wave.name if each.wave else None,
            language=each.language,
            day=each.held_on or each.imported_at.date(),
            participants=participants.get(each.id, 0),
            turns=turns.get(each.id, 0),
            negative=found.get((each.id, "negative"), 0),
            neutral=found.get((each.id, "neutral"), 0),
            positive=found.get((each.id, "positive"), 0),
        )
        for each in interviews
    ]


def find_interview(session: Session, interview_id: int) -> Interview | None:
    return session.scalar(
        select(Interview)
        .where(Interview.id == interview_id)
        .options(
            joinedload(Interview.wave),
            selectinload(Interview.turns).joinedload(Turn.speaker),
            selectinload(Interview.speakers).joinedload(Speaker.respondent),
        )
    )


def _count_participants(session: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Speaker.interview_id, func.count())
        .where(Speaker.interview_id.in_(ids), Speaker.role == "participant")
        .group_by(Speaker.interview_id)
    )
    return dict(rows.all())


def _count_turns(session: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Turn.interview_id, func.count())
        .where(Turn.interview_id.in_(ids))
        .group_by(Turn.interview_id)
    )
    return dict(rows.all())


def _count_polarities(
    session: Session, ids: Sequence[int]
) -> dict[tuple[int, str], int]:
    rows = session.execute(
        select(Turn.interview_id, Mention.polarity, func.count())
        .join(AnalysedText, AnalysedText.turn_id == Turn.id)
        .join(Mention, Mention.analysed_text_id == AnalysedText.id)
        .where(Turn.interview_id.in_(ids), in_current(Mention))
        .where(is_shown(Mention.touchpoint))
        .group_by(Turn.interview_id, Mention.polarity)
    )
    return {(interview_id, polarity): count for interview_id, polarity, count in rows}
