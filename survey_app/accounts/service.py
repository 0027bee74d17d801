"""Staff accounts. The caller owns the transaction."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry, Role, StaffMember
from survey_app.accounts.permissions import ROLES

MIN_PASSWORD_LENGTH = 12


class InvalidStaffMemberError(ValueError):
    """An account that may not be made: the message says why."""


def add_staff_member(
    session: Session, *, email: str, role: str, password: str, created_at: datetime
) -> StaffMember:
    email = _checked_email(email)
    if role not in ROLES:
        raise InvalidStaffMemberError(
            f"there is no role {role!r}; choose one of {', '.join(ROLES)}"
        )
    if len(password) < MIN_PASSWORD_LENGTH:
        raise InvalidStaffMemberError(_too_short())
    if session.scalar(select(StaffMember.id).where(StaffMember.email == email)):
        raise InvalidStaffMemberError(f"{email} has an account already")
    member = StaffMember(
        email=email,
        password=PasswordHasher().hash(password),
        fs_uniquifier=secrets.token_hex(32),
        created_at=created_at,
        roles=[_role(session, role)],
    )
    session.add(member)
    return member


def reset_password(session: Session, *, email: str, password: str) -> None:
    """Give someone another password; who is signed in with the old one is not."""
    member = _member(session, email)
    if len(password) < MIN_PASSWORD_LENGTH:
        raise InvalidStaffMemberError(_too_short())
    member.password = PasswordHasher().hash(password)
    member.fs_uniquifier = secrets.token_hex(32)


def close_account(session: Session, *, email: str) -> None:
    """Nobody signs in with it any more; what the person corrected stays."""
    member = _member(session, email)
    member.active = False
    member.fs_uniquifier = secrets.token_hex(32)


def new_password() -> str:
    """Four groups of easily read characters, about 79 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def record(
    session: Session,
    *,
    actor_id: int | None,
    action: str,
    subject: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one line of the audit log; never a word of what was said or of whom."""
    entry = AuditEntry(
        actor_id=actor_id,
        action=action,
        subject=subject,
        at=at,
        detail=dict(detail or {}),
    )
    session.add(entry)


def _member(session: Session, email: str) -> StaffMember:
    found = session.scalar(
        select(StaffMember).where(StaffMember.email == email.casefold())
    )
    if found is None:
        raise InvalidStaffMemberError(f"{email} has no account")
    return found


def _too_short() -> str:
    return f"a password has at least {MIN_PASSWORD_LENGTH} characters"


def _role(session: Session, name: str) -> Role:
    role = session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name, permissions=sorted(ROLES[name]))
        session.add(role)
    return role


def _checked_email(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise InvalidStaffMemberError(
            f"{email!r} is no e-mail address: {error}"
        ) from None
