"""Staff pages: responses, whole, with what the analysis saw in them."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard import handling_words, queries
from survey_app.dashboard import response_queries as responses
from survey_app.dashboard.answers import Reading
from survey_app.dashboard.paging import read_paging
from survey_app.dashboard.response_filter import read_filter
from survey_app.db import get_session
from survey_app.questionnaires.published import question_set_of
from survey_app.responses.departures import answers_of
from survey_app.responses.models import Answer, Response
from survey_app.web.locale import current_language

bp = access.staff_blueprint("responses", __name__, "/staff", Permission.READ_RESPONSES)
bp.record_once(handling_words.add_to_templates)


@bp.get("/responses/")
def list_responses() -> ResponseReturnValue:
    session = get_session()
    choices = responses.list_choices(session)
    chosen = read_filter(request.args, choices)
    paging = read_paging(request.args, responses.count_responses(session, chosen))
    rows = responses.list_responses(
        session, chosen, limit=paging.size, offset=paging.offset
    )
    return render_template(
        "responses/list_responses.html",
        rows=rows,
        paging=paging,
        chosen=chosen,
        choices=choices,
        address={name: value for name, value in request.args.items() if name != "page"},
    )


@bp.get("/responses/<int:response_id>")
def show_response(response_id: int) -> ResponseReturnValue:
    session = get_session()
    response = responses.find_response(session, response_id)
    if response is None:
        abort(404)
    people = [response.respondent_id]
    reading = _read(response)
    return render_template(
        "responses/show_response.html",
        response=response,
        reading=reading,
        questions=reading.questions(response.answers),
        others=responses.list_other_responses(session, response),
        persona=queries.list_personas_of(session, people).get(response.respondent_id),
        flags=[mark.name for mark in response.marks if mark.kind == "flag"],
        tags=[mark.name for mark in response.marks if mark.kind == "tag"],
        known_tags=responses.list_tags(session),
        times=responses.list_page_times(session, response.id),
        history=responses.list_history(session, response.public_id),
    )


def _read(response: Response) -> Reading:
    session = get_session()
    analyses = responses.list_analyses(
        session, select(Answer.id).where(Answer.response_id == response.id)
    )
    question_set = question_set_of(response.version)
    language = current_language()
    return Reading(
        question_set=question_set,
        said=answers_of(question_set, response),
        language=language
        if language in question_set.languages
        else question_set.default_language,
        analyses=analyses,
        factors=responses.list_factors(
            session, [each.id for each in analyses.values()]
        ),
    )
