"""A person's word on one mention: kept for good, and effective at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.records import Method, Polarity
from survey_app.accounts.service import record
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.overrides import score_of
from survey_app.interviews.models import Turn
from survey_app.responses.models import Answer

POLARITIES = tuple(Polarity)


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
    staff_id: int,
    at: datetime,
) -> Correction:
    """Put a person's word in the place of a mention; None: it is no mention at all.

    The same touchpoint and polarity again is an answer too: the machine was right.
    """
    if (touchpoint is None) != (polarity is None):
        raise InvalidCorrectionError
    if polarity is not None and polarity not in POLARITIES:
        raise InvalidCorrectionError(polarity)
    mention = _get_mention(session, mention_id)
    correction = _correction(session, mention, staff_id=staff_id, at=at)
    correction.touchpoint, correction.polarity = touchpoint, polarity
    session.add(correction)
    _apply(session, mention, touchpoint, polarity)
    record(
        session,
        actor_id=staff_id,
        action="correct_mention",
        subject=f"mention {mention_id}",
        at=at,
    )
    return correction


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
    session: Session, mention: Mention, *, staff_id: int, at: datetime
) -> Correction:
    text = mention.analysed_text
    by_machine = mention.method != Method.HUMAN
    words = _words_of(session, text)
    return Correction(
        answer_id=text.answer_id,
        turn_id=text.turn_id,
        start=mention.start,
        end=mention.end,
        quote=words[mention.start : mention.end],
        machine_touchpoint=mention.touchpoint,
        machine_polarity=mention.polarity,
        machine_version=text.version if by_machine else None,
        corrected_by=staff_id,
        corrected_at=at,
    )


def _apply(
    session: Session, mention: Mention, touchpoint: str | None, polarity: str | None
) -> None:
    """Make of the mentions here what `heed_corrections` makes of a new analysis."""
    spoken_of = {mention.touchpoint, touchpoint}
    for other in _overlapping(session, mention):
        if other.touchpoint in spoken_of:
            session.delete(other)
    if touchpoint is None or polarity is None:
        session.delete(mention)
        return
    mention.touchpoint, mention.polarity = touchpoint, polarity
    mention.score, mention.confidence = score_of(Polarity(polarity)), 1.0
    mention.method, mention.cues = Method.HUMAN, []


def _overlapping(session: Session, mention: Mention) -> list[Mention]:
    others = select(Mention).where(
        Mention.analysed_text_id == mention.analysed_text_id,
        Mention.id != mention.id,
        Mention.start < mention.end,
        Mention.end > mention.start,
    )
    return list(session.scalars(others))


def _words_of(session: Session, text: AnalysedText) -> str:
    if text.turn_id is not None:
        return session.get_one(Turn, text.turn_id).text
    return session.get_one(Answer, text.answer_id).text or ""
