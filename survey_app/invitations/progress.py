"""How far one invitation has come: one word for it, the one that matters most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.queries import SENDING_TAKES
from survey_app.respondents.models import Contact


class InvitationState(StrEnum):
    ANSWERED = "answered"
    STARTED = "started"
    WITHDRAWN = "withdrawn"
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WAITING = "waiting"
    EXPIRED = "expired"
    SENT = "sent"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Followed:
    """An invitation, how far it has come, and the last mail that carried it."""

    invitation: Invitation
    state: InvitationState
    mail: Mail | None


def follow(invitation: Invitation, mails: Sequence[Mail], *, at: datetime) -> Followed:
    last = mails[-1] if mails else None
    state = (
        _said_by_person(invitation)
        or _said_by_contact(invitation.contact)
        or _said_by_mail(last, at)
        or _said_by_time(invitation, at)
    )
    return Followed(invitation, state, last)


def is_uncertain(mail: Mail, at: datetime) -> bool:
    return (
        mail.claimed_at is not None
        and mail.sent_at is None
        and mail.failed_at is None
        and mail.claimed_at < at - SENDING_TAKES
    )


def _said_by_person(invitation: Invitation) -> InvitationState | None:
    if invitation.used_at is not None:
        return InvitationState.ANSWERED
    if invitation.revoked_at is not None:
        return InvitationState.WITHDRAWN
    return None if invitation.started_at is None else InvitationState.STARTED


def _said_by_contact(contact: Contact | None) -> InvitationState | None:
    if contact is None:
        return None
    if contact.opted_out_at is not None:
        return InvitationState.OPTED_OUT
    return None if contact.bounced_at is None else InvitationState.BOUNCED


def _said_by_mail(mail: Mail | None, at: datetime) -> InvitationState | None:
    if mail is None:
        return None
    if mail.failed_at is not None:
        return InvitationState.FAILED
    if mail.sent_at is not None:
        return None
    uncertain = is_uncertain(mail, at)
    return InvitationState.UNCERTAIN if uncertain else InvitationState.WAITING


def _said_by_time(invitation: Invitation, at: datetime) -> InvitationState:
    if invitation.expires_at is not None and invitation.expires_at <= at:
        return InvitationState.EXPIRED
    return InvitationState.MADE if invitation.sent_at is None else InvitationState.SENT
