"""An invitation as the person who was invited meets it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.invitations.models import Invitation
from survey_app.keys import as_typed, key_hash
from survey_app.responses.erasure import Erasure, erase_responses
from survey_app.responses.models import Response

# Who lost a race for an invitation may copy what they wrote until then.
LOSERS_KEPT = timedelta(hours=24)


class UnknownInvitationError(LookupError):
    """No invitation has this key, or it was withdrawn."""


class UsedInvitationError(Exception):
    """Another response was sent with this invitation."""


def get_invitation(session: Session, key: str, *, lock: bool = False) -> Invitation:
    """The invitation with this key; ``lock`` keeps others waiting until commit."""
    query = select(Invitation).where(
        Invitation.key_hash == key_hash(as_typed(key)), Invitation.revoked_at.is_(None)
    )
    query = query.options(joinedload(Invitation.questionnaire, innerjoin=True))
    if lock:
        query = query.with_for_update(of=Invitation)
    invitation = session.scalar(query)
    if invitation is None:
        raise UnknownInvitationError
    return invitation


def has_expired(invitation: Invitation, at: datetime) -> bool:
    return invitation.expires_at is not None and invitation.expires_at <= at


def claim(session: Session, invitation_id: int, *, at: datetime) -> None:
    """Use up an invitation, once; the database decides who was first."""
    claimed = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
        .values(used_at=at)
        .returning(Invitation.id)
    )
    if claimed.first() is None:
        raise UsedInvitationError


def forget_losers(database: Database, _settings: Settings) -> bool:
    """An errand: drop who lost, a day later; always done at once."""
    with database.read() as session:
        if session.scalar(_losers(now()).limit(1)) is None:
            return False
    with database.transaction() as session:
        drop_losers(session, at=now())
    return False


def drop_losers(session: Session, *, at: datetime) -> int:
    """Erase unfinished responses whose invitation was used by another; how many."""
    ids = session.scalars(_losers(at)).all()
    return len(erase_responses(session, ids, reason=Erasure.EXPIRED, at=at))


def _losers(at: datetime) -> Select[int]:
    return (
        select(Response.id)
        .join(Response.invitation)
        .where(
            Response.state.in_(("in_progress", "abandoned")),
            Invitation.used_at.is_not(None),
            Response.last_activity_at < at - LOSERS_KEPT,
        )
    )
