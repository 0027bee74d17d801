"""How long filling in takes, measured: stored now and then, not asked for on a page."""

from datetime import datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.questionnaires.models import Questionnaire
from survey_app.responses.models import Response

ENOUGH = 50  # completes before a measured time is worth telling
NEWEST = 1_000
LONGEST = 3600.0  # seconds; longer is somebody who went away and came back
NOT_FILLED_IN_HERE = ("import", "api", "interview")
DAY_ONLY = "anonymous"  # of whom no time of day is kept


def measure_durations(database: Database, _settings: Settings) -> bool:
    """Store the median of each questionnaire; there is never more to do at once."""
    with database.read() as session:
        measured = {
            each.id: seconds
            for each in session.scalars(select(Questionnaire))
            if (seconds := _median(session, each)) != each.median_seconds
        }
    if measured:
        with database.transaction() as session:
            for questionnaire_id, seconds in measured.items():
                found = session.get_one(Questionnaire, questionnaire_id)
                found.median_seconds = seconds
    return False


def _median(session: Session, questionnaire: Questionnaire) -> int | None:
    times = session.execute(
        select(Response.started_at, Response.submitted_at)
        .where(
            Response.version_id == questionnaire.active_version_id,
            Response.state == "submitted",
            Response.privacy_mode != DAY_ONLY,
            Response.anonymised_at.is_(None),
            Response.source.not_in(NOT_FILLED_IN_HERE),
        )
        .order_by(Response.id.desc())
        .limit(NEWEST)
    )
    durations = [_seconds(begun, sent) for begun, sent in times]
    counted = [each for each in durations if 0 < each <= LONGEST]
    return round(median(counted)) if len(counted) >= ENOUGH else None


def _seconds(begun: datetime, sent: datetime | None) -> float:
    return (sent - begun).total_seconds() if sent is not None else 0.0
