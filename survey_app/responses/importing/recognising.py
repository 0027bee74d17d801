"""Whose submissions these are: respondents known by their key, and new ones."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from survey_app.respondents.models import Respondent
from survey_app.respondents.service import external_key
from survey_app.responses.importing.rows import Submission


def recognise(
    session: Session,
    submissions: Iterable[Submission],
    known: Container[str],
    now: datetime,
) -> dict[str, int]:
    """Respondents by submission; one who was not named is someone new."""
    keys = {
        s.submission_id: external_key(s.respondent_id) if s.respondent_id else None
        for s in submissions
        if s.respondent_id or s.submission_id not in known
    }
    named = {key for key in keys.values() if key is not None}
    found = dict(
        session.execute(
            select(Respondent.external_key, Respondent.id).where(
                Respondent.external_key.in_(named)
            )
        ).all()
    )
    nameless = [name for name, key in keys.items() if key is None]
    missing = [*sorted(named - set(found)), *(None for _ in nameless)]
    ids = _add_respondents(session, missing, now)
    by_key = found | {k: i for k, i in zip(missing, ids, strict=True) if k is not None}
    anonymous = iter(ids[len(ids) - len(nameless) :])
    return {
        name: next(anonymous) if key is None else by_key[key]
        for name, key in keys.items()
    }


def _add_respondents(
    session: Session, keys: Sequence[str | None], now: datetime
) -> Sequence[int]:
    if not keys:
        return []
    returning = insert(Respondent).returning(
        Respondent.id, sort_by_parameter_order=True
    )
    rows = [{"external_key": key, "created_at": now} for key in keys]
    return session.scalars(returning, rows).all()
