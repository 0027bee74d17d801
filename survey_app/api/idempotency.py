"""A request that is sent again does its work once and is answered the same.

The record is written in the transaction of the work: there is never one without the
other. Of two at the same time the later waits for the first, then finds its answer.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, json, request
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from survey_app.api.models import ApiKey, IdempotencyRecord
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.vault import Vault, open_vault
from survey_app.web.problems import ProblemError

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
MAX_LENGTH = 255
REPLAYED = {"Idempotent-Replayed": "true"}

Work = Callable[[], dict[str, Any]]


def once(session: Session, key: ApiKey, work: Work, *, status: int) -> Response:
    """Do the work and commit, or give the answer of when it was done."""
    name = request.headers.get(HEADER)
    if name is None:
        body = json.dumps(work())
        session.commit()
        return _answer(body, status)
    if not 0 < len(name) <= MAX_LENGTH or not name.isascii():
        raise ProblemError(400, _("An Idempotency-Key is 1 to 255 plain characters."))
    record = _begin(session, key, name)
    if record.status is not None and record.body is not None:
        body = _vault().decrypt(record.body.encode())
        return _answer(body, record.status, REPLAYED)
    body = json.dumps(work())
    record.status = status
    # It may hold a secret that is shown once.
    record.body = _vault().encrypt(body).decode()
    session.commit()
    return _answer(body, status)


def forget_old_records(database: Database, _settings: Settings) -> bool:
    """An errand: records older than a day are of no use."""
    old = IdempotencyRecord.created_at < now() - KEPT
    with database.read() as session:
        if session.scalar(select(IdempotencyRecord.id).where(old).limit(1)) is None:
            return False
    with database.transaction() as session:
        session.execute(delete(IdempotencyRecord).where(old))
    return False


def _begin(session: Session, key: ApiKey, name: str) -> IdempotencyRecord:
    """The record of this key and name: a new one, or that of an earlier request."""
    request_hash = _request_hash()
    record = IdempotencyRecord(
        api_key_id=key.id, key=name, request_hash=request_hash, created_at=now()
    )
    session.add(record)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        return _earlier(session, key, name, request_hash, at=now())
    return record


def _earlier(
    session: Session, key: ApiKey, name: str, request_hash: str, *, at: datetime
) -> IdempotencyRecord:
    record = session.scalar(
        select(IdempotencyRecord)
        .where(IdempotencyRecord.api_key_id == key.id, IdempotencyRecord.key == name)
        .with_for_update()
    )
    if record is None:  # the other one was undone, or forgotten, just now
        raise ProblemError(409, _("Send it again."))
    if record.created_at < at - KEPT:
        record.status, record.body = None, None
        record.request_hash, record.created_at = request_hash, at
    if record.request_hash != request_hash:
        used = _("This Idempotency-Key was used for another request.")
        raise ProblemError(422, used, kind="key-reused")
    return record


def _request_hash() -> str:
    what = f"{request.method} {request.path}\n".encode() + request.get_data()
    return hashlib.sha256(what).hexdigest()


def _answer(body: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, headers, content_type="application/json")


def _vault() -> Vault:
    return open_vault(current_app.extensions["settings"].contact_key)
