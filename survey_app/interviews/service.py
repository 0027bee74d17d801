"""Importing interviews. The caller owns the transaction."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.interviews.transcript import (
    Transcript,
    is_interviewer,
    read_transcript,
)
from survey_app.respondents.service import new_respondent

MAX_BYTES = 5_000_000  # a full day's talk is well under one


class TooLongTranscriptError(ValueError):
    """A file larger than any interview."""


@dataclass(frozen=True, slots=True)
class ImportedInterview:
    interview: Interview
    created: bool  # False: this very file had been imported before
    transcript: Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFacts:
    """What the file does not tell about the conversation."""

    title: str
    source_name: str
    language: str | None = None
    held_on: date | None = None
    wave_id: int | None = None


def import_interview(
    session: Session, data: bytes, facts: InterviewFacts, *, imported_at: datetime
) -> ImportedInterview:
    """Store a transcript with its speakers and turns; a second time changes nothing.

    Each participant becomes a respondent, so that a figure's base counts people.
    """
    if len(data) > MAX_BYTES:
        raise TooLongTranscriptError(
            f"{len(data):,} bytes; at most {MAX_BYTES:,} can be imported"
        )
    transcript = read_transcript(data)
    digest = hashlib.sha256(data).hexdigest()
    known = session.scalar(select(Interview).where(Interview.source_sha256 == digest))
    if known is not None:
        return ImportedInterview(known, created=False, transcript=transcript)
    interview = Interview(
        title=facts.title,
        language=facts.language,
        held_on=facts.held_on,
        wave_id=facts.wave_id,
        source_name=facts.source_name,
        source_sha256=digest,
        text=transcript.text,
        imported_at=imported_at,
    )
    session.add(interview)
    _add_turns(session, interview, transcript, imported_at=imported_at)
    return ImportedInterview(interview, created=True, transcript=transcript)


def _add_turns(
    session: Session,
    interview: Interview,
    transcript: Transcript,
    *,
    imported_at: datetime,
) -> None:
    speakers = {
        label: _speaker(session, label, imported_at=imported_at)
        for label in transcript.speakers
    }
    interview.speakers = list(speakers.values())
    interview.turns = [
        Turn(speaker=speakers[turn.speaker], seq=seq, start=turn.start, end=turn.end)
        for seq, turn in enumerate(transcript.turns, start=1)
    ]


def _speaker(session: Session, label: str, *, imported_at: datetime) -> Speaker:
    if is_interviewer(label):
        return Speaker(label=label, role="interviewer")
    respondent = new_respondent(session, created_at=imported_at)
    return Speaker(label=label, role="participant", respondent=respondent)
