"""Erasing responses: words, what was derived from them, and copies told to others.

All of it in the caller's transaction. What stays is a tombstone: that there was one,
and when and why it was erased. The database deletes answers, analyses, mentions,
corrections, marks and page events along with the response.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, delete, insert, or_, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.invitations.erasing import erase_contact
from survey_app.invitations.models import Invitation
from survey_app.keys import as_typed
from survey_app.outbox.service import ERASED, announce
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.respondents.models import Contact
from survey_app.responses.anonymity import as_precise_as
from survey_app.responses.derived import (
    forget_people,
    forget_what_was_told,
    mark_files_stale,
)
from survey_app.responses.models import ErasedResponse, Response


class Erasure(StrEnum):
    """Why a response was erased."""

    ASKED = "asked"  # by who filled it in
    WITHDRAWN = "withdrawn"  # by who filled it in, on its own page
    EXPIRED = "expired"
    STAFF = "staff"


class UnknownResponseError(LookupError):
    """No response has this number: it was erased already."""


class UnknownReceiptError(LookupError):
    """No response has this receipt or public id."""


class UnknownContactError(LookupError):
    """Nobody with this address is known."""


ToErase = Row[int, str, int, str, str, int]


def erase_response(
    session: Session, response_id: int, *, reason: str, at: datetime
) -> str:
    """Erase one response and all that came of it; what it was called.

    Who listens to the outbox hears of it. The caller writes the audit log.
    """
    erased = erase_responses(session, [response_id], reason=reason, at=at)
    if not erased:
        raise UnknownResponseError(response_id)
    return erased[0]


def erase_for_staff(
    session: Session,
    response_id: int,
    *,
    reason: str,
    at: datetime,
    actor_id: int | None = None,
) -> str:
    """Erase one response, and note who did it."""
    public_id = erase_response(session, response_id, reason=reason, at=at)
    record(
        session,
        actor_id=actor_id,
        action="erase",
        subject=f"response {public_id}",
        at=at,
        detail={"reason": str(reason)},
    )
    return public_id


def erase_responses(
    session: Session, response_ids: Collection[int], *, reason: str, at: datetime
) -> list[str]:
    """Erase these, without a line in the audit log; their public ids."""
    found = find_to_erase(session, response_ids)
    if not found:
        return []
    public_ids = [row.public_id for row in found]
    gone = Response.id.in_([row.id for row in found])
    session.execute(delete(Response).where(gone))
    forget_people(session, {row.respondent_id for row in found})
    forget_what_was_told(session, public_ids)
    mark_files_stale(session, {row.questionnaire_id for row in found}, at=at)
    leave_tombstones(session, found, reason=reason, at=at)
    return public_ids


def erase_by_receipt(
    session: Session,
    receipt: str,
    *,
    at: datetime,
    reason: str = Erasure.ASKED,
    actor_id: int | None = None,
) -> None:
    """Erase what somebody sent, for whoever can name its receipt or public id."""
    response_id = session.scalar(
        select(Response.id).where(
            or_(
                Response.receipt == receipt.strip().upper(),
                Response.public_id == as_typed(receipt),
            )
        )
    )
    if response_id is None:
        raise UnknownReceiptError(receipt)
    erase_for_staff(session, response_id, reason=reason, at=at, actor_id=actor_id)


def erase_person(
    session: Session,
    email_hash: str,
    *,
    at: datetime,
    actor_id: int | None = None,
    never_again: bool = False,
) -> int:
    """Erase an address and the responses tied to it; how many those were.

    Anonymous responses are tied to nobody, so they are not found.
    """
    contact = session.scalar(select(Contact).where(Contact.email_hash == email_hash))
    if contact is None:
        raise UnknownContactError
    invited = select(Invitation.id).where(Invitation.contact_id == contact.id)
    ids = session.scalars(
        select(Response.id).where(
            or_(
                Response.invitation_id.in_(invited),
                Response.respondent_id == contact.respondent_id,
            )
        )
    ).all()
    for response_id in ids:
        erase_for_staff(
            session, response_id, reason=Erasure.ASKED, at=at, actor_id=actor_id
        )
    erase_contact(session, contact, never_again=never_again, at=at, actor_id=actor_id)
    return len(ids)


def find_to_erase(session: Session, response_ids: Collection[int]) -> Sequence[ToErase]:
    """What is to be known of responses after they are gone; locked until then."""
    return session.execute(
        select(
            Response.id,
            Response.public_id,
            Response.respondent_id,
            Response.state,
            Response.privacy_mode,
            QuestionnaireVersion.questionnaire_id,
        )
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .where(Response.id.in_(response_ids))
        .with_for_update(of=Response)
    ).all()


def leave_tombstones(
    session: Session, found: Sequence[ToErase], *, reason: str, at: datetime
) -> None:
    """Who was told of a response is told that it is gone."""
    session.execute(
        insert(ErasedResponse),
        [
            {
                "public_id": row.public_id,
                "questionnaire_id": row.questionnaire_id,
                "erased_on": at.date(),
                "reason": str(reason),
            }
            for row in found
        ],
    )
    for row in found:
        if row.state != "in_progress":
            moment = as_precise_as(row.privacy_mode, at)
            announce(session, ERASED, subject=row.public_id, at=moment)
