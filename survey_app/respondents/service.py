"""Making and recognising respondents. The caller owns the transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from survey_app.respondents.models import Respondent

NEW_RESPONDENT = insert(Respondent).returning(Respondent.id)


def new_respondent(session: Session, *, created_at: datetime) -> Respondent:
    respondent = Respondent(created_at=created_at)
    session.add(respondent)
    return respondent


def new_respondent_id(session: Session, *, created_at: datetime) -> int:
    """The same without a row in memory, for who needs the number alone."""
    made = session.connection().execute(NEW_RESPONDENT, {"created_at": created_at})
    return int(made.scalar_one())


def recognise_respondent(
    session: Session, external_id: str, *, created_at: datetime
) -> Respondent:
    """The respondent known elsewhere by this identifier, made when not yet here."""
    key = external_key(external_id)
    known = session.scalar(select(Respondent).where(Respondent.external_key == key))
    if known is not None:
        return known
    respondent = Respondent(external_key=key, created_at=created_at)
    session.add(respondent)
    session.flush()  # the next row of the same import must find it
    return respondent


def external_key(external_id: str) -> str:
    return hashlib.sha256(external_id.strip().casefold().encode()).hexdigest()
