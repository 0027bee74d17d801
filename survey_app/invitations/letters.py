"""From a mail in the queue to a letter: the right words, in the right language."""

import math
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.invitations.asking import spoken
from survey_app.invitations.composing import (
    BUTTON_WORDS,
    RESULTS_BUTTON_WORDS,
    Letter,
)
from survey_app.invitations.keys import invitation_key
from survey_app.invitations.mail_texts import (
    MailWords,
    TextKind,
    find_words,
    footer,
    nameless,
)
from survey_app.invitations.models import Invitation, Mail
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.published import question_set_of
from survey_app.respondents.contacts import opt_out_key, read_details
from survey_app.respondents.models import Contact
from survey_app.vault import open_vault

A_DAY = timedelta(days=1)


class NotToBeSent(StrEnum):
    """What came between the queueing of a mail and its sending."""

    ERASED = "erased"
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"


def write_letter(
    session: Session, mail: Mail, settings: Settings, *, at: datetime
) -> Letter | NotToBeSent:
    invitation, contact = mail.invitation, mail.contact
    if invitation is None or contact is None or contact.is_erased:
        return NotToBeSent.ERASED
    obstacle = _obstacle(mail, invitation, contact, at)
    if obstacle is not None:
        return obstacle
    return _letter(
        session, invitation, contact, settings, kind=_text_kind(mail, invitation), at=at
    )


def _letter(
    session: Session,
    invitation: Invitation,
    contact: Contact,
    settings: Settings,
    *,
    kind: TextKind,
    at: datetime,
) -> Letter:
    questionnaire = invitation.questionnaire
    language = spoken(questionnaire, contact.language)
    details = read_details(open_vault(settings.contact_key), contact)
    days = days_left(invitation.expires_at, at)
    values = gap_values(questionnaire, language, name=details.name, days=days)
    return Letter(
        to=details.address,
        words=find_words(session, questionnaire.id, kind, language).filled(values),
        link=link_of(invitation, settings, kind=kind, language=language),
        button=button_words(kind, language),
        language=language,
        footer=MailWords("", footer(language)).filled(values).body,
        opt_out_link=opt_out_link(contact, settings),
    )


def gap_values(
    questionnaire: Questionnaire, language: str, *, name: str | None, days: int
) -> dict[str, str]:
    """What stands in the gaps; the link stays one until the mail is put together."""
    version = questionnaire.active_version
    brand = "" if version is None else question_set_of(version).brand[language]
    return {
        "name": name or nameless(language),
        "organisation": " ".join(brand.split()),
        "days": str(days),
    }


def days_left(expires_at: datetime | None, at: datetime) -> int:
    if expires_at is None:
        return 0
    return max(1, math.floor((expires_at - at) / A_DAY))


def link_of(
    invitation: Invitation, settings: Settings, *, kind: TextKind, language: str
) -> str:
    if kind is TextKind.RESULTS:
        slug = invitation.questionnaire.slug
        return f"{settings.public_url}/q/{slug}/{language}/results"
    return personal_link(invitation, settings.secret_key, settings.public_url or "")


def personal_link(invitation: Invitation, secret: str, base: str) -> str:
    return f"{base}/i/{invitation_key(secret, invitation.nonce)}"


def opt_out_link(contact: Contact, settings: Settings) -> str:
    key = opt_out_key(settings.secret_key, contact.email_hash)
    return f"{settings.public_url}/m/{key}"


def button_words(kind: TextKind, language: str) -> str:
    words = RESULTS_BUTTON_WORDS if kind is TextKind.RESULTS else BUTTON_WORDS
    return words[language]


def _text_kind(mail: Mail, invitation: Invitation) -> TextKind:
    if mail.kind == "reminder" and invitation.started_at is not None:
        return TextKind.UNFINISHED
    return TextKind(mail.kind)


def _obstacle(
    mail: Mail, invitation: Invitation, contact: Contact, at: datetime
) -> NotToBeSent | None:
    if contact.opted_out_at is not None:
        return NotToBeSent.OPTED_OUT
    if contact.bounced_at is not None:
        return NotToBeSent.BOUNCED
    if mail.kind == "results":
        return None
    if invitation.used_at is not None:
        return NotToBeSent.ANSWERED
    return _obstacle_of_link(invitation, at)


def _obstacle_of_link(invitation: Invitation, at: datetime) -> NotToBeSent | None:
    if invitation.revoked_at is not None:
        return NotToBeSent.WITHDRAWN
    if invitation.expires_at is not None and invitation.expires_at <= at:
        return NotToBeSent.EXPIRED
    is_open = invitation.questionnaire.state == "open"
    return None if is_open else NotToBeSent.CLOSED
