"""The pages a respondent sees. No cookie, no script: the address is the key."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires.path import is_reachable
from survey_app.questionnaires.queries import get_published
from survey_app.questionnaires.question_set import Page
from survey_app.responses import notices
from survey_app.responses.arrivals import SOURCE, telling
from survey_app.responses.asking_back import about_page_at
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.changing import takes_answers
from survey_app.responses.entrance import (
    Entrance,
    receive_first_page,
    show_first_page,
)
from survey_app.responses.legibility import as_seen
from survey_app.responses.notices import in_language
from survey_app.responses.page_views import ResponsePage, plain_page
from survey_app.responses.posted import said_in
from survey_app.responses.reading_back import answers_page, check_page, thanks_page
from survey_app.responses.receiving import (
    answer_page,
    first_invalid_page,
    send_response,
)
from survey_app.responses.saved import saved_page
from survey_app.responses.sent_meanwhile import tell_of_unsent
from survey_app.responses.turns import in_turn, reading
from survey_app.responses.visits import Visit, get_visit

bp = respondent_blueprint("respondent")


@bp.get("/q/<slug>")
def choose_language(slug: str) -> ResponseReturnValue:
    """What the address tells of where somebody came from goes along."""
    question_set = notices.question_set_for(get_published(get_session(), slug))
    offered = question_set.languages
    best = request.accept_languages.best_match(offered) or offered[0]
    told = {
        name: request.args[name]
        for name in (SOURCE, *question_set.settings.prefill)
        if name in request.args
    }
    return redirect(telling(url_for(".start", slug=slug, lang=best), told))


@bp.get("/q/<slug>/<lang>/")
def start(slug: str, lang: str) -> ResponseReturnValue:
    """Kept by the browser alone, so that who goes back to it goes on with it."""
    page = make_response(show_first_page(_open_entrance(get_session(), slug, lang)))
    page.headers["Cache-Control"] = "private, no-cache"
    return page


@bp.post("/q/<slug>/<lang>/")
def send_start(slug: str, lang: str) -> ResponseReturnValue:
    with reading() as session:
        entrance = _open_entrance(session, slug, lang)
    return receive_first_page(entrance)


@bp.get("/q/<slug>/<lang>/privacy")
def privacy(slug: str, lang: str) -> ResponseReturnValue:
    fielding = get_published(get_session(), slug)
    question_set = in_language(notices.question_set_for(fielding), lang)
    return plain_page("privacy", question_set, lang)


@bp.get("/r/<key>/<lang>/")
def resume(key: str, lang: str) -> ResponseReturnValue:
    """Where the respondent stopped."""
    return redirect(_where_to_go_on(_visit(key, lang), key, lang))


@bp.get("/r/<key>/<lang>/<page_id>")
def show_page(key: str, lang: str, page_id: str) -> ResponseReturnValue:
    visit = _visit(key, lang)
    page = _page_at(visit, page_id)
    if page is None or not takes_answers(visit, at=now()):
        return redirect(_where_to_go_on(visit, key, lang))
    if not visit.fielding.may_finish(now()):
        return notices.not_open(visit.fielding, visit.question_set)
    view = ResponsePage(visit, page, key, lang)
    if not is_reachable(visit.pages, view.place, visit.answered):
        return redirect(_where_to_go_on(visit, key, lang))
    return view.draw_stored() if view.is_correction else view.draw()


@bp.post("/r/<key>/<lang>/<page_id>")
def send_page(key: str, lang: str, page_id: str) -> ResponseReturnValue:
    return in_turn(key, lambda it: _receive(_seen(it, lang), key, lang, page_id))


def _receive(visit: Visit, key: str, lang: str, page_id: str) -> ResponseReturnValue:
    page = _page_at(visit, page_id)
    if page is None or not takes_answers(visit, at=now()):
        typed = {} if page is None else said_in(request.form, page)
        where = _where_to_go_on(visit, key, lang)
        return tell_of_unsent(visit, typed, where) or redirect(where, 303)
    if not visit.fielding.may_finish(now()):
        return notices.too_late(visit, said_in(request.form, page))
    view = ResponsePage(visit, page, key, lang)
    token = view.read_token()
    if token is None:
        return view.draw_again("unreadable"), 400
    if token.is_expired(now()):
        return view.draw_again("expired")
    return answer_page(get_session(), view, token)


@bp.get("/r/<key>/<lang>/check")
def check(key: str, lang: str) -> ResponseReturnValue:
    visit = _visit(key, lang)
    if not takes_answers(visit, at=now()):
        return redirect(url_for(".thanks", key=key, lang=lang))
    return check_page(visit, key, lang)


@bp.post("/r/<key>/<lang>/submit")
def submit(key: str, lang: str) -> ResponseReturnValue:
    return in_turn(key, lambda it: _send(_seen(it, lang), key, lang))


def _send(visit: Visit, key: str, lang: str) -> ResponseReturnValue:
    to_thanks = redirect(url_for(".thanks", key=key, lang=lang), 303)
    if not takes_answers(visit, at=now()):
        return to_thanks
    if not visit.fielding.may_finish(now()):
        return notices.too_late(visit, visit.said)
    token = ResponsePage.read_check_token(visit)
    if token is None:
        return check_page(visit, key, lang, "unreadable"), 400
    if token.is_expired(now()):
        return check_page(visit, key, lang, "expired")
    invalid = first_invalid_page(visit)
    if invalid is not None:
        where = url_for(".show_page", key=key, lang=lang, page_id=invalid.id, check=1)
        return redirect(where, 303)
    return send_response(get_session(), visit, key, lang)


@bp.get("/r/<key>/<lang>/thanks")
def thanks(key: str, lang: str) -> ResponseReturnValue:
    visit = _visit(key, lang)
    if not visit.is_sent:
        return redirect(_where_to_go_on(visit, key, lang))
    return thanks_page(visit, key, lang)


@bp.get("/r/<key>/<lang>/answers")
def answers(key: str, lang: str) -> ResponseReturnValue:
    """What was sent, for as long as it is kept."""
    visit = _visit(key, lang)
    if not visit.is_sent:
        return redirect(_where_to_go_on(visit, key, lang))
    if not visit.question_set.settings.view_after_submit:
        return redirect(url_for(".thanks", key=key, lang=lang))
    return answers_page(visit, key, lang)


@bp.get("/r/<key>/<lang>/saved")
def saved(key: str, lang: str) -> ResponseReturnValue:
    done = "mailed" in request.args
    return saved_page(_visit(key, lang), key, lang, done=done)


def _visit(key: str, lang: str) -> Visit:
    return _seen(get_visit(get_session(), key), lang)


def _seen(visit: Visit, lang: str) -> Visit:
    in_language(visit.question_set, lang)
    return as_seen(visit, lang)


def _open_entrance(session: Session, slug: str, lang: str) -> Entrance:
    return Entrance(
        fielding=get_published(session, slug),
        language=lang,
        endpoint="respondent.start",
        values={"slug": slug},
    )


def _page_at(visit: Visit, page_id: str) -> Page | None:
    """A page on the path that is still open, or one that asks back about a text.

    Where nobody may go back, a page is done with once it was sent without mistakes.
    """
    page = visit.question_set.page(page_id)
    if page is None:
        return about_page_at(visit, page_id)
    is_open = visit.may_change(page) or first_invalid_page(visit) is page
    return page if page in visit.pages and is_open else None


def _where_to_go_on(visit: Visit, key: str, lang: str) -> str:
    if not takes_answers(visit, at=now()):
        return url_for(".thanks", key=key, lang=lang)
    if visit.is_sent:
        return url_for(".check", key=key, lang=lang)
    page, last = visit.first_incomplete, visit.pages[-1]
    if page is None and not visit.question_set.settings.check_answers:
        page = last if visit.may_change(last) else None
    if page is None:
        return url_for(".check", key=key, lang=lang)
    return url_for(".show_page", key=key, lang=lang, page_id=page.id)
