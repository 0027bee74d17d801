"""How sure a mention must be to count in figures before a person has judged it."""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.insights.models import Mention, ReviewLimit

LIMITS = (0.5, 0.6, 0.7, 0.8, 0.9)


class InvalidLimitError(ValueError):
    """Not one of those that are offered."""


def counts_in_figures() -> ColumnElement[bool]:
    """Whether a mention counts: what people said is always sure enough.

    Asked of the database with each figure, so that none can forget it; the limit is
    read once in a statement, and stands in the index that figures are read from.
    """
    return Mention.confidence >= _least()


def waits_for_judgement() -> ColumnElement[bool]:
    return Mention.confidence < _least()


def find_limit(session: Session) -> float | None:
    """None: everything counts."""
    return session.scalar(select(_limit()))


def set_limit(
    session: Session, least: float | None, *, staff_id: int, at: datetime
) -> None:
    if least is not None and least not in LIMITS:
        raise InvalidLimitError(least)
    session.add(ReviewLimit(least_confidence=least, changed_by=staff_id, changed_at=at))
    record(
        session,
        actor_id=staff_id,
        action="set_review_limit",
        subject="figures",
        at=at,
        detail={"limit": least or 0},
    )


def _limit() -> ScalarSelect[float | None]:
    newest = select(ReviewLimit.least_confidence).order_by(ReviewLimit.id.desc())
    return newest.limit(1).scalar_subquery()


def _least() -> ScalarSelect[float]:
    """A value of its own: around the limit alone it would be worked out in each row."""
    return select(func.coalesce(_limit(), 0.0)).scalar_subquery()
