"""Named reads of invitations and the mails that carry them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Label, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from survey_app.invitations.models import IS_WAITING, Invitation, Mail
from survey_app.questionnaires.models import Wave
from survey_app.respondents.models import Contact, ContactList, contact_list_members

# A claimed mail is being sent for at most this long; after that nobody is at it.
SENDING_TAKES = timedelta(minutes=15)

THE_MAIL = aliased(Mail)  # of the invitation itself, not of a reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveProgress:
    """How far the invitations of one kind in one wave have come."""

    wave_id: int | None
    wave_name: str | None
    kind: str
    invited: int
    sent: int
    started: int
    answered: int
    reminded: int
    waiting: int
    uncertain: int
    failed: int
    bounced: int
    opted_out: int

    @property
    def response_rate(self) -> float | None:
        """Of those it reached as far as we know; of loose links, of all there are."""
        reached = self.sent if self.kind == "personal" else self.invited
        return self.answered / reached if reached else None


def list_progress(
    session: Session, questionnaire_id: int, *, at: datetime
) -> list[WaveProgress]:
    """A row for each wave and kind of invitation, the newest wave first."""
    its_mail = and_(
        THE_MAIL.invitation_id == Invitation.id, THE_MAIL.kind == "invitation"
    )
    rows = session.execute(
        select(Invitation.wave_id, Wave.name.label("wave_name"), Invitation.kind)
        .add_columns(*_counts(at))
        .outerjoin(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Contact, Contact.id == Invitation.contact_id)
        .outerjoin(THE_MAIL, its_mail)
        .where(Invitation.questionnaire_id == questionnaire_id)
        .group_by(Invitation.wave_id, Wave.name, Wave.starts_on, Invitation.kind)
        .order_by(Wave.starts_on.desc(), Invitation.wave_id, Invitation.kind)
    )
    return [WaveProgress(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def _counts(at: datetime) -> list[Label[int]]:
    """What is counted in each row, by the name it has there."""
    unsettled = and_(
        THE_MAIL.id.is_not(None),
        THE_MAIL.sent_at.is_(None),
        THE_MAIL.failed_at.is_(None),
    )
    is_left = THE_MAIL.claimed_at < at - SENDING_TAKES
    arrived = and_(Invitation.sent_at.is_not(None), THE_MAIL.failed_at.is_(None))
    conditions: dict[str, ColumnElement[bool]] = {
        "invited": true(),
        "sent": arrived,
        "started": Invitation.started_at.is_not(None),
        "answered": Invitation.used_at.is_not(None),
        "reminded": Invitation.reminded_count > 0,
        "waiting": and_(unsettled, or_(THE_MAIL.claimed_at.is_(None), ~is_left)),
        "uncertain": and_(unsettled, is_left),
        "failed": THE_MAIL.failed_at.is_not(None),
        "bounced": Contact.bounced_at.is_not(None),
        "opted_out": Contact.opted_out_at.is_not(None),
    }
    return [
        func.count(Invitation.id).filter(condition).label(name)
        for name, condition in conditions.items()
    ]


def count_waiting(session: Session, questionnaire_id: int) -> int:
    """Mails of a questionnaire that still have to go out."""
    return (
        session.scalar(
            select(func.count(Mail.id))
            .join(Mail.invitation)
            .where(Invitation.questionnaire_id == questionnaire_id, IS_WAITING)
        )
        or 0
    )


def find_trouble(session: Session, questionnaire_id: int) -> Mail | None:
    """A mail that waits because it could not be sent, if there is one."""
    return session.scalar(
        select(Mail)
        .join(Mail.invitation)
        .where(
            Invitation.questionnaire_id == questionnaire_id,
            IS_WAITING,
            Mail.trouble.is_not(None),
        )
        .order_by(Mail.due_at)
        .limit(1)
    )


def list_invitations(
    session: Session,
    questionnaire_id: int,
    wave_id: int | None,
    *,
    kind: str | None = None,
) -> Sequence[Invitation]:
    rows = (
        select(Invitation)
        .options(joinedload(Invitation.contact))
        .where(
            Invitation.questionnaire_id == questionnaire_id,
            Invitation.wave_id.is_(None)
            if wave_id is None
            else Invitation.wave_id == wave_id,
        )
        .order_by(Invitation.id)
    )
    if kind is not None:
        rows = rows.where(Invitation.kind == kind)
    return session.scalars(rows).all()


def list_batches(session: Session, of: ColumnElement[bool]) -> list[str | None]:
    """What loose links are called; None stands for the personal ones."""
    rows = session.execute(
        select(Invitation.kind, Invitation.batch).where(of).distinct()
    )
    names = {batch if kind == "single_use" else None for kind, batch in rows}
    return sorted(names, key=lambda name: name or "")


@dataclass(frozen=True, slots=True)
class ListCount:
    contact_list: ContactList
    people: int


def list_contact_lists(session: Session) -> list[ListCount]:
    """Every list and how many stand on it, the newest first."""
    members = contact_list_members.c
    rows = session.execute(
        select(ContactList, func.count(members.contact_id))
        .outerjoin(contact_list_members, members.list_id == ContactList.id)
        .group_by(ContactList.id)
        .order_by(ContactList.created_at.desc(), ContactList.id.desc())
    )
    return [ListCount(contact_list, people) for contact_list, people in rows]
