"""Importing interviews. The caller owns the transaction."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.interviews import reading
from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.interviews.reading import (
    ReadDocument,
    ReadingChoices,
    ReadingError,
    read_document,
)
from survey_app.respondents.service import new_respondent

NO_CHOICES = ReadingChoices()


@dataclass(frozen=True, slots=True)
class ImportedInterview:
    interview: Interview
    created: bool  # False: this very file had been imported before
    document: ReadDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFacts:
    """What the file does not tell about the conversation."""

    title: str
    source_name: str
    language: str | None = None
    held_on: date | None = None
    wave_id: int | None = None


def import_interview(
    session: Session,
    data: bytes,
    facts: InterviewFacts,
    *,
    imported_at: datetime,
    choices: ReadingChoices = NO_CHOICES,
) -> ImportedInterview:
    """Store a transcript with its speakers and turns; a second time changes nothing.

    Each participant becomes a respondent, so that a figure's base counts people.
    """
    document = read_document(data, facts.source_name, choices)
    if not document.turns:
        raise ReadingError("no_turns")
    digest = hashlib.sha256(data).hexdigest()
    known = session.scalar(select(Interview).where(Interview.source_sha256 == digest))
    if known is not None:
        return ImportedInterview(known, created=False, document=document)
    interview = Interview(
        title=facts.title,
        language=facts.language,
        held_on=facts.held_on,
        wave_id=facts.wave_id,
        source_name=facts.source_name,
        source_sha256=digest,
        text=document.text,
        imported_at=imported_at,
    )
    session.add(interview)
    _add_turns(session, interview, document, imported_at=imported_at)
    return ImportedInterview(interview, created=True, document=document)


def _add_turns(
    session: Session,
    interview: Interview,
    document: ReadDocument,
    *,
    imported_at: datetime,
) -> None:
    speakers = {
        speaker.name: _speaker(session, speaker, imported_at=imported_at)
        for speaker in document.speakers
    }
    interview.speakers = list(speakers.values())
    interview.turns = [
        Turn(
            speaker=speakers[turn.speaker or ""],
            seq=seq,
            start=turn.words_start,
            end=turn.end,
        )
        for seq, turn in enumerate(document.turns, start=1)
    ]


def _speaker(
    session: Session, speaker: reading.Speaker, *, imported_at: datetime
) -> Speaker:
    if speaker.role != "participant":
        return Speaker(label=speaker.name, role=speaker.role)
    respondent = new_respondent(session, created_at=imported_at)
    return Speaker(label=speaker.name, role=speaker.role, respondent=respondent)
