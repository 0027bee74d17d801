"""How often each touchpoint is spoken of, hidden ones included."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.insights.generations import in_current
from survey_app.insights.models import Mention


def count_mentions(session: Session) -> dict[str, int]:
    statement = (
        select(Mention.touchpoint, func.count())
        .where(in_current(Mention))
        .group_by(Mention.touchpoint)
    )
    return dict(session.execute(statement).all())
