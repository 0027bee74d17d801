"""Responses, for programs: read, send, erase."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Response as HttpResponse
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from survey_app.accounts.service import record
from survey_app.api.cursors import as_page, last_seen
from survey_app.api.idempotency import once
from survey_app.api.operations import Answer, Asked, Parameter, operation
from survey_app.api.parameters import IN_ID, ONCE, PAGING
from survey_app.api.received import judge, read_answers
from survey_app.api.response_queries import (
    ResponseFilter,
    find_response,
    find_response_id,
    list_responses,
)
from survey_app.api.response_view import is_anonymous, view_of
from survey_app.api.schemas import SLUG, STATE, TIME
from survey_app.api.scopes import Scope
from survey_app.api.times import as_moment, read_moment
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires.published import question_set_of_version
from survey_app.questionnaires.queries import Fielding, get_published
from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.questionnaires.rules import META, Answers
from survey_app.responses.erasure import erase_response
from survey_app.responses.recording import AlreadySentError, Sending, record_response
from survey_app.responses.starting import is_full
from survey_app.web.locale import current_language
from survey_app.web.problems import FieldError, ProblemError

SOURCE = "api"
FILTERS = (
    Parameter("questionnaire", "Only of this one.", SLUG),
    Parameter("state", "Only in this state.", {**STATE, "default": "submitted"}),
    Parameter("since", "Last active at or after this time.", TIME),
    Parameter("until", "Last active before this time.", TIME),
)


@operation(
    "GET",
    "/responses",
    "List responses, in the order in which they began",
    scope=Scope.READ_RESPONSES,
    parameters=(*FILTERS, *PAGING),
    answer=Answer(200, "A page of responses", "ResponsePage"),
)
def get_responses(asked: Asked) -> ResponseReturnValue:
    wanted = ResponseFilter(
        state=asked.query["state"],
        questionnaire=asked.query["questionnaire"],
        since=_moment(asked.query["since"], "?since"),
        until=_moment(asked.query["until"], "?until"),
    )
    limit = asked.query["limit"]
    rows = list_responses(
        get_session(), wanted, after=last_seen(asked.query), limit=limit + 1
    )
    items = [view_of(response) for response in rows[:limit]]
    more = rows[limit - 1].id if rows[limit:] else None
    return as_page(items, asked.query, goes_on_after=more)


@operation(
    "GET",
    "/responses/{public_id}",
    "One response",
    scope=Scope.READ_RESPONSES,
    parameters=(IN_ID,),
    answer=Answer(200, "The response", "Response"),
    refusals=(404,),
)
def get_response(_asked: Asked, public_id: str) -> ResponseReturnValue:
    response = find_response(get_session(), public_id)
    if response is None:
        raise ProblemError(404)
    return view_of(response)


@operation(
    "POST",
    "/responses",
    "Send a whole response; it is judged as on the pages",
    scope=Scope.WRITE_RESPONSES,
    parameters=(ONCE,),
    body="NewResponse",
    answer=Answer(201, "Received", "ReceivedResponse"),
    refusals=(409,),
)
def send_response(asked: Asked) -> ResponseReturnValue:
    def receive() -> dict[str, Any]:
        return _receive(asked.body)

    return once(get_session(), asked.key, receive, status=201)


@operation(
    "DELETE",
    "/responses/{public_id}",
    "Erase a response and all that was derived from it",
    scope=Scope.DELETE_RESPONSES,
    parameters=(IN_ID,),
    answer=Answer(204, "Erased"),
    refusals=(404,),
)
def delete_response(asked: Asked, public_id: str) -> ResponseReturnValue:
    session = get_session()
    response_id = find_response_id(session, public_id)
    if response_id is None:
        raise ProblemError(404)
    erase_response(session, response_id, reason="asked", at=now())
    record(
        session,
        actor_id=None,
        action="erase",
        subject=f"response {public_id}",
        at=now(),
        detail={"api_key": asked.key.prefix},
    )
    session.commit()
    return HttpResponse(status=204)


def _receive(body: dict[str, Any]) -> dict[str, Any]:
    session = get_session()
    fielding = _open_questionnaire(body["questionnaire"])
    question_set = question_set_of_version(session, fielding)
    said = read_answers(body["answers"])
    at = _moment(body.get("submitted_at"), "/submitted_at") or now()
    with force_locale(_spoken(question_set)):
        errors = judge(question_set, said, meta=_meta(question_set, body))
        errors += _wrong_sender(question_set, body, at)
    if errors:
        raise ProblemError(422, errors=errors)
    try:
        response = record_response(
            session, fielding, question_set, said, sending=_sending(body), at=at
        )
    except AlreadySentError:
        known = _("There is a response with this submission_id already.")
        raise ProblemError(409, known, kind="already-sent") from None
    return {
        "id": response.public_id,
        "receipt": response.receipt,
        "state": response.state,
        "submitted_at": as_moment(at, day_only=is_anonymous(response)),
    }


def _spoken(question_set: QuestionSet) -> str:
    """The language asked for, if options have names in it."""
    asked_for = current_language()
    if asked_for in question_set.languages:
        return asked_for
    return question_set.default_language


def _sending(body: dict[str, Any]) -> Sending:
    return Sending(
        source=SOURCE,
        language=body["language"],
        submission_id=body.get("submission_id"),
        respondent_id=body.get("respondent_id"),
        is_consented=body.get("has_consented", False),
    )


def _meta(question_set: QuestionSet, body: dict[str, Any]) -> Answers:
    return {
        f"{META}language": body["language"],
        f"{META}privacy_mode": question_set.settings.privacy_mode.value,
        f"{META}source": SOURCE,
    }


def _open_questionnaire(slug: str) -> Fielding:
    try:
        fielding = get_published(get_session(), slug)
    except LookupError:
        unknown = _("There is no published questionnaire of this name.")
        raise ProblemError(
            422, errors=[FieldError("/questionnaire", unknown)]
        ) from None
    if not fielding.is_open(now()):
        closed = _("This questionnaire takes no answers now.")
        raise ProblemError(409, closed, kind="not-open")
    if is_full(get_session(), fielding):
        raise ProblemError(409, _("There are answers enough."), kind="enough")
    return fielding


def _wrong_sender(
    question_set: QuestionSet, body: dict[str, Any], at: datetime
) -> Iterator[FieldError]:
    if at > now():
        yield FieldError("/submitted_at", _("This is still to come."))
    consent = question_set.consent
    if consent is not None and consent.required and not body.get("has_consented"):
        yield FieldError("/has_consented", _("Consent is needed to take part."))
    if question_set.settings.privacy_mode is PrivacyMode.ANONYMOUS:
        sentence = _(
            "This questionnaire is anonymous; send nothing that names someone."
        )
        for name in ("respondent_id", "submission_id"):
            if name in body:
                yield FieldError(f"/{name}", sentence)


def _moment(text: str | None, place: str) -> datetime | None:
    if text is None:
        return None
    time = read_moment(text)
    if time is None:
        raise ProblemError(422, errors=[FieldError(place, _("There is no such time."))])
    return time
