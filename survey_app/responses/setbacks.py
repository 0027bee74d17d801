"""What a respondent sees when we fail or have to refuse: nothing typed is lost.

These pages are drawn without the database: it may be what failed. What was sent comes
back in the page, which sends it again.
"""

import logging

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import (
    InternalServerError,
    RequestEntityTooLarge,
    TooManyRequests,
)

from survey_app.web.failures import drawn_or_last_resort, report
from survey_app.web.redaction import without_keys

log = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds; a database that restarts is back by then
MINUTE = 60
MOST_GIVEN_BACK = 1 << 20  # bytes; who sends more than that did not type it
LONGEST_UNCHANGED = 200  # characters; what is longer can be shortened on the page


def init_blueprint(bp: Blueprint) -> None:
    for trouble in (OperationalError, InterfaceError, PoolTimeoutError):
        bp.register_error_handler(trouble, _cannot_save)
    bp.register_error_handler(TooManyRequests, _too_many)
    bp.register_error_handler(RequestEntityTooLarge, _too_long)
    bp.register_error_handler(InternalServerError, _failed)


def _cannot_save(error: Exception) -> ResponseReturnValue:
    origin = getattr(error, "orig", None) or error
    log.error("database not available: %s", without_keys(str(origin)))
    title = _("We cannot save at the moment")
    advice = [_("Wait half a minute and try again.")]
    if _is_sent():
        title = _("Your answers on this page are not saved yet")
        advice = [
            _("What you filled in stands below and is not lost."),
            _("Wait half a minute, then send it again."),
        ]
    return _page(title, advice), 503, {"Retry-After": str(RETRY_AFTER)}


def _too_many(error: TooManyRequests) -> ResponseReturnValue:
    seconds = int(str(error.retry_after or MINUTE))
    minutes = -(-seconds // MINUTE)
    advice = [
        ngettext(
            "Wait %(num)s minute and try again.",
            "Wait %(num)s minutes and try again.",
            minutes,
        ),
        _("From your network there was more in a short time than we take in."),
    ]
    page = _page(_("That was a lot at once"), advice)
    return page, 429, {"Retry-After": str(seconds)}


def _too_long(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than we store is still read here, to be shortened by who wrote it."""
    request.max_content_length = request.max_form_memory_size = MOST_GIVEN_BACK
    fields = _sent_fields()
    title = _("Your answer is too long to send")
    advice = [
        _(
            "One page takes about 60,000 characters, some twenty sheets of paper. "
            "Letters with accents and emoji count for more."
        )
    ]
    if fields is None:
        advice += [
            _(
                "Go back with the button of your browser; in most browsers your text"
                " still stands there. Shorten it, or send it in parts, and try again."
            )
        ]
        return _drawn(title, advice, resume=_resume_link()), 413
    advice += [_("Your text stands below. Shorten it there and send it again.")]
    page = _drawn(
        title,
        advice,
        resume=_resume_link(),
        again=_this_address(),
        fields=fields,
        longest=LONGEST_UNCHANGED,
    )
    return page, 413


def _failed(error: InternalServerError) -> ResponseReturnValue:
    reference = report(error.original_exception or error)
    advice = [_("Try again later. If it keeps happening, tell us this number.")]
    if _is_sent():
        advice.insert(0, _("What you filled in stands below and is not lost."))
    title = _("Something went wrong on our side")
    return _page(title, advice, reference=reference), 500


def _page(title: str, advice: list[str], reference: str | None = None) -> str:
    """With all that was sent, in a form that sends it again."""
    return _drawn(
        title,
        advice,
        reference=reference,
        resume=_resume_link(),
        again=_this_address(),
        fields=_sent_fields(),
    )


def _drawn(title: str, advice: list[str], **more: object) -> str:
    return drawn_or_last_resort(
        lambda: render_template(
            "responses/setback.html",
            title=title,
            advice=advice,
            lang=g.language,
            **more,
        )
    )


def _this_address() -> str:
    """The address of this request, to try again."""
    return request.script_root + request.full_path.rstrip("?")


def _sent_fields() -> list[tuple[str, str]] | None:
    if not _is_sent():
        return None
    try:
        return list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return None


def _is_sent() -> bool:
    return request.method == "POST"


def _resume_link() -> str | None:
    """Where what was saved before can be found, if this was about a response."""
    key = (request.view_args or {}).get("key")
    if key is None or request.blueprint == "invited":
        return None
    return url_for("respondent.resume", key=key, lang=g.language)
