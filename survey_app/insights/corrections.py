"""A person's word on one mention: kept for good, and effective at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.records import Emotion, Method, Polarity, Stance
from analysis.records import Mention as FoundMention
from survey_app.accounts.service import record
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.insights.overrides import heed_corrections, score_of
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
    _lock_source(session, mention.analysed_text)
    correction = _correction(session, mention, staff_id=staff_id, at=at)
    correction.touchpoint, correction.polarity = touchpoint, polarity
    session.add(correction)
    for text in _other_generations(session, mention.analysed_text):
        _apply_in(session, text, correction)
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


def _lock_source(session: Session, text: AnalysedText) -> None:
    """Whoever stores an analysis of it now has finished, or will heed this one too."""
    source = Answer if text.turn_id is None else Turn
    source_id = text.answer_id if text.turn_id is None else text.turn_id
    session.execute(select(source.id).where(source.id == source_id).with_for_update())


def _other_generations(session: Session, text: AnalysedText) -> list[AnalysedText]:
    column = AnalysedText.answer_id if text.turn_id is None else AnalysedText.turn_id
    source_id = text.answer_id if text.turn_id is None else text.turn_id
    return list(
        session.scalars(
            select(AnalysedText).where(column == source_id, AnalysedText.id != text.id)
        )
    )


def _apply_in(session: Session, text: AnalysedText, correction: Correction) -> None:
    """Make of another generation's mentions what this one's become."""
    stored = [(_as_found(row), row) for row in text.mentions]
    before = [found for found, _row in stored]
    after = heed_corrections(before, [correction])
    for found, row in stored:
        if found not in after:
            session.delete(row)
    for found in after:
        if found not in before:
            session.add(_row(text, found))


def _as_found(row: Mention) -> FoundMention:
    return FoundMention(
        start=row.start,
        end=row.end,
        touchpoint=row.touchpoint,
        polarity=Polarity(row.polarity),
        score=row.score,
        confidence=row.confidence,
        emotion=Emotion(row.emotion),
        stance=Stance(row.stance),
        cues=tuple(row.cues),
        method=Method(row.method),
    )


def _row(text: AnalysedText, found: FoundMention) -> Mention:
    copied = ("respondent_id", "wave_id", "source", "role", "language", "week")
    return Mention(
        analysed_text=text,
        generation=text.generation,
        start=found.start,
        end=found.end,
        touchpoint=found.touchpoint,
        polarity=found.polarity,
        score=found.score,
        confidence=found.confidence,
        emotion=found.emotion,
        stance=found.stance,
        cues=list(found.cues),
        method=found.method,
        **{name: getattr(text, name) for name in copied},
    )


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
