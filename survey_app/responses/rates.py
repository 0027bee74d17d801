"""How often one address may start, send, and try keys."""

from flask import request

from survey_app.clock import now
from survey_app.responses import form_tokens
from survey_app.responses.page_views import secret
from survey_app.web.limits import hold_to, limiter, refuse_when

STARTS = frozenset({"respondent.send_start", "invited.send"})


def hold_to_limits() -> None:
    """Before anything is looked up: what is refused should cost next to nothing."""
    if request.method == "POST":
        hold_to("start" if request.endpoint in STARTS else "page")
    if "key" in (request.view_args or {}):
        seconds = limiter().wait("guess", request.remote_addr)
        if seconds is not None and not _was_let_in():
            refuse_when(seconds)


def count_miss() -> None:
    """A key that does not exist; after too many no key works for a while."""
    limiter().take("guess", request.remote_addr)


def _was_let_in() -> bool:
    """Who sends a page that we signed does not guess, whatever colleagues do."""
    if request.method != "POST":
        return False
    token = request.form.get("token", "")
    return form_tokens.read(token, secret(), now=now()) is not None
