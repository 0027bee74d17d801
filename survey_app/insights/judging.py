"""Judging in a row: words on whole texts, taking back, and how far somebody came."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.clock import day_of
from survey_app.insights.corrections import (
    Drawn,
    Judge,
    get_text,
)
from survey_app.insights.models import (
    AnalysedText,
    Correction,
    TextJudgement,
)
from survey_app.insights.overrides import BY_PEOPLE
from survey_app.insights.replaying import (
    COMPLETE,
    PASSED,
    Source,
    keep_what_machine_said,
    replay,
)

Judgement = Correction | TextJudgement


class NotJudgedYetError(ValueError):
    """A text is complete only when somebody judged each mention in it."""


def judge_complete(session: Session, text_id: int, judge: Judge) -> TextJudgement:
    """Nothing is missing: what people said of this text is all that it says."""
    text = get_text(session, text_id)
    if any(row.method not in BY_PEOPLE for row in text.mentions):
        raise NotJudgedYetError(text_id)
    source = (text.answer_id, text.turn_id)
    keep_what_machine_said(session, source)
    judgement = _judgement(text, COMPLETE, judge)
    session.add(judgement)
    session.flush()
    replay(session, source)
    record(
        session,
        actor_id=judge.staff_id,
        action="judge_text",
        subject=f"text {text_id}",
        at=judge.at,
    )
    return judgement


def pass_over(session: Session, text_id: int, judge: Judge) -> TextJudgement:
    """Whoever passes over a text is not asked again; somebody else may be."""
    judgement = _judgement(get_text(session, text_id), PASSED, judge)
    session.add(judgement)
    return judgement


def _judgement(text: AnalysedText, verdict: str, judge: Judge) -> TextJudgement:
    return TextJudgement(
        answer_id=text.answer_id,
        turn_id=text.turn_id,
        verdict=verdict,
        drawn=judge.drawn or Drawn.UNCERTAIN,
        judged_by=judge.staff_id,
        judged_at=judge.at,
    )


def undo_last(session: Session, staff_id: int, at: datetime) -> bool:
    """Take back what this person judged last today; the machine's word is back."""
    newest = find_newest(session, staff_id, at)
    if newest is None:
        return False
    source = (newest.answer_id, newest.turn_id)
    session.delete(newest)
    session.flush()
    record(
        session,
        actor_id=staff_id,
        action="undo_judgement",
        subject=_name(source),
        at=at,
    )
    replay(session, source)
    return True


def find_newest(session: Session, staff_id: int, at: datetime) -> Judgement | None:
    """What this person judged last today, of the queue."""
    correction = session.scalar(
        select(Correction)
        .where(*_corrected(staff_id, at))
        .order_by(Correction.id.desc())
        .limit(1)
    )
    judgement = session.scalar(
        select(TextJudgement)
        .where(*_judged(staff_id, at))
        .order_by(TextJudgement.id.desc())
        .limit(1)
    )
    if correction is None or judgement is None:
        return correction or judgement
    return correction if correction.corrected_at > judgement.judged_at else judgement


def count_today(session: Session, staff_id: int, at: datetime) -> int:
    """How many judgements of the queue this person gave; passing over is none."""
    corrected = select(func.count(Correction.id)).where(*_corrected(staff_id, at))
    judged = select(func.count(TextJudgement.id)).where(
        *_judged(staff_id, at), TextJudgement.verdict == COMPLETE
    )
    return (session.scalar(corrected) or 0) + (session.scalar(judged) or 0)


def _corrected(staff_id: int, at: datetime) -> list[ColumnElement[bool]]:
    return [
        Correction.corrected_by == staff_id,
        Correction.drawn.is_not(None),
        Correction.corrected_at >= day_of(at),
    ]


def _judged(staff_id: int, at: datetime) -> list[ColumnElement[bool]]:
    return [
        TextJudgement.judged_by == staff_id,
        TextJudgement.judged_at >= day_of(at),
    ]


def _name(source: Source) -> str:
    answer_id, turn_id = source
    return f"answer {answer_id}" if turn_id is None else f"turn {turn_id}"


def was_judged(text: type[AnalysedText] = AnalysedText) -> ColumnElement[bool]:
    """Whether somebody said that a text is complete."""
    return _said_of(text, TextJudgement.verdict == COMPLETE)


def was_passed(staff_id: int) -> ColumnElement[bool]:
    """Whether this person would rather not say."""
    return _said_of(
        AnalysedText,
        TextJudgement.verdict == PASSED,
        TextJudgement.judged_by == staff_id,
    )


def _said_of(
    text: type[AnalysedText], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    is_its = (TextJudgement.answer_id == text.answer_id) | (
        TextJudgement.turn_id == text.turn_id
    )
    return exists().where(is_its, *conditions)
