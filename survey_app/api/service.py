"""Making and revoking API keys. The caller owns the transaction."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.api.models import ApiKey
from survey_app.api.scopes import Scope
from survey_app.keys import ALPHABET, key_hash, new_public_id

PREFIX_LENGTH = 8
MAX_NAME = 100


class InvalidKeyError(ValueError):
    """A key that may not be made: the message says why."""


class UnknownKeyError(LookupError):
    """No key has this prefix."""


def make_key(
    session: Session,
    *,
    name: str,
    scopes: Collection[Scope],
    at: datetime,
    staff_id: int | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key; its text is given here once and stored nowhere."""
    name = name.strip()
    if not name or len(name) > MAX_NAME:
        raise InvalidKeyError(f"a key has a name of at most {MAX_NAME} characters")
    if not scopes:
        raise InvalidKeyError("a key without a scope opens nothing; choose one")
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    text = f"kr_{prefix}_{new_public_id()}"
    key = ApiKey(
        name=name,
        prefix=prefix,
        key_hash=key_hash(text),
        scopes=sorted(scopes),
        created_by=staff_id,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(key)
    session.flush()
    _note(session, key, "make API key", staff_id=staff_id, at=at)
    return key, text


def revoke_key(
    session: Session, prefix: str, *, at: datetime, staff_id: int | None = None
) -> ApiKey:
    """From now on the key opens nothing; what it did stays in the audit log."""
    key = session.scalar(select(ApiKey).where(ApiKey.prefix == prefix))
    if key is None:
        raise UnknownKeyError(prefix)
    if key.revoked_at is None:
        key.revoked_at = at
        _note(session, key, "revoke API key", staff_id=staff_id, at=at)
    return key


def _note(
    session: Session, key: ApiKey, action: str, *, staff_id: int | None, at: datetime
) -> None:
    record(
        session,
        actor_id=staff_id,
        action=action,
        subject=f"API key {key.prefix}",
        at=at,
        detail={"scopes": key.scopes},
    )
