"""Named reads of responses, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.responses.models import Response

WHOLE = (
    selectinload(Response.version).joinedload(QuestionnaireVersion.questionnaire),
    joinedload(Response.wave),
    selectinload(Response.answers),
    selectinload(Response.marks),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFilter:
    """Which responses; ``since`` and ``until`` are about their last activity."""

    state: str
    questionnaire: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def list_responses(
    session: Session, wanted: ResponseFilter, *, after: int, limit: int
) -> Sequence[Response]:
    """In the order in which they began, so that new ones come last."""
    query = _matching(wanted).where(Response.id > after)
    return session.scalars(
        query.options(*WHOLE).order_by(Response.id).limit(limit)
    ).all()


def find_response(session: Session, public_id: str) -> Response | None:
    return session.scalar(
        select(Response).options(*WHOLE).where(Response.public_id == public_id)
    )


def find_response_id(session: Session, public_id: str) -> int | None:
    return session.scalar(select(Response.id).where(Response.public_id == public_id))


def _matching(wanted: ResponseFilter) -> Select[Response]:
    query = select(Response).where(Response.state == wanted.state)
    if wanted.questionnaire is not None:
        query = (
            query.join(Response.version)
            .join(
                Questionnaire, QuestionnaireVersion.questionnaire_id == Questionnaire.id
            )
            .where(Questionnaire.slug == wanted.questionnaire)
        )
    if wanted.since is not None:
        query = query.where(Response.last_activity_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(Response.last_activity_at < wanted.until)
    return query
