"""Error pages: what happened and what to do, in the visitor's language."""

import logging

from flask import Flask, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    ServiceUnavailable,
)

from survey_app.web import problems
from survey_app.web.failures import drawn_or_last_resort, report
from survey_app.web.room import room_here

log = logging.getLogger(__name__)

WORDS = {
    400: (_("That did not work"), _("Go back, reload the page and try again.")),
    403: (
        _("This page is not for you"),
        _("Your role does not open this page. Ask an administrator if it should."),
    ),
    404: (
        _("This page does not exist"),
        _("Check the address, or start again from the link you were given."),
    ),
    405: (_("That did not work"), _("Go back, reload the page and try again.")),
    413: (
        _("That is too long"),
        _("Your text was not saved. Go back, shorten it and send it again."),
    ),
    429: (
        _("Too many attempts"),
        _(
            "Wait ten minutes and try again. "
            "Password lost? Ask your administrator for another one."
        ),
    ),
}
SIGN_IN = "security.login"
WITHOUT_COOKIE = {
    "title": _("Your browser kept no cookie"),
    "advice": _(
        "Signing in takes one cookie, and your browser did not give it back. "
        "Allow cookies for this site in the settings of your browser, "
        "then open the sign-in page again."
    ),
}
OTHERWISE = (_("That did not work"), _("Go back and try again."))


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(CSRFError, show_expired_form)
    app.register_error_handler(DataError, show_refused)
    app.register_error_handler(OperationalError, show_busy)


def show_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError):
        return show_failure(error)
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    kept = {"Allow", "Retry-After"}  # what a program needs to know, if it is there
    headers = [(name, value) for name, value in error.get_headers() if name in kept]
    if problems.is_for_program():
        return problems.describe(error), headers
    title, advice = WORDS.get(error.code, OTHERWISE)
    room = room_here()
    if error.code == RequestEntityTooLarge.code and room is not None:
        title, advice = _("That is too much at once"), _say_room(room)
    return _page(title=title, advice=advice), error.code, headers


def _say_room(room: int) -> str:
    advice: str = gettext(
        "At most %(size)s MB fits; nothing of it was kept. "
        "Go back and choose a smaller file, or send it in parts.",
        size=max(1, room >> 20),
    )
    return advice


def show_expired_form(_error: CSRFError) -> ResponseReturnValue:
    if request.endpoint == SIGN_IN and _has_no_cookie():
        return _page(**WITHOUT_COOKIE, sign_in=url_for(SIGN_IN)), 400
    title = _("This form is no longer valid")
    advice = _("Go back, reload the page and send it again; your text is still there.")
    return _page(title=title, advice=advice), 400


def _has_no_cookie() -> bool:
    """The form that was sent had set one; its being old is not what is wrong."""
    return current_app.config["SESSION_COOKIE_NAME"] not in request.cookies


def show_refused(error: DataError) -> ResponseReturnValue:
    """Sent was what no database can hold or look for, such as a NUL."""
    log.warning("the database refused a value: %s", type(error.orig).__name__)
    return show_error(BadRequest())


def show_busy(error: OperationalError) -> ResponseReturnValue:
    log.error("database not available: %s", error.orig)
    if problems.is_for_program():
        return problems.describe(ServiceUnavailable()), {"Retry-After": "30"}
    title = _("We cannot save at the moment")
    advice = _(
        "What you typed on this page is not saved yet. "
        "Wait a minute, go back and send it again."
    )
    return _page(title=title, advice=advice), 503, {"Retry-After": "30"}


def show_failure(error: InternalServerError) -> ResponseReturnValue:
    reference = report(error.original_exception or error)
    if problems.is_for_program():
        return problems.describe(error, reference=reference)
    title = _("Something went wrong on our side")
    advice = _("Try again later. If it keeps happening, tell us this number.")
    return _page(title=title, advice=advice, reference=reference), 500


def _page(**words: object) -> str:
    """Drawn without asking who is signed in: the database may be what failed."""
    template = current_app.jinja_env.get_template
    return drawn_or_last_resort(lambda: template("web/error.html").render(words))
