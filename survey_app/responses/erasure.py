"""Erasing responses: when somebody asks, and when their time is over.

What was derived from them goes along: the database deletes analyses, mentions and
corrections with the answers. The respondent's own row, which says nothing but that
there was one, stays. The caller owns the transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.outbox import service as outbox
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import ErasedResponse, Response

# What the standard notice promises; whoever imports answers has made other promises.
KEPT_UNFINISHED = timedelta(days=30)
KEPT_SUBMITTED = timedelta(days=730)
OWN_PAGES = "link"
BATCH = 500  # responses at a time, so that respondents need not wait for long


class UnknownReceiptError(LookupError):
    """No response has this receipt."""


def erase_by_receipt(session: Session, receipt: str, *, at: datetime) -> None:
    """Erase what somebody sent, for whoever can name the receipt."""
    response_id = session.scalar(
        select(Response.id).where(Response.receipt == receipt.strip().upper())
    )
    if response_id is None:
        raise UnknownReceiptError(receipt)
    public_id = erase_response(session, response_id, reason="asked", at=at)
    subject = f"response {public_id}"
    record(session, actor_id=None, action="erase", subject=subject, at=at)


def erase_response(
    session: Session, response_id: int, *, reason: str, at: datetime
) -> str:
    """Erase one response and all that was derived from it; what it was called.

    What is left is that there was one, and until when. ``reason`` is asked, withdrawn,
    expired or staff. Who listens to the outbox hears of it.
    """
    public_id, questionnaire_id = session.execute(
        select(Response.public_id, QuestionnaireVersion.questionnaire_id)
        .join(Response.version)
        .where(Response.id == response_id)
    ).one()
    session.execute(delete(Response).where(Response.id == response_id))
    tombstone = {
        "public_id": public_id,
        "questionnaire_id": questionnaire_id,
        "erased_on": at.date(),
        "reason": reason,
    }
    session.execute(insert(ErasedResponse), [tombstone])
    outbox.announce(session, outbox.ERASED, subject=public_id, at=at)
    return str(public_id)


def delete_expired(session: Session, *, at: datetime) -> int:
    """Delete responses of our own pages that were kept long enough; how many."""
    ids = session.scalars(_expired(at).limit(BATCH)).all()
    if ids:
        session.execute(delete(Response).where(Response.id.in_(ids)))
        subject = f"{len(ids)} responses"
        record(session, actor_id=None, action="expire", subject=subject, at=at)
    return len(ids)


def has_expired(session: Session, *, at: datetime) -> bool:
    return session.scalar(_expired(at).limit(1)) is not None


def _expired(at: datetime) -> Select[int]:
    unfinished = and_(
        Response.state == "in_progress",
        Response.last_activity_at < at - KEPT_UNFINISHED,
    )
    submitted = and_(
        Response.state != "in_progress",
        Response.last_activity_at < at - KEPT_SUBMITTED,
    )
    return select(Response.id).where(
        Response.source == OWN_PAGES, or_(unfinished, submitted)
    )
