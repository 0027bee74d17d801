"""Erasing responses: when somebody asks, and when their time is over.

What was derived from them goes along: the database deletes analyses, mentions and
corrections with the answers. The respondent's own row, which says nothing but that
there was one, stays. The caller owns the transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.responses.models import Response

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
    session.execute(delete(Response).where(Response.id == response_id))
    subject = f"response {response_id}"
    record(session, actor_id=None, action="erase", subject=subject, at=at)


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
