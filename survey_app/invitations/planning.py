"""Who is asked in a wave, and who is skipped and why; changes nothing.

The dry run and the asking go through the same plan.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from survey_app.invitations.models import Invitation, Mail
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.respondents.models import Contact, ContactList, contact_list_members

QUIET_PERIOD = timedelta(days=90)
DAYS_VALID = 30
MOST_DAYS_VALID = 365


class Skip(StrEnum):
    """Why somebody is not mailed."""

    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    ANSWERED = "answered"
    INVITED = "invited"  # already in this wave
    QUIET = "quiet"  # mailed less than 90 days ago, for whichever questionnaire


class CannotInviteError(ValueError):
    """Nobody can be invited now; ``reason`` is a word that pages translate."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason


REASONS = {
    "not_published": "the questionnaire is not published",
    "not_open": "the questionnaire is not open",
    "nothing_to_tell": "nothing is published under You said, we did",
    "anonymous": "an anonymous questionnaire has no personal links",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Whom to ask for what: a list of people, a wave, and how the links are made."""

    questionnaire: Questionnaire
    wave: Wave | None
    contact_list: ContactList | None  # None: everybody we know
    days_valid: int = DAYS_VALID

    @property
    def batch(self) -> str:
        return "" if self.contact_list is None else self.contact_list.name


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets a mail, and who does not."""

    asked: tuple[Contact, ...]
    skipped: Mapping[Contact, Skip] = field(default_factory=dict)

    @property
    def skipped_by_reason(self) -> Mapping[Skip, list[Contact]]:
        return {
            reason: [each for each, why in self.skipped.items() if why is reason]
            for reason in Skip
            if reason in self.skipped.values()
        }

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(str(reason) for reason in self.skipped.values())


def plan_round(session: Session, asking: Round, *, at: datetime) -> Plan:
    """Who would be asked and who would be skipped; changes nothing."""
    check_personal_links(asking.questionnaire, at=at)
    contacts = _contacts(session, asking.contact_list)
    invited = _invited_in_wave(session, asking)
    recent = _recently_asked(session, at)
    reasons = {contact: _reason(contact, invited, recent) for contact in contacts}
    return Plan(
        asked=tuple(contact for contact, why in reasons.items() if why is None),
        skipped={each: why for each, why in reasons.items() if why is not None},
    )


def question_set_in_field(questionnaire: Questionnaire, *, at: datetime) -> QuestionSet:
    """What people would be asked; raises when they could not answer it now."""
    version = questionnaire.active_version
    if version is None:
        raise CannotInviteError("not_published")
    is_over = questionnaire.closes_at is not None and questionnaire.closes_at <= at
    if questionnaire.state != "open" or is_over:
        raise CannotInviteError("not_open")
    return question_set_of(version)


def check_personal_links(questionnaire: Questionnaire, *, at: datetime) -> None:
    question_set = question_set_in_field(questionnaire, at=at)
    if question_set.settings.privacy_mode is PrivacyMode.ANONYMOUS:
        raise CannotInviteError("anonymous")


def _contacts(session: Session, contact_list: ContactList | None) -> Sequence[Contact]:
    """Those who were erased are on no list, and are nobody to ask."""
    people = select(Contact).where(Contact.email_encrypted != b"").order_by(Contact.id)
    if contact_list is not None:
        people = people.join(
            contact_list_members, contact_list_members.c.contact_id == Contact.id
        ).where(contact_list_members.c.list_id == contact_list.id)
    return session.scalars(people).all()


def _invited_in_wave(session: Session, asking: Round) -> dict[int | None, bool]:
    """Who has an invitation in this wave, and whether it was answered."""
    same_wave: ColumnElement[bool] = (
        Invitation.wave_id.is_(None)
        if asking.wave is None
        else Invitation.wave_id == asking.wave.id
    )
    rows = session.execute(
        select(Invitation.contact_id, Invitation.used_at).where(
            Invitation.questionnaire_id == asking.questionnaire.id,
            Invitation.contact_id.is_not(None),
            same_wave,
        )
    )
    return {contact_id: used_at is not None for contact_id, used_at in rows}


def _recently_asked(session: Session, at: datetime) -> Collection[int]:
    """Who was mailed in the quiet period, or is about to be; failed ones were not."""
    since = at - QUIET_PERIOD
    on_its_way = exists().where(
        Mail.contact_id == Contact.id, Mail.failed_at.is_(None), Mail.created_at > since
    )
    return frozenset(
        session.scalars(
            select(Contact.id).where(or_(Contact.last_mailed_at > since, on_its_way))
        )
    )


def _reason(
    contact: Contact, invited: Mapping[int | None, bool], recent: Collection[int]
) -> Skip | None:
    if contact.opted_out_at is not None:
        return Skip.OPTED_OUT
    if contact.bounced_at is not None:
        return Skip.BOUNCED
    if contact.id in invited:
        return Skip.ANSWERED if invited[contact.id] else Skip.INVITED
    return Skip.QUIET if contact.id in recent else None
