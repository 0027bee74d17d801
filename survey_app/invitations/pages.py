"""What the pages of inviting have in common: settings, waves, lists, people by name."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import cast

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from survey_app.clock import HOME, now
from survey_app.config import InvalidSettingError, Settings
from survey_app.db import get_session
from survey_app.invitations.asking import Doing
from survey_app.invitations.mail_settings import (
    MailSettings,
    find_mail_settings,
    missing_settings,
)
from survey_app.invitations.planning import CannotInviteError
from survey_app.invitations.wording import CANNOT_INVITE
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.pages import frame, get_questionnaire
from survey_app.questionnaires.queries import find_current_wave
from survey_app.respondents.contacts import ContactDetails, read_details
from survey_app.respondents.models import Contact, ContactList
from survey_app.vault import Vault, open_vault

PREFIX = "/staff/questionnaires/<slug>/distribution"
MOST_NAMED = 200  # people named on a page of who gets what
NO_WAVE, EVERYBODY = "", ""


def settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def vault() -> Vault:
    return open_vault(settings().contact_key)


def mail_settings() -> MailSettings | None:
    try:
        return find_mail_settings(settings())
    except InvalidSettingError:
        return None


def mail_obstacle() -> str | None:
    """Why no mail can go out, for the page that says what to do about it."""
    missing = missing_settings(settings())
    if missing:
        return ", ".join(missing)
    try:
        find_mail_settings(settings())
    except InvalidSettingError as error:
        return str(error)
    return None


def cannot_invite(error: CannotInviteError) -> ResponseReturnValue:
    """What stands in the way, on the page of the questionnaire."""
    questionnaire = get_questionnaire((request.view_args or {})["slug"])
    page = render_template(
        "invitations/cannot_invite.html",
        reason=error.reason,
        words=CANNOT_INVITE[error.reason],
        **frame(questionnaire, at=now()),
    )
    return page, HTTPStatus.CONFLICT


def doing() -> Doing:
    """By who is signed in, now."""
    return Doing(secret=settings().secret_key, at=now(), actor_id=current_user.id)


def let_others_write() -> None:
    """Before slow work: asking who is signed in took this request's turn to write."""
    get_session().rollback()


def wave_asked(questionnaire: Questionnaire, written: str | None) -> Wave | None:
    """The wave that a form names; the one of today where it names none."""
    if written is None:
        today = now().astimezone(HOME).date()
        return find_current_wave(get_session(), questionnaire.id, on=today)
    if written == NO_WAVE:
        return None
    wave = get_session().get(Wave, _row_id(written))
    if wave is None or wave.questionnaire_id != questionnaire.id:
        abort(404)
    return wave


def list_asked(written: str) -> ContactList | None:
    if written == EVERYBODY:
        return None
    return get_session().get(ContactList, _row_id(written)) or abort(404)


def named(people: Iterable[Contact]) -> list[ContactDetails]:
    """The first so many by name; decrypting thousands would keep the page waiting."""
    box = vault()
    return [
        read_details(box, contact)
        for contact, _number in zip(people, range(MOST_NAMED), strict=False)
    ]


def _row_id(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > 9:  # noqa: PLR2004 - as far as a database counts
        abort(404)
    return int(written)
