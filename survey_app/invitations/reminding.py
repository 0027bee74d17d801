"""Reminding who has not answered: at most twice, and not too soon.

The dry run and the reminding go through the same plan. The caller owns the transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from survey_app.accounts.service import record
from survey_app.invitations.asking import queue_mail, take_turns
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.planning import check_personal_links
from survey_app.questionnaires.models import Questionnaire, Wave

MOST_REMINDERS = 2
DAYS_BETWEEN = 4
BETWEEN = timedelta(days=DAYS_BETWEEN)


class NoReminder(StrEnum):
    ANSWERED = "answered"
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_SENT = "not_sent"  # the invitation itself has not gone out
    ENOUGH = "enough"  # reminded twice
    TOO_SOON = "too_soon"
    ON_ITS_WAY = "on_its_way"


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    reminded: tuple[Invitation, ...]
    skipped: Mapping[Invitation, NoReminder] = field(default_factory=dict)

    @property
    def started(self) -> int:
        """Of those reminded: who began, and gets other words."""
        return sum(each.started_at is not None for each in self.reminded)

    @property
    def skipped_by_reason(self) -> Mapping[NoReminder, list[Invitation]]:
        return {
            reason: [each for each, why in self.skipped.items() if why is reason]
            for reason in NoReminder
            if reason in self.skipped.values()
        }


def plan_reminders(
    session: Session, questionnaire: Questionnaire, wave: Wave | None, *, at: datetime
) -> ReminderPlan:
    """Who would be reminded, and who not; changes nothing."""
    check_personal_links(questionnaire, at=at)
    invitations = session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.contact))
        .where(
            Invitation.questionnaire_id == questionnaire.id,
            Invitation.kind == "personal",
            Invitation.wave_id.is_(None)
            if wave is None
            else Invitation.wave_id == wave.id,
        )
        .order_by(Invitation.id)
    ).all()
    waiting = _on_their_way(session, questionnaire.id)
    reasons = {each: _reason(each, waiting, at) for each in invitations}
    return ReminderPlan(
        reminded=tuple(each for each, why in reasons.items() if why is None),
        skipped={each: why for each, why in reasons.items() if why is not None},
    )


def remind(
    session: Session,
    questionnaire: Questionnaire,
    wave: Wave | None,
    *,
    at: datetime,
    actor_id: int | None,
) -> ReminderPlan:
    """Queue a reminder for everybody in the plan."""
    take_turns(session, questionnaire)
    plan = plan_reminders(session, questionnaire, wave, at=at)
    session.add_all(queue_mail(each, "reminder", at=at) for each in plan.reminded)
    record(
        session,
        actor_id=actor_id,
        action="remind",
        subject=f"questionnaire {questionnaire.slug}",
        at=at,
        detail={"wave": wave and wave.code, "reminded": len(plan.reminded)},
    )
    session.flush()
    return plan


def _on_their_way(session: Session, questionnaire_id: int) -> Collection[int | None]:
    """Invitations with a mail that may still go out, or of which nobody knows."""
    return frozenset(
        session.scalars(
            select(Mail.invitation_id)
            .join(Mail.invitation)
            .where(
                Invitation.questionnaire_id == questionnaire_id,
                Mail.sent_at.is_(None),
                Mail.failed_at.is_(None),
            )
        )
    )


def _reason(
    invitation: Invitation, waiting: Collection[int | None], at: datetime
) -> NoReminder | None:
    return (
        _reason_of_person(invitation)
        or _reason_of_link(invitation, at)
        or _reason_of_mails(invitation, waiting, at)
    )


def _reason_of_person(invitation: Invitation) -> NoReminder | None:
    contact = invitation.contact
    if invitation.used_at is not None:
        return NoReminder.ANSWERED
    if contact is None or contact.is_erased:
        return NoReminder.ERASED
    if contact.opted_out_at is not None:
        return NoReminder.OPTED_OUT
    return None if contact.bounced_at is None else NoReminder.BOUNCED


def _reason_of_link(invitation: Invitation, at: datetime) -> NoReminder | None:
    if invitation.revoked_at is not None:
        return NoReminder.WITHDRAWN
    is_over = invitation.expires_at is not None and invitation.expires_at <= at
    return NoReminder.EXPIRED if is_over else None


def _reason_of_mails(
    invitation: Invitation, waiting: Collection[int | None], at: datetime
) -> NoReminder | None:
    if invitation.id in waiting:
        return NoReminder.ON_ITS_WAY
    last = invitation.last_reminded_at or invitation.sent_at
    if last is None:
        return NoReminder.NOT_SENT
    if invitation.reminded_count >= MOST_REMINDERS:
        return NoReminder.ENOUGH
    return NoReminder.TOO_SOON if last > at - BETWEEN else None
