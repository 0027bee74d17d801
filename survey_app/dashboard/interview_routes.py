"""Staff pages: interviews, whole, with what the analysis saw in them."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard import interview_queries as interviews
from survey_app.dashboard import queries
from survey_app.dashboard import response_queries as responses
from survey_app.dashboard.answers import mark
from survey_app.dashboard.paging import read_paging
from survey_app.db import get_session
from survey_app.interviews.models import Turn

bp = access.staff_blueprint("interviews", __name__, "/staff", Permission.READ_RESPONSES)


@bp.get("/interviews/")
def list_interviews() -> ResponseReturnValue:
    session = get_session()
    paging = read_paging(request.args, interviews.count_interviews(session))
    rows = interviews.list_interviews(session, limit=paging.size, offset=paging.offset)
    return render_template("interviews/list_interviews.html", rows=rows, paging=paging)


@bp.get("/interviews/<int:interview_id>")
def show_interview(interview_id: int) -> ResponseReturnValue:
    session = get_session()
    interview = interviews.find_interview(session, interview_id)
    if interview is None:
        abort(404)
    of_interview = select(Turn.id).where(Turn.interview_id == interview_id)
    analyses = responses.list_analyses(session, of_interview, of_turns=True)
    turns = [
        (turn, found, mark(turn.text, found.mentions if found else ()))
        for turn in interview.turns
        for found in [analyses.get(turn.id)]
    ]
    people = [each.respondent_id for each in interview.speakers if each.respondent_id]
    return render_template(
        "interviews/show_interview.html",
        interview=interview,
        turns=turns,
        personas=queries.list_personas_of(session, people),
    )
