"""Responses that nobody finishes: kept as partial when they say something, else gone.

``in_progress`` becomes ``abandoned`` after 30 idle days and ``closed_partial`` once
the questionnaire was closed for two days. Whoever comes back goes on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from survey_app.accounts.service import record
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.queries import GRACE
from survey_app.questionnaires.question_set import QuestionSet, QuestionType
from survey_app.responses.counting import counts
from survey_app.responses.departures import remember_departures
from survey_app.responses.derived import withdraw_from_analysis
from survey_app.responses.erasure import Erasure, erase_responses
from survey_app.responses.models import Answer, Response

IDLE = timedelta(days=30)
BATCH = 200
NOT_SUBSTANTIVE = frozenset({QuestionType.EMAIL, QuestionType.INFO})


def settle_unfinished(session: Session, *, at: datetime) -> int:
    """Settle a batch of what will not be finished any more; how many."""
    for state, condition in (
        ("closed_partial", _closed(at)),
        ("abandoned", Response.last_activity_at < at - IDLE),
    ):
        found = _find(session, condition)
        if found:
            _settle(session, found, state, at)
            return len(found)
    return 0


def has_unsettled(session: Session, *, at: datetime) -> bool:
    idle = Response.last_activity_at < at - IDLE
    unsettled = select(Response.id).where(Response.state == "in_progress")
    return any(
        session.scalar(unsettled.where(condition).limit(1)) is not None
        for condition in (_closed(at), idle)
    )


def withdraw_uncounted(session: Session) -> int:
    """Take out of the figures what stopped counting: by resuming, or by a setting."""
    ids = session.scalars(_uncounted().limit(BATCH)).all()
    if ids:
        withdraw_from_analysis(session, ids)
    return len(ids)


def has_uncounted(session: Session) -> bool:
    return session.scalar(_uncounted().limit(1)) is not None


def is_usable(question_set: QuestionSet, answers: Sequence[Answer]) -> bool:
    """Whether at least one answer says something."""
    return any(_says_something(question_set, answer) for answer in answers)


def _says_something(question_set: QuestionSet, answer: Answer) -> bool:
    if not answer.on_path:
        return False
    question = question_set.questions_by_answer.get(answer.question_id)
    if question is None or question.type in NOT_SUBSTANTIVE:
        return False
    if answer.code is None:
        return bool(answer.text)
    option = question.option(answer.code)
    return option is None or not option.missing or bool(answer.text)


def _uncounted() -> Select[int]:
    analysed = exists().where(
        Answer.response_id == Response.id, Answer.analysis_version.is_not(None)
    )
    return select(Response.id).where(~counts(), analysed)


def _settle(
    session: Session, found: Sequence[Response], state: str, at: datetime
) -> None:
    empty = []
    for response in found:
        if is_usable(question_set_of(response.version), response.answers):
            response.state = state
        else:
            empty.append(response.id)
    session.flush()
    remember_departures(session, empty)
    erase_responses(session, empty, reason=Erasure.EXPIRED, at=at)
    record(
        session,
        actor_id=None,
        action="settle",
        subject=f"{len(found)} unfinished responses",
        at=at,
        detail={state: len(found) - len(empty), "deleted": len(empty)},
    )


def _find(session: Session, condition: ColumnElement[bool]) -> Sequence[Response]:
    return session.scalars(
        select(Response)
        .where(Response.state == "in_progress", condition)
        .order_by(Response.id)
        .limit(BATCH)
        .options(joinedload(Response.version), selectinload(Response.answers))
        .with_for_update(of=Response)
    ).all()


def _closed(at: datetime) -> ColumnElement[bool]:
    closed = (
        select(QuestionnaireVersion.id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(
            and_(
                Questionnaire.closes_at.is_not(None),
                Questionnaire.closes_at < at - GRACE,
            )
        )
    )
    return Response.version_id.in_(closed)
