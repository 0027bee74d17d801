"""Keeping a response that was sent whole. The caller owns the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from survey_app.clock import HOME
from survey_app.outbox import service as outbox
from survey_app.questionnaires.queries import Fielding, find_current_wave
from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.respondents.models import Respondent
from survey_app.respondents.service import new_respondent, recognise_respondent
from survey_app.responses.anonymity import as_precise_as
from survey_app.responses.models import Answer, Response
from survey_app.responses.said import Said
from survey_app.responses.service import answer_rows, free_receipt


class AlreadySentError(Exception):
    """A response of this source has this submission id already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Where a response came from; the ids are those of whoever sent it."""

    source: str
    language: str
    submission_id: str | None = None
    respondent_id: str | None = None
    is_consented: bool = False


def record_response(
    session: Session,
    fielding: Fielding,
    question_set: QuestionSet,
    said: Mapping[str, Said],
    *,
    sending: Sending,
    at: datetime,
) -> Response:
    """Keep a submitted response; judge what it says before."""
    if sending.submission_id is not None and _is_known(session, sending):
        raise AlreadySentError(sending.submission_id)
    mode = question_set.settings.privacy_mode
    moment = as_precise_as(mode, at)
    response = Response(
        version_id=fielding.version_id,
        wave=find_current_wave(
            session, fielding.questionnaire_id, on=at.astimezone(HOME).date()
        ),
        respondent=_respondent(session, sending, mode, at=moment),
        privacy_mode=mode.value,
        receipt=free_receipt(session),
        **_facts(sending, moment),
    )
    session.add(response)
    session.flush()
    _keep_answers(session, response, question_set, said)
    outbox.announce(session, outbox.SUBMITTED, subject=response.public_id, at=moment)
    return response


def _facts(sending: Sending, at: datetime) -> dict[str, Any]:
    return {
        "state": "submitted",
        "source": sending.source,
        "submission_id": sending.submission_id,
        "language_started": sending.language,
        "language_submitted": sending.language,
        "started_at": at,
        "last_activity_at": at,
        "submitted_at": at,
        "consented_at": at if sending.is_consented else None,
    }


def _keep_answers(
    session: Session,
    response: Response,
    question_set: QuestionSet,
    said: Mapping[str, Said],
) -> None:
    at = response.last_activity_at
    rows = [
        {"response_id": response.id, "on_path": True, "updated_at": at, **row}
        for question_id, answer in said.items()
        for row in answer_rows(question_set, question_id, answer)
    ]
    if rows:
        session.execute(insert(Answer), rows)


def _respondent(
    session: Session, sending: Sending, mode: PrivacyMode, *, at: datetime
) -> Respondent:
    """Somebody new, unless we may know them by the number that was sent along."""
    if sending.respondent_id is None or mode is PrivacyMode.ANONYMOUS:
        return new_respondent(session, created_at=at)
    return recognise_respondent(session, sending.respondent_id, created_at=at)


def _is_known(session: Session, sending: Sending) -> bool:
    known = select(Response.id).where(
        Response.source == sending.source,
        Response.submission_id == sending.submission_id,
    )
    return session.scalar(known) is not None
