"""The address in an invitation. Looking at it changes nothing: scanners look too."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.models import Invitation
from survey_app.questionnaires.queries import get_published
from survey_app.responses import changing, invited, notices
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.entrance import (
    Entrance,
    receive_first_page,
    show_first_page,
)
from survey_app.responses.page_views import plain_page, secret
from survey_app.responses.starting import InvitationTakenError, find_started
from survey_app.responses.visits import get_visit

bp = respondent_blueprint("invited")


@bp.get("/i/<key>")
@bp.get("/i/<key>/<lang>/")
def show(key: str, lang: str | None = None) -> ResponseReturnValue:
    entrance = _entrance(key, lang)
    return _if_not_open(entrance, key) or show_first_page(entrance)


@bp.post("/i/<key>")
@bp.post("/i/<key>/<lang>/")
def send(key: str, lang: str | None = None) -> ResponseReturnValue:
    entrance = _entrance(key, lang, lock=True)
    invitation = _invitation_of(entrance)
    if invitation.used_at is not None:
        return _used(entrance)
    started = find_started(get_session(), invitation, secret=secret())
    if started is None and invited.has_expired(invitation, now()):
        return _expired(entrance)
    try:
        return receive_first_page(entrance)
    except InvitationTakenError:
        return _continue_page(entrance, key, taken=True), 409


@bp.post("/i/<key>/continue")
@bp.post("/i/<key>/<lang>/continue")
def go_on(key: str, lang: str | None = None) -> ResponseReturnValue:
    """Where the response stopped that was started with this invitation."""
    entrance = _entrance(key, lang)
    started = find_started(get_session(), _invitation_of(entrance), secret=secret())
    if started is None:
        return redirect(url_for(".show", key=key, lang=lang), 303)
    where = url_for("respondent.resume", key=started[0], lang=entrance.language)
    return redirect(where, 303)


@bp.post("/i/<key>/change-answers")
@bp.post("/i/<key>/<lang>/change-answers")
def change(key: str, lang: str | None = None) -> ResponseReturnValue:
    """What was sent with this invitation, opened again where that is allowed."""
    session = get_session()
    entrance = _entrance(key, lang)
    started = find_started(session, _invitation_of(entrance), secret=secret())
    if started is None:
        return redirect(url_for(".show", key=key, lang=lang), 303)
    visit = get_visit(session, started[0], lock=True)
    if changing.may_change(visit, at=now()):
        changing.begin(session, visit, at=now())
        session.commit()
    where = url_for("respondent.resume", key=started[0], lang=entrance.language)
    return redirect(where, 303)


def _entrance(key: str, lang: str | None, *, lock: bool = False) -> Entrance:
    session = get_session()
    invitation = invited.get_invitation(session, key, lock=lock)
    fielding = get_published(session, invitation.questionnaire.slug)
    spoken = notices.question_set_for(fielding).languages
    if lang is None:
        lang = invitation.language if invitation.language in spoken else spoken[0]
        g.language = lang
    return Entrance(
        fielding=fielding,
        language=lang,
        endpoint="invited.show",
        values={"key": key},
        invitation=invitation,
    )


def _if_not_open(entrance: Entrance, key: str) -> ResponseReturnValue | None:
    """Why there is no first page to show, if so."""
    invitation = _invitation_of(entrance)
    if invitation.used_at is not None:
        return _used(entrance)
    started = find_started(get_session(), invitation, secret=secret())
    if started is not None:
        return _continue_page(entrance, key)
    if invited.has_expired(invitation, now()):
        return _expired(entrance)
    return None


def _used(entrance: Entrance) -> ResponseReturnValue:
    started = find_started(get_session(), _invitation_of(entrance), secret=secret())
    if started is None:
        return notices.invitation_used(entrance.question_set)
    change = None
    if changing.may_change(get_visit(get_session(), started[0]), at=now()):
        change = url_for(".change", **entrance.values, lang=entrance.language)
    receipt = started[1].receipt
    return notices.invitation_used(entrance.question_set, receipt, change=change)


def _expired(entrance: Entrance) -> ResponseReturnValue:
    return notices.invitation_expired(entrance.question_set), 410


def _continue_page(entrance: Entrance, key: str, *, taken: bool = False) -> str:
    return plain_page(
        "continue",
        entrance.question_set,
        entrance.language,
        key=key,
        taken=taken,
        typed=[text for name, text in request.form.items() if _is_written(name, text)],
    )


def _is_written(name: str, text: str) -> bool:
    return name.startswith(("answer_", "detail_")) and bool(text.strip())


def _invitation_of(entrance: Entrance) -> Invitation:
    if entrance.invitation is None:
        raise TypeError("an entrance by invitation without one")
    return entrance.invitation
