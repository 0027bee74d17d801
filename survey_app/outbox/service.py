"""Announcing what happened. The caller owns the transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from survey_app.outbox.models import Event

SUBMITTED = "response.submitted"
CHANGED = "response.changed"  # sent again with other answers
ERASED = "response.erased"
EXCLUDED = "response.excluded"
PUBLISHED = "questionnaire.published"
TOPICS = (SUBMITTED, CHANGED, ERASED, EXCLUDED, PUBLISHED)

ANNOUNCE = insert(Event)


def announce(
    session: Session,
    topic: str,
    *,
    subject: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that something happened; who listens hears it after the commit."""
    row = {
        "topic": topic,
        "subject": subject,
        "detail": dict(detail or {}),
        "created_at": at,
    }
    session.connection().execute(ANNOUNCE, row)
