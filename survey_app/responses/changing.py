"""Changing answers after they were sent, where the questionnaire allows it.

What is written then stands apart until the response is sent again: who opens it and
walks away has lost nothing, and what was sent goes on counting. The caller owns the
transaction, and holds the response locked.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.queries import GRACE
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.models import Response, ResponseChange
from survey_app.responses.said import NOTHING, Said, as_data
from survey_app.responses.settling import IDLE
from survey_app.responses.visits import Visit


def may_change(visit: Visit, *, at: datetime) -> bool:
    """Whether what was sent may be changed now, begun or not."""
    return (
        visit.is_sent
        and visit.question_set.settings.edit_after_submit
        and visit.privacy_mode != PrivacyMode.ANONYMOUS
        and visit.fielding.may_finish(at)
    )


def takes_answers(visit: Visit, *, at: datetime) -> bool:
    """Whether pages may be filled in: before sending, or while changing."""
    if not visit.is_sent:
        return True
    return visit.change is not None and may_change(visit, at=at)


def begin(session: Session, visit: Visit, *, at: datetime) -> None:
    """Open what was sent for changing; a second click finds it open."""
    if visit.change is None:
        row = {"response_id": visit.response_id, "said": {}}
        moments = {"begun_at": at, "updated_at": at}
        session.execute(insert(ResponseChange), [{**row, **moments}])


def keep(
    session: Session, visit: Visit, said: Mapping[str, Said], *, at: datetime
) -> None:
    """Keep what was written, where it differs from what was sent."""
    if visit.change is None:
        raise TypeError("a visit whose answers are not being changed")
    sent, written = visit.change.sent, {**visit.change.drafts, **said}
    drafts = {
        name: answer
        for name, answer in written.items()
        if answer != sent.get(name, NOTHING)
    }
    session.execute(
        update(ResponseChange)
        .where(ResponseChange.response_id == visit.response_id)
        .values(said=as_data(drafts), updated_at=at)
    )


def forget(session: Session, response_id: int) -> None:
    """Leave it as it was sent."""
    session.execute(
        delete(ResponseChange).where(ResponseChange.response_id == response_id)
    )


def has_stale(session: Session, *, at: datetime) -> bool:
    found = select(ResponseChange.response_id).where(_is_stale(at)).limit(1)
    return session.scalar(found) is not None


def forget_stale(session: Session, *, at: datetime) -> None:
    """What nobody came back to send; what was sent before stays as it is."""
    session.execute(delete(ResponseChange).where(_is_stale(at)))


def _is_stale(at: datetime) -> ColumnElement[bool]:
    closed = (
        select(Response.id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Response.version_id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.closes_at < at - GRACE)
    )
    return or_(
        ResponseChange.updated_at < at - IDLE, ResponseChange.response_id.in_(closed)
    )
