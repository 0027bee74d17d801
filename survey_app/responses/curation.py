"""What researchers do with responses: leave out, take in again, tag, note.

Whoever is left out is out of every figure at once, and back when the worker has read
the texts again. The caller owns the transaction.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.outbox.service import EXCLUDED, SUBMITTED, announce
from survey_app.responses.anonymity import as_precise_as
from survey_app.responses.answer_text import clean_text
from survey_app.responses.counting import PARTIAL_STATES
from survey_app.responses.derived import withdraw_from_analysis
from survey_app.responses.models import Response, ResponseMark

MAX_TAG = 50
MAX_NOTE = 4_000
SPACES = re.compile(r"\s+")
TAG = "tag"


class Exclusion(StrEnum):
    """Why somebody leaves a response out."""

    TEST = "test"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    NOT_SERIOUS = "not_serious"
    NOT_A_CUSTOMER = "not_a_customer"
    OTHER = "other"


class Who(TypedDict):
    """Which staff member did something, and when."""

    actor_id: int | None
    at: datetime


class InvalidTagError(ValueError):
    """A tag with nothing in it, or too much."""


class NoteTooLongError(ValueError):
    """A note of more than ``MAX_NOTE`` characters."""


def exclude(
    session: Session,
    response_ids: Collection[int],
    *,
    because: Exclusion,
    actor_id: int | None,
    at: datetime,
) -> int:
    """Leave responses out of all figures; how many were not left out already."""
    found = _lock(session, response_ids, ("submitted", *PARTIAL_STATES))
    ids = [response.id for response in found]
    for response in found:
        response.state, response.excluded_because = "excluded", because
    session.flush()
    withdraw_from_analysis(session, ids)
    detail = {"reason": str(because)}
    for response in found:
        _note_down(session, response, "exclude", actor_id, at, detail)
        moment = as_precise_as(response.privacy_mode, at)
        announce(session, EXCLUDED, subject=response.public_id, at=moment)
    return len(found)


def include(
    session: Session,
    response_ids: Collection[int],
    *,
    actor_id: int | None,
    at: datetime,
) -> int:
    """Take responses in again; who listens hears of them as newly sent."""
    found = _lock(session, response_ids, ("excluded",))
    for response in found:
        sent = response.submitted_at is not None
        response.state = "submitted" if sent else "abandoned"
        response.excluded_because = None
        _note_down(session, response, "include", actor_id, at)
        if sent:
            moment = as_precise_as(response.privacy_mode, at)
            announce(session, SUBMITTED, subject=response.public_id, at=moment)
    session.flush()
    return len(found)


def add_tag(
    session: Session,
    response_ids: Collection[int],
    tag: str,
    *,
    actor_id: int | None,
    at: datetime,
) -> int:
    """Give responses a tag; how many did not have it."""
    name = as_tag(tag)
    tagged = select(ResponseMark.response_id).where(
        ResponseMark.kind == TAG,
        ResponseMark.name == name,
        ResponseMark.response_id.in_(response_ids),
    )
    has_it = set(session.scalars(tagged))
    found = [each for each in _lock(session, response_ids) if each.id not in has_it]
    for response in found:
        mark = ResponseMark(
            response_id=response.id,
            kind=TAG,
            name=name,
            marked_at=at,
            marked_by=actor_id,
        )
        session.add(mark)
        _note_down(session, response, "tag", actor_id, at)
    session.flush()
    return len(found)


def remove_tag(
    session: Session,
    response_ids: Collection[int],
    tag: str,
    *,
    actor_id: int | None,
    at: datetime,
) -> int:
    """Take a tag away; how many had it."""
    name = as_tag(tag)
    having = session.scalars(
        delete(ResponseMark)
        .where(
            ResponseMark.kind == TAG,
            ResponseMark.name == name,
            ResponseMark.response_id.in_(response_ids),
        )
        .returning(ResponseMark.response_id)
    ).all()
    for response in _lock(session, having):
        _note_down(session, response, "untag", actor_id, at)
    return len(having)


def write_note(
    session: Session,
    response_id: int,
    note: str,
    *,
    actor_id: int | None,
    at: datetime,
) -> bool:
    """Keep a researcher's note in the place of the one before; empty takes it away."""
    if len(note) > MAX_NOTE:
        raise NoteTooLongError(len(note))
    words = clean_text(note)
    for response in _lock(session, [response_id]):
        if response.note == words:
            return False
        response.note = words
        _note_down(session, response, "note", actor_id, at)
    session.flush()
    return True


def as_tag(written: str) -> str:
    """One spelling for each tag.

    >>> as_tag("  Terug  bellen ")
    'terug bellen'
    """
    name = SPACES.sub(" ", clean_text(written) or "").strip().lower()
    if not 0 < len(name) <= MAX_TAG:
        raise InvalidTagError(written)
    return name


def _lock(
    session: Session,
    response_ids: Collection[int],
    states: Sequence[str] | None = None,
) -> Sequence[Response]:
    statement = select(Response).where(Response.id.in_(response_ids))
    if states is not None:
        statement = statement.where(Response.state.in_(states))
    ordered = statement.order_by(Response.id).with_for_update()
    return session.scalars(ordered).all()


def _note_down(
    session: Session,
    response: Response,
    action: str,
    actor_id: int | None,
    at: datetime,
    detail: dict[str, str] | None = None,
) -> None:
    record(
        session,
        actor_id=actor_id,
        action=f"{action}_response",
        subject=f"response {response.public_id}",
        at=at,
        detail=detail,
    )
