"""The page behind the link in every mail: no more of it. No cookie, no account."""

from datetime import datetime

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug import Response

from survey_app.accounts import access
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.models import Invitation
from survey_app.keys import as_typed
from survey_app.questionnaires.published import question_set_of
from survey_app.respondents.contacts import find_by_opt_out_key
from survey_app.respondents.models import Contact
from survey_app.web.limits import limiter, refuse_when
from survey_app.web.locale import LANGUAGES

bp = Blueprint("opt_out", __name__, template_folder="templates")
bp.before_request(access.anyone)

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
BY_MAIL_PROGRAM = "One-Click"  # RFC 8058: sent by the button of a mail program


class UnknownOptOutKeyError(LookupError):
    """Nobody we know has this link: mistyped, or forgotten by us since."""


@bp.after_request
def keep_private(response: Response) -> Response:
    response.headers.update(PRIVATE)
    return response


@bp.get("/m/<key>")
def show(key: str) -> ResponseReturnValue:
    """Looking changes nothing: mail scanners look too."""
    return _page(_contact(key), key)


@bp.post("/m/<key>")
def opt_out(key: str) -> ResponseReturnValue:
    contact = _contact(key)
    _change(contact, now())
    if request.form.get("List-Unsubscribe") == BY_MAIL_PROGRAM:
        return "", 200
    return redirect(url_for(".show", key=key, lang=g.language), 303)


@bp.post("/m/<key>/undo")
def undo(key: str) -> ResponseReturnValue:
    contact = _contact(key)
    if not contact.is_erased:  # of whom we know nothing we promised to ask nothing
        _change(contact, None)
    return redirect(url_for(".show", key=key, lang=g.language), 303)


@bp.errorhandler(UnknownOptOutKeyError)
def unknown_key(_error: UnknownOptOutKeyError) -> ResponseReturnValue:
    return render_template("invitations/opt_out_unknown.html"), 404


def _change(contact: Contact, opted_out_at: datetime | None) -> None:
    contact.opted_out_at = opted_out_at
    get_session().commit()


def _contact(key: str) -> Contact:
    g.language = _asked_language() or "nl"
    refuse_when(limiter().wait("guess", request.remote_addr))
    contact = find_by_opt_out_key(get_session(), as_typed(key))
    if contact is None:
        limiter().take("guess", request.remote_addr)
        raise UnknownOptOutKeyError
    g.language = _asked_language() or contact.language
    return contact


def _asked_language() -> str | None:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else None


def _page(contact: Contact, key: str) -> str:
    return render_template(
        "invitations/opt_out.html",
        key=key,
        opted_out=contact.opted_out_at is not None,
        may_undo=not contact.is_erased,
        organisation=_organisation(contact),
    )


def _organisation(contact: Contact) -> str | None:
    """In whose name this person was last mailed."""
    last = get_session().scalar(
        select(Invitation)
        .where(Invitation.contact_id == contact.id)
        .order_by(Invitation.id.desc())
        .limit(1)
    )
    version = None if last is None else last.questionnaire.active_version
    if version is None:
        return None
    brand = question_set_of(version).brand
    return brand.get(g.language) or next(iter(brand.values()))
