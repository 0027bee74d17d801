"""How far each invitation has come: one word for it, the one that matters most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.queries import SENDING_TAKES
from survey_app.respondents.models import Contact


class InvitationState(StrEnum):
    """What needs a decision stands first, then the course of things."""

    UNCERTAIN = "uncertain"
    FAILED = "failed"
    BOUNCED = "bounced"
    WAITING = "waiting"
    MADE = "made"
    SENT = "sent"
    STARTED = "started"
    ANSWERED = "answered"
    OPTED_OUT = "opted_out"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Followed:
    """An invitation, how far it has come, and the last mail that carried it."""

    invitation: Invitation
    state: InvitationState
    mail: Mail | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Which of them: of one state only, so many from the first on."""

    only: str = ""
    first: int = 0
    most: int | None = None


EVERYTHING = Piece()
Columns = TypeVarTuple("Columns")
LAST_MAIL = aliased(Mail)
THE_LAST = (
    select(func.max(Mail.id))
    .where(Mail.invitation_id == Invitation.id)
    .correlate(Invitation)
    .scalar_subquery()
)


def count_states(
    session: Session, of: ColumnElement[bool], *, at: datetime
) -> Mapping[InvitationState, int]:
    """How many invitations there are of each, in the order of the states."""
    state = _state(at).label("state")
    rows = session.execute(
        _joined(select(state, func.count(Invitation.id))).where(of).group_by(state)
    )
    counts = {InvitationState(word): number for word, number in rows}
    return {each: counts[each] for each in InvitationState if each in counts}


def follow(
    session: Session,
    of: ColumnElement[bool],
    piece: Piece = EVERYTHING,
    *,
    at: datetime,
) -> list[Followed]:
    """Some invitations, the oldest first."""
    state = _state(at)
    rows = _joined(select(Invitation, state, LAST_MAIL)).where(of)
    if piece.only:
        rows = rows.where(state == piece.only)
    wanted = rows.options(
        joinedload(Invitation.contact),
        joinedload(Invitation.questionnaire),
        joinedload(Invitation.wave),
    ).order_by(Invitation.id)
    page = wanted.offset(piece.first).limit(piece.most)
    return [
        Followed(invitation, InvitationState(word), mail)
        for invitation, word, mail in session.execute(page)
    ]


def in_wave(questionnaire_id: int, wave_id: int | None) -> ColumnElement[bool]:
    return and_(
        Invitation.questionnaire_id == questionnaire_id,
        Invitation.wave_id.is_(None)
        if wave_id is None
        else Invitation.wave_id == wave_id,
    )


def of_contact(contact_id: int) -> ColumnElement[bool]:
    return Invitation.contact_id == contact_id


def needs_decision(mail: Mail, *, at: datetime) -> bool:
    """Whether a person has to say what happens to it: it failed, or nobody knows."""
    if mail.failed_at is not None:
        return True
    is_left = mail.claimed_at is not None and mail.claimed_at < at - SENDING_TAKES
    return is_left and mail.sent_at is None


def find_last_mail(session: Session, invitation_id: int) -> Mail | None:
    return session.scalar(
        select(Mail)
        .where(Mail.invitation_id == invitation_id)
        .order_by(Mail.id.desc())
        .limit(1)
    )


def names_of(followed: Sequence[Followed]) -> list[Contact]:
    """The people behind some invitations; loose links have nobody."""
    contacts = (each.invitation.contact for each in followed)
    return [contact for contact in contacts if contact is not None]


def _joined(rows: Select[*Columns]) -> Select[*Columns]:
    return rows.outerjoin(Contact, Contact.id == Invitation.contact_id).outerjoin(
        LAST_MAIL, LAST_MAIL.id == THE_LAST
    )


def _state(at: datetime) -> ColumnElement[str]:
    unsettled = and_(LAST_MAIL.id.is_not(None), LAST_MAIL.sent_at.is_(None))
    is_left = LAST_MAIL.claimed_at < at - SENDING_TAKES
    return case(
        (Invitation.used_at.is_not(None), InvitationState.ANSWERED.value),
        (Invitation.revoked_at.is_not(None), InvitationState.WITHDRAWN.value),
        (Invitation.started_at.is_not(None), InvitationState.STARTED.value),
        (Contact.opted_out_at.is_not(None), InvitationState.OPTED_OUT.value),
        (Contact.bounced_at.is_not(None), InvitationState.BOUNCED.value),
        (LAST_MAIL.failed_at.is_not(None), InvitationState.FAILED.value),
        (and_(unsettled, is_left), InvitationState.UNCERTAIN.value),
        (unsettled, InvitationState.WAITING.value),
        (Invitation.expires_at <= at, InvitationState.EXPIRED.value),
        (Invitation.sent_at.is_(None), InvitationState.MADE.value),
        else_=InvitationState.SENT.value,
    )
