"""Named reads of the book of contacts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.respondents.models import Contact, contact_list_members


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCounts:
    people: int  # who can still be named
    opted_out: int
    bounced: int


def count_book(session: Session) -> BookCounts:
    people, opted_out, bounced = session.execute(
        select(
            func.count(Contact.id).filter(Contact.email_encrypted != b""),
            func.count(Contact.opted_out_at),
            func.count(Contact.bounced_at),
        )
    ).one()
    return BookCounts(people=people, opted_out=opted_out, bounced=bounced)


def list_members(
    session: Session, list_id: int, *, first: int, most: int
) -> Sequence[Contact]:
    members = contact_list_members.c
    return session.scalars(
        select(Contact)
        .join(contact_list_members, members.contact_id == Contact.id)
        .where(members.list_id == list_id)
        .order_by(Contact.id)
        .offset(first)
        .limit(most)
    ).all()


def count_members(session: Session, list_id: int) -> int:
    members = contact_list_members.c
    rows = select(func.count()).where(members.list_id == list_id)
    return session.scalar(rows) or 0
