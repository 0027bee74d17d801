"""What keeps an anonymous response apart from whoever gave it."""

from datetime import datetime

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
    day = day_of(at)
    session.execute(
        update(Response)
        .where(Response.id == response_id)
        .values(
            invitation_id=None,
            start_nonce=None,
            started_at=day,
            last_activity_at=day,
            submitted_at=day,
        )
    )
    session.execute(
        update(Response)
        .where(Response.id == response_id, Response.consented_at.is_not(None))
        .values(consented_at=day)
    )
    session.execute(
        update(Answer).where(Answer.response_id == response_id).values(updated_at=day)
    )
    session.execute(
        update(ResponseMark)
        .where(ResponseMark.response_id == response_id)
        .values(marked_at=day)
    )
    session.execute(
        update(PageEvent)
        .where(PageEvent.response_id == response_id)
        .values(response_id=None)
    )
