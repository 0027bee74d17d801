"""Inviting people to a wave, and making links for nobody in particular.

The caller owns the transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.invitations.keys import invitation_key
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.planning import Round, plan_round, question_set_in_field
from survey_app.keys import key_hash, new_nonce
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.published import question_set_of
from survey_app.respondents.models import Contact

MOST_LINKS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does it, when, and with which secret keys are made."""

    secret: str
    at: datetime
    actor_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOrder:
    count: int
    batch: str
    language: str


def invite(
    session: Session, asking: Round, doing: Doing, *, by_mail: bool = True
) -> list[Invitation]:
    """Make an invitation for everybody in the plan, with a mail unless links go out.

    Two keepers who press the button at once are one after the other here.
    """
    take_turns(session, asking.questionnaire)
    plan = plan_round(session, asking, at=doing.at)
    invitations = [_invitation(asking, contact, doing) for contact in plan.asked]
    session.add_all(invitations)
    if by_mail:
        session.add_all(
            queue_mail(each, "invitation", at=doing.at) for each in invitations
        )
    told = {"skipped": dict(plan.counts), "by_mail": by_mail}
    _record(session, "invite", asking, doing, {"invited": len(invitations)} | told)
    session.flush()
    return invitations


def make_links(
    session: Session, asking: Round, doing: Doing, order: LinkOrder
) -> list[Invitation]:
    """Links that work once each, and that belong to nobody we know."""
    question_set_in_field(asking.questionnaire, at=doing.at)
    nobody = Contact(language=order.language)
    links = [_invitation(asking, nobody, doing) for _number in range(order.count)]
    for link in links:
        link.contact, link.kind, link.batch = None, "single_use", order.batch
    session.add_all(links)
    _record(session, "make links", asking, doing, {"links": order.count})
    session.flush()
    return links


def take_turns(session: Session, questionnaire: Questionnaire) -> None:
    """Until the commit nobody else invites or reminds for this questionnaire."""
    row = select(Questionnaire.id).where(Questionnaire.id == questionnaire.id)
    session.execute(row.with_for_update())


def queue_mail(invitation: Invitation, kind: str, *, at: datetime) -> Mail:
    return Mail(
        kind=kind,
        invitation=invitation,
        contact_id=invitation.contact_id
        or (invitation.contact and invitation.contact.id),
        created_at=at,
        due_at=at,
    )


def spoken(questionnaire: Questionnaire, language: str) -> str:
    """The contact's language where the questionnaire speaks it."""
    version = questionnaire.active_version
    if version is None:
        return language
    offered = question_set_of(version).languages
    return language if language in offered else offered[0]


def _invitation(asking: Round, contact: Contact, doing: Doing) -> Invitation:
    nonce = new_nonce()
    return Invitation(
        questionnaire_id=asking.questionnaire.id,
        wave_id=None if asking.wave is None else asking.wave.id,
        contact=contact,
        kind="personal",
        batch=asking.batch,
        language=spoken(asking.questionnaire, contact.language),
        nonce=nonce,
        key_hash=key_hash(invitation_key(doing.secret, nonce)),
        created_at=doing.at,
        expires_at=doing.at + timedelta(days=asking.days_valid),
    )


def _record(
    session: Session,
    action: str,
    asking: Round,
    doing: Doing,
    detail: Mapping[str, Any],
) -> None:
    record(
        session,
        actor_id=doing.actor_id,
        action=action,
        subject=f"questionnaire {asking.questionnaire.slug}",
        at=doing.at,
        detail={"wave": asking.wave and asking.wave.code} | dict(detail),
    )
