"""Error pages: what happened and what to do, in the visitor's language."""

import logging
import secrets

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

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
}
OTHERWISE = (_("That did not work"), _("Go back and try again."))


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(CSRFError, show_expired_form)
    app.register_error_handler(OperationalError, show_busy)


def show_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError):
        return show_failure(error)
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    title, advice = WORDS.get(error.code, OTHERWISE)
    page = render_template("web/error.html", title=title, advice=advice)
    return page, error.code


def show_expired_form(_error: CSRFError) -> ResponseReturnValue:
    title = _("This form is no longer valid")
    advice = _("Go back, reload the page and send it again; your text is still there.")
    return render_template("web/error.html", title=title, advice=advice), 400


def show_busy(error: OperationalError) -> ResponseReturnValue:
    log.error("database not available: %s", error.orig)
    title = _("We cannot save at the moment")
    advice = _(
        "What you typed on this page is not saved yet. "
        "Wait a minute, go back and send it again."
    )
    page = render_template("web/error.html", title=title, advice=advice)
    return page, 503, {"Retry-After": "30"}


def show_failure(error: InternalServerError) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    log.error("failure %s", reference, exc_info=error.original_exception or error)
    title = _("Something went wrong on our side")
    advice = _("Try again later. If it keeps happening, tell us this number.")
    page = render_template(
        "web/error.html", title=title, advice=advice, reference=reference
    )
    return page, 500
