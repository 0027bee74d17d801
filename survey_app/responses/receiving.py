"""Taking in a posted page: keep it first, then judge it, then say where to go."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.questionnaires.path import next_page, previous_page
from survey_app.questionnaires.question_set import Page
from survey_app.responses import service
from survey_app.responses.drawing import Trouble
from survey_app.responses.flagging import TRAP, note_trap
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.forms import find_errors
from survey_app.responses.merging import Merge, merge
from survey_app.responses.page_views import ResponsePage, least_seconds
from survey_app.responses.posted import as_posted, said_in
from survey_app.responses.said import NOTHING
from survey_app.responses.steps import INTRO
from survey_app.responses.submitting import submit_response
from survey_app.responses.visits import Visit

GOING_ON = frozenset({"next", "skip", "stored"})


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
    errors = find_errors(view.page, request.form) if action == "next" else {}
    trouble = _trouble(merged, errors)
    goes_on = trouble is None and action in GOING_ON
    visit = service.save_page(
        session,
        view.visit,
        merged.kept,
        at=now(),
        passed=view.page.id if goes_on else None,
    )
    _note(session, view, token, "saved" if trouble is None else "error")
    if request.form.get(TRAP):
        note_trap(session, visit.response_id, at=now())
    view = ResponsePage(visit, view.page, view.key, view.language)
    if goes_on and view.sends and first_invalid_page(visit) is None:
        return send_response(session, visit, view.key, view.language)
    session.commit()
    if trouble is not None:
        return view.draw_posted(trouble), 409 if trouble.conflicts else 422
    return redirect(_destination(view, action), 303)


def send_response(
    session: Session, visit: Visit, key: str, language: str
) -> ResponseReturnValue:
    submit_response(
        session, visit, language=language, at=now(), least_seconds=least_seconds()
    )
    session.commit()
    return redirect(url_for("respondent.thanks", key=key, lang=language), 303)


def first_invalid_page(visit: Visit) -> Page | None:
    """The first page that holds something that may not be sent as it is."""
    for page in visit.pages:
        if find_errors(page, as_posted(page, visit.said)):
            return page
    return None


def _trouble(merged: Merge, errors: Mapping[str, str]) -> Trouble | None:
    """Which of two answers to keep is asked first, then what is wrong with it."""
    if merged.conflicts:
        return Trouble(conflicts=merged.conflicts)
    return Trouble(errors=errors) if errors else None


def _note(session: Session, view: ResponsePage, token: FormToken, kind: str) -> None:
    service.note_page(
        session,
        view.visit,
        view.page.id,
        kind,
        shown_at=token.issued_at,
        at=now(),
    )


def _destination(view: ResponsePage, action: str) -> str:
    language = action.removeprefix("lang:")
    pages, page = view.visit.pages, view.page
    if action == "save_later":
        return view.url_for(".saved")
    if page is INTRO:
        return view.url_of(pages[0])
    if action == "back":
        return view.url_of(previous_page(pages, page) or page)
    if language in view.visit.question_set.languages:
        return view.url_of(page, language)
    following = None if view.is_correction else next_page(pages, page)
    return view.url_for(".check") if following is None else view.url_of(following)
