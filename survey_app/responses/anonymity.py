"""What keeps an anonymous response apart from whoever gave it."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from survey_app.clock import day_of
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.models import Answer, PageEvent, Response, ResponseMark


def as_precise_as(mode: str, at: datetime) -> datetime:
    """The moment, or in anonymous fielding its day only."""
    return day_of(at) if mode == PrivacyMode.ANONYMOUS else at


def cut_ties(session: Session, response_id: int, *, at: datetime) -> None:
    """Leave nothing in a response that leads back to its invitation or its hour.

    The key in the respondent's address still opens it: that was made of the first
    page's nonce, which goes here, so that nobody can make it again.
    """
    day, ours = day_of(at), Response.id == response_id
    session.execute(
        update(Response)
        .where(ours)
        .values(
            invitation_id=None,
            start_nonce=None,
            started_at=day,
            last_activity_at=day,
            submitted_at=day,
        )
    )
    consented = Response.consented_at.is_not(None)
    session.execute(update(Response).where(ours, consented).values(consented_at=day))
    _cut_rows(session, response_id, day)


def _cut_rows(session: Session, response_id: int, day: datetime) -> None:
    """The rows beside it; where people stopped is remembered of nobody."""
    remaining: tuple[
        tuple[type[Answer | ResponseMark | PageEvent], dict[str, Any]], ...
    ]
    remaining = (
        (Answer, {"updated_at": day}),
        (ResponseMark, {"marked_at": day}),
        (PageEvent, {"response_id": None}),
    )
    for rows, values in remaining:
        theirs = rows.response_id == response_id
        session.execute(update(rows).where(theirs).values(values))
