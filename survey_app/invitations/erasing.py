"""Forgetting people: when they ask, and when there is no reason to keep them.

The caller owns the transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, joinedload

from survey_app.accounts.service import record
from survey_app.invitations.models import Invitation, Mail
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import Retention
from survey_app.respondents.contacts import empty_contact
from survey_app.respondents.models import Contact

BATCH = 200
UNINVITED_DAYS = Retention().contacts_days


def erase_contact(
    session: Session,
    contact: Contact,
    *,
    never_again: bool,
    at: datetime,
    actor_id: int | None,
) -> None:
    """Forget who somebody is; what they answered stays, tied to nobody.

    Who opted out, or asks for it, keeps a fingerprint here that no list can undo.
    """
    _forget(session, contact, keep_fingerprint=never_again, at=at)
    record(
        session,
        actor_id=actor_id,
        action="erase contact",
        subject=f"contact {contact.id}",
        at=at,
        detail={"never_again": never_again},
    )


def forget_contacts(session: Session, *, at: datetime) -> int:
    """Forget a number of contacts that were kept long enough; how many."""
    contacts = session.scalars(
        select(Contact).where(_kept_long_enough(session, at)).limit(BATCH)
    ).all()
    for contact in contacts:
        _forget(session, contact, keep_fingerprint=False, at=at)
    if contacts:
        subject = f"{len(contacts)} contacts"
        record(session, actor_id=None, action="expire", subject=subject, at=at)
    return len(contacts)


def has_expired_contacts(session: Session, *, at: datetime) -> bool:
    old = select(Contact.id).where(_kept_long_enough(session, at))
    return session.scalar(old.limit(1)) is not None


def count_expired_contacts(session: Session, *, at: datetime) -> int:
    old = select(func.count(Contact.id)).where(_kept_long_enough(session, at))
    return session.scalar(old) or 0


def _forget(
    session: Session, contact: Contact, *, keep_fingerprint: bool, at: datetime
) -> None:
    session.execute(delete(Mail).where(Mail.contact_id == contact.id))
    theirs = Invitation.contact_id == contact.id
    session.execute(
        update(Invitation)
        .where(theirs, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    session.execute(update(Invitation).where(theirs).values(contact_id=None))
    if keep_fingerprint or contact.opted_out_at is not None:
        empty_contact(session, contact, at=at)
    else:
        session.delete(contact)


def _kept_long_enough(session: Session, at: datetime) -> ColumnElement[bool]:
    """Counted from the last list or mail; of several questionnaires the longest."""
    last = _latest_of_three()
    invited = exists().where(Invitation.contact_id == Contact.id)
    still_needed = [
        and_(
            exists().where(
                Invitation.contact_id == Contact.id,
                Invitation.questionnaire_id == questionnaire_id,
            ),
            last >= at - timedelta(days=days),
        )
        for questionnaire_id, days in _days_kept(session).items()
    ]
    uninvited = and_(~invited, last >= at - timedelta(days=UNINVITED_DAYS))
    return and_(Contact.email_encrypted != b"", ~or_(uninvited, *still_needed))


def _latest_of_three() -> ColumnElement[datetime]:
    listed = case(
        (Contact.last_imported_at > Contact.created_at, Contact.last_imported_at),
        else_=Contact.created_at,
    )
    return case((Contact.last_mailed_at > listed, Contact.last_mailed_at), else_=listed)


def _days_kept(session: Session) -> dict[int, int]:
    questionnaires = session.scalars(
        select(Questionnaire).options(joinedload(Questionnaire.active_version))
    )
    return {
        each.id: question_set_of(each.active_version).settings.retention.contacts_days
        for each in questionnaires
        if each.active_version is not None
    }
