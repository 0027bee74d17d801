"""A person's word on what the machine found: kept for good, and effective at once.

What the machine said is kept beside it, so that every word can be taken back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.records import Method, Polarity
from survey_app.accounts.service import record
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.replaying import keep_what_machine_said, replay
from survey_app.interviews.models import Turn
from survey_app.responses.models import Answer

POLARITIES = tuple(Polarity)


class Drawn(StrEnum):
    """Why a person was asked: figures of quality rest on the random part alone."""

    RANDOM = "random"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges, when, and of what draw; None: met in passing."""

    staff_id: int
    at: datetime
    drawn: Drawn | None = None


class MentionGoneError(LookupError):
    """The text was analysed again, or erased, since the page was read."""


class InvalidCorrectionError(ValueError):
    """A touchpoint needs a polarity, and a polarity a touchpoint."""


def correct_mention(
    session: Session,
    mention_id: int,
    *,
    touchpoint: str | None,
    polarity: str | None,
    judge: Judge,
) -> Correction:
    """Put a person's word in the place of a mention; None: it is no mention at all.

    The same touchpoint and polarity again is an answer too: the machine was right.
    """
    if (touchpoint is None) != (polarity is None):
        raise InvalidCorrectionError
    _check(polarity)
    mention = _get_mention(session, mention_id)
    text = mention.analysed_text
    lock_source(session, text)
    by_machine = mention.method != Method.HUMAN
    correction = _correction(session, text, (mention.start, mention.end), judge)
    correction.machine_touchpoint = mention.touchpoint
    correction.machine_polarity = mention.polarity
    correction.machine_version = text.version if by_machine else None
    correction.touchpoint, correction.polarity = touchpoint, polarity
    _keep(session, text, correction)
    _note(session, judge, "correct_mention", f"mention {mention_id}")
    return correction


def add_mention(
    session: Session,
    text_id: int,
    span: tuple[int, int],
    *,
    said: tuple[str, str],
    judge: Judge,
) -> Correction:
    """Say what the machine missed: a touchpoint with its polarity, and where."""
    touchpoint, polarity = said
    _check(polarity)
    text = get_text(session, text_id)
    start, end = span
    if not 0 <= start < end <= len(words_of(session, text)):
        raise MentionGoneError(text_id)
    correction = _correction(session, text, span, judge)
    correction.machine_version = text.version
    correction.touchpoint, correction.polarity = touchpoint, polarity
    _keep(session, text, correction)
    _note(session, judge, "add_mention", f"text {text_id}")
    return correction


def get_text(session: Session, text_id: int) -> AnalysedText:
    """Locked, so that no analysis takes its place meanwhile."""
    text = session.scalar(
        select(AnalysedText)
        .where(AnalysedText.id == text_id)
        .with_for_update(of=AnalysedText)
    )
    if text is None:
        raise MentionGoneError(text_id)
    lock_source(session, text)
    return text


def lock_source(session: Session, text: AnalysedText) -> None:
    """Whoever stores an analysis of it now has finished, or will heed this one too."""
    source = Answer if text.turn_id is None else Turn
    source_id = text.answer_id if text.turn_id is None else text.turn_id
    session.execute(select(source.id).where(source.id == source_id).with_for_update())


def words_of(session: Session, text: AnalysedText) -> str:
    if text.turn_id is not None:
        return session.get_one(Turn, text.turn_id).text
    return session.get_one(Answer, text.answer_id).text or ""


def _check(polarity: str | None) -> None:
    if polarity is not None and polarity not in POLARITIES:
        raise InvalidCorrectionError(polarity)


def _get_mention(session: Session, mention_id: int) -> Mention:
    mention = session.scalar(
        select(Mention)
        .where(Mention.id == mention_id)
        .options(joinedload(Mention.analysed_text))
        .with_for_update(of=Mention)
    )
    if mention is None:
        raise MentionGoneError(mention_id)
    return mention


def _correction(
    session: Session, text: AnalysedText, span: tuple[int, int], judge: Judge
) -> Correction:
    start, end = span
    return Correction(
        answer_id=text.answer_id,
        turn_id=text.turn_id,
        start=start,
        end=end,
        quote=words_of(session, text)[start:end],
        corrected_by=judge.staff_id,
        corrected_at=judge.at,
        drawn=judge.drawn,
    )


def _keep(session: Session, text: AnalysedText, correction: Correction) -> None:
    source = (text.answer_id, text.turn_id)
    keep_what_machine_said(session, source)
    session.add(correction)
    session.flush()
    replay(session, source)


def _note(session: Session, judge: Judge, action: str, subject: str) -> None:
    record(
        session, actor_id=judge.staff_id, action=action, subject=subject, at=judge.at
    )
