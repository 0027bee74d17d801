"""Taking in a posted page: keep it first, then judge it, then say where to go."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.questionnaires.path import next_page, previous_page
from survey_app.questionnaires.question_set import Page
from survey_app.responses import service
from survey_app.responses.drawing import Trouble
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.forms import as_posted, find_errors, said_in
from survey_app.responses.merging import merge
from survey_app.responses.page_views import ResponsePage
from survey_app.responses.said import NOTHING
from survey_app.responses.visits import Visit


def answer_page(
    session: Session, view: ResponsePage, token: FormToken
) -> ResponseReturnValue:
    action = request.form.get("action", "next")
    posted = said_in(request.form, view.page)
    if action == "skip":
        posted = dict.fromkeys(posted, NOTHING)
    if action == "stored":
        posted = {}
    merged = merge(token.shown, view.visit.said, posted)
    visit = service.save_page(session, view.visit, merged.kept, at=now())
    session.commit()
    view = ResponsePage(visit, view.page, view.key, view.language)
    if merged.conflicts:
        return view.draw_posted(Trouble(conflicts=merged.conflicts)), 409
    errors = find_errors(view.page, request.form) if action == "next" else {}
    if errors:
        return view.draw_posted(Trouble(errors=errors)), 422
    return redirect(_destination(view, action), 303)


def first_invalid_page(visit: Visit) -> Page | None:
    """The first page that holds something that may not be sent as it is."""
    for page in visit.pages:
        if find_errors(page, as_posted(page, visit.said)):
            return page
    return None


def _destination(view: ResponsePage, action: str) -> str:
    language = action.removeprefix("lang:")
    if action == "save_later":
        return view.url_for(".saved")
    if action == "back":
        return view.url_of(previous_page(view.visit.pages, view.page) or view.page)
    if language in view.visit.question_set.languages:
        return view.url_of(view.page, language)
    following = next_page(view.visit.pages, view.page)
    if view.is_correction:
        following = None
    return view.url_for(".check") if following is None else view.url_of(following)
