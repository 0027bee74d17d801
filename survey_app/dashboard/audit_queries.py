"""The audit log as it is read: who did what, the latest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry, StaffMember
from survey_app.clock import HOME

NOBODY = 0  # the worker, a command, a respondent
AuditRow = Row[datetime, str, str, dict[str, Any], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """None means: whatever it is."""

    action: str | None = None
    actor: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != AuditFilter()

    def conditions(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.action is not None:
            conditions.append(AuditEntry.action == self.action)
        if self.actor == NOBODY:
            conditions.append(AuditEntry.actor_id.is_(None))
        elif self.actor is not None:
            conditions.append(AuditEntry.actor_id == self.actor)
        if self.since is not None:
            conditions.append(AuditEntry.at >= _midnight(self.since))
        if self.until is not None:
            conditions.append(AuditEntry.at < _midnight(self.until + timedelta(days=1)))
        return conditions


def read_audit_filter(
    given: Mapping[str, str], *, actions: Sequence[str], people: Mapping[int, str]
) -> AuditFilter:
    """What cannot be chosen is left out."""
    action, actor = given.get("action"), given.get("person")
    ids = (NOBODY, *people)
    return AuditFilter(
        action=action if action in actions else None,
        actor=next((each for each in ids if str(each) == actor), None),
        since=_day(given.get("since")),
        until=_day(given.get("until")),
    )


def count_entries(session: Session, chosen: AuditFilter) -> int:
    counted = select(func.count(AuditEntry.id)).where(*chosen.conditions())
    return session.scalar(counted) or 0


def list_entries(
    session: Session, chosen: AuditFilter, *, limit: int, offset: int
) -> Sequence[AuditRow]:
    return session.execute(
        select(
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.subject,
            AuditEntry.detail,
            StaffMember.email,
        )
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.actor_id)
        .where(*chosen.conditions())
        .order_by(AuditEntry.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def list_actions(session: Session) -> Sequence[str]:
    actions = select(AuditEntry.action).distinct().order_by(AuditEntry.action)
    return session.scalars(actions).all()


def list_people(session: Session) -> dict[int, str]:
    """Everybody with an account, also those that were closed."""
    people = select(StaffMember.id, StaffMember.email).order_by(StaffMember.email)
    return dict(session.execute(people).all())


def _day(given: str | None) -> date | None:
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME)
