"""Starting a response: who may, and what it is tied to. The caller commits."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.clock import HOME
from survey_app.invitations.models import Invitation
from survey_app.keys import key_hash, resume_key
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.queries import Fielding, current_wave_id
from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.respondents.service import new_respondent, new_respondent_id
from survey_app.responses.anonymity import as_precise_as
from survey_app.responses.arrivals import Arrival
from survey_app.responses.models import Response
from survey_app.responses.visits import Visit, find_visit, get_visit

START = insert(Response)


class NotOpenError(Exception):
    """Nobody may start this questionnaire now."""

    def __init__(self, fielding: Fielding) -> None:
        super().__init__(fielding.slug)
        self.fielding = fielding


class EnoughResponsesError(NotOpenError):
    """As many responses as were asked for have come in."""


class InvitationTakenError(Exception):
    """Somebody else started with this invitation; their response is under ``key``."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A first page that was sent: of what, in which language, from where."""

    fielding: Fielding
    question_set: QuestionSet
    nonce: str
    language: str
    arrival: Arrival = field(default_factory=Arrival)
    invitation: Invitation | None = None
    device: str | None = None  # phone, tablet, desktop
    has_consented: bool = False

    @property
    def privacy_mode(self) -> PrivacyMode:
        return self.question_set.settings.privacy_mode

    def key(self, secret: str) -> str:
        """A double click on the page finds the response that the first one made."""
        if self.invitation is None:
            return resume_key(secret, self.nonce)
        return invited_key(secret, self.invitation, key_hash(self.nonce))


def invited_key(secret: str, invitation: Invitation, start_nonce: str) -> str:
    """The key of an invited response, made again for who holds the invitation."""
    return resume_key(secret, f"{invitation.nonce}:{start_nonce}")


def start_or_find(
    session: Session, start: Start, *, secret: str, at: datetime
) -> tuple[str, Visit]:
    """The response that this front page starts, or the one that it started before."""
    key = start.key(secret)
    visit = find_visit(session, key, lock=True)
    if visit is not None:
        return key, visit
    if start.invitation is not None:
        _refuse_second_person(session, start.invitation, secret)
    if not start.fielding.is_open(at):
        raise NotOpenError(start.fielding)
    if is_full(session, start.fielding):
        raise EnoughResponsesError(start.fielding)
    try:
        _start_response(session, start, key=key, at=at)
    except IntegrityError:  # the other click was first
        session.rollback()
        return key, get_visit(session, key, lock=True)
    return key, get_visit(session, key)


def is_full(session: Session, fielding: Fielding) -> bool:
    """Whether as many responses as were asked for have been sent."""
    if fielding.max_responses is None:
        return False
    sent = session.scalar(
        select(func.count())
        .select_from(Response)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .where(
            QuestionnaireVersion.questionnaire_id == fielding.questionnaire_id,
            Response.state == "submitted",
        )
    )
    return (sent or 0) >= fielding.max_responses


def find_started(
    session: Session, invitation: Invitation, *, secret: str
) -> tuple[str, Response] | None:
    """The response that was started with an invitation, and its key."""
    response = session.scalar(
        select(Response).where(Response.invitation_id == invitation.id)
    )
    if response is None or response.start_nonce is None:
        return None
    return invited_key(secret, invitation, response.start_nonce), response


def _refuse_second_person(
    session: Session, invitation: Invitation, secret: str
) -> None:
    started = find_started(session, invitation, secret=secret)
    if started is not None:
        raise InvitationTakenError(started[0])


def _start_response(session: Session, start: Start, *, key: str, at: datetime) -> None:
    invitation, mode = start.invitation, start.privacy_mode
    if invitation is not None and invitation.started_at is None:
        invitation.started_at = as_precise_as(mode, at)
    row = {
        "version_id": start.fielding.version_id,
        "wave_id": _wave_of(session, start, at),
        "respondent_id": _respondent_of(session, start, at),
        "invitation_id": None if invitation is None else invitation.id,
        "privacy_mode": mode.value,
        "source": start.arrival.source,
        "prefill": dict(start.arrival.prefill),
        "resume_key_hash": key_hash(key),
        "start_nonce": key_hash(start.nonce),
        "language_started": start.language,
        "device": start.device,
        "consented_at": as_precise_as(mode, at) if start.has_consented else None,
        "started_at": at,
        "last_activity_at": at,
    }
    session.flush()
    session.connection().execute(START, row)


def _wave_of(session: Session, start: Start, at: datetime) -> int | None:
    if start.invitation is not None and start.invitation.wave_id is not None:
        return start.invitation.wave_id
    day = at.astimezone(HOME).date()
    return current_wave_id(session, start.fielding.questionnaire_id, on=day)


def _respondent_of(session: Session, start: Start, at: datetime) -> int:
    """Somebody new, unless this is a contact whom we may know from another wave."""
    contact = None if start.invitation is None else start.invitation.contact
    if start.privacy_mode is PrivacyMode.ANONYMOUS or contact is None:
        moment = as_precise_as(start.privacy_mode, at)
        return new_respondent_id(session, created_at=moment)
    if contact.respondent is None:
        contact.respondent = new_respondent(session, created_at=at)
        session.flush()
    return contact.respondent.id
