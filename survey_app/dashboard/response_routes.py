"""Staff pages: responses, whole, with what the analysis saw in them."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard import labels, queries
from survey_app.dashboard import response_queries as responses
from survey_app.dashboard.answers import answered_questions
from survey_app.dashboard.filters import LANGUAGES
from survey_app.dashboard.paging import read_paging
from survey_app.dashboard.response_queries import ResponseFilter
from survey_app.db import get_session
from survey_app.questionnaires.published import question_set_of
from survey_app.responses.models import Answer
from survey_app.web.locale import current_language

bp = Blueprint("responses", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_RESPONSES))

LONGEST_SEARCH = 100
ANY = "any"


@bp.get("/responses/")
def list_responses() -> ResponseReturnValue:
    session = get_session()
    waves = queries.list_waves(session)
    chosen = _read_filter({wave.id for wave in waves})
    paging = read_paging(request.args, responses.count_responses(session, chosen))
    rows = responses.list_responses(
        session, chosen, limit=paging.size, offset=paging.offset
    )
    return render_template(
        "responses/list_responses.html",
        rows=rows,
        paging=paging,
        chosen=chosen,
        waves=waves,
        address={name: value for name, value in request.args.items() if name != "page"},
        narrowed=chosen != ResponseFilter(),
    )


def _read_filter(wave_ids: set[int]) -> ResponseFilter:
    wave = request.args.get("wave", "")
    language, state = request.args.get("language"), request.args.get("state")
    if state not in labels.STATES and state != ANY:
        state = "submitted"
    return ResponseFilter(
        wave_id=int(wave)
        if wave.isascii() and wave.isdigit() and int(wave) in wave_ids
        else None,
        language=language if language in LANGUAGES else None,
        state=None if state == ANY else state,
        words=request.args.get("words", "").replace("\0", "").strip()[:LONGEST_SEARCH],
    )


@bp.get("/responses/<int:response_id>")
def show_response(response_id: int) -> ResponseReturnValue:
    session = get_session()
    response = responses.find_response(session, response_id)
    if response is None:
        abort(404)
    analyses = responses.list_analyses(
        session, select(Answer.id).where(Answer.response_id == response_id)
    )
    factors = responses.list_factors(session, [each.id for each in analyses.values()])
    people = [response.respondent_id]
    return render_template(
        "responses/show_response.html",
        response=response,
        questions=answered_questions(
            question_set_of(response.version),
            response.answers,
            analyses,
            factors,
            language=current_language(),
        ),
        others=responses.list_other_responses(session, response),
        persona=queries.list_personas_of(session, people).get(response.respondent_id),
    )
