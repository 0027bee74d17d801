"""Telling who asked for it what was done with the answers: one mail, once.

The dry run and the telling go through the same plan. The caller owns the transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from survey_app.accounts.service import record
from survey_app.invitations.asking import Doing, queue_mail, take_turns
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.planning import CannotInviteError
from survey_app.questionnaires.models import Improvement, Questionnaire
from survey_app.respondents.models import Contact


class NotTold(StrEnum):
    """Why somebody who asked to hear is not mailed now."""

    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    TOLD = "told"  # already, or a mail is on its way


@dataclass(frozen=True, slots=True)
class TellingPlan:
    told: tuple[Invitation, ...]
    skipped: Mapping[Invitation, NotTold] = field(default_factory=dict)

    @property
    def skipped_by_reason(self) -> Mapping[NotTold, list[Invitation]]:
        return {
            reason: [each for each, why in self.skipped.items() if why is reason]
            for reason in NotTold
            if reason in self.skipped.values()
        }


def plan_telling(session: Session, questionnaire: Questionnaire) -> TellingPlan:
    """Who would hear of it, and who not; changes nothing."""
    _refuse_nothing_to_tell(session, questionnaire)
    told = _told_already(session, questionnaire)
    reasons = {
        each: _reason(each.contact, told)
        for each in _who_asked(session, questionnaire).values()
    }
    return TellingPlan(
        told=tuple(each for each, why in reasons.items() if why is None),
        skipped={each: why for each, why in reasons.items() if why is not None},
    )


def tell(session: Session, questionnaire: Questionnaire, doing: Doing) -> TellingPlan:
    """Queue the mail for everybody in the plan."""
    take_turns(session, questionnaire)
    plan = plan_telling(session, questionnaire)
    session.add_all(queue_mail(each, "results", at=doing.at) for each in plan.told)
    record(
        session,
        actor_id=doing.actor_id,
        action="tell results",
        subject=f"questionnaire {questionnaire.slug}",
        at=doing.at,
        detail={"told": len(plan.told)},
    )
    session.flush()
    return plan


def wish_to_hear(contact: Contact, *, wished: bool, at: datetime) -> None:
    """What the respondent said about it, on the last page."""
    contact.consent_at = (contact.consent_at or at) if wished else None


def _refuse_nothing_to_tell(session: Session, questionnaire: Questionnaire) -> None:
    published = select(Improvement.id).where(
        Improvement.questionnaire_id == questionnaire.id,
        Improvement.published_at.is_not(None),
    )
    if session.scalar(published.limit(1)) is None:
        raise CannotInviteError("nothing_to_tell")


def _who_asked(
    session: Session, questionnaire: Questionnaire
) -> dict[int | None, Invitation]:
    """By person, with the last invitation that each of them answered."""
    invitations = session.scalars(
        select(Invitation)
        .join(Invitation.contact)
        .options(contains_eager(Invitation.contact))
        .where(
            Invitation.questionnaire_id == questionnaire.id,
            Invitation.used_at.is_not(None),
            Contact.consent_at.is_not(None),
        )
        .order_by(Invitation.id)
    )
    return {each.contact_id: each for each in invitations}


def _told_already(
    session: Session, questionnaire: Questionnaire
) -> Collection[int | None]:
    mails = (
        select(Mail.contact_id)
        .join(Mail.invitation)
        .where(
            Mail.kind == "results",
            Mail.failed_at.is_(None),
            Invitation.questionnaire_id == questionnaire.id,
        )
    )
    return frozenset(session.scalars(mails))


def _reason(contact: Contact | None, told: Collection[int | None]) -> NotTold | None:
    if contact is None or contact.opted_out_at is not None:
        return NotTold.OPTED_OUT
    if contact.bounced_at is not None:
        return NotTold.BOUNCED
    return NotTold.TOLD if contact.id in told else None
