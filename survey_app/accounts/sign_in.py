"""Sign-in by Flask-Security: argon2 passwords, our own pages, our own session."""

import math
from datetime import timedelta
from typing import cast

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import Session, scoped_session
from werkzeug.exceptions import TooManyRequests, UnsupportedMediaType
from werkzeug.local import LocalProxy

from survey_app.accounts import access
from survey_app.accounts.attempts import SignInAttempts
from survey_app.accounts.models import Role, StaffMember
from survey_app.accounts.service import MIN_PASSWORD_LENGTH
from survey_app.accounts.sessions import StaffSessions
from survey_app.db import get_session

SETTINGS = {
    "SECURITY_URL_PREFIX": "/staff",
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_POST_LOGIN_VIEW": "/staff/",
    "SECURITY_POST_LOGOUT_VIEW": "/staff/sign-in",
    "SECURITY_POST_CHANGE_VIEW": "/staff/",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,  # no mail server is set up yet
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},  # argon2 salts each password itself
    "SECURITY_PASSWORD_LENGTH_MIN": MIN_PASSWORD_LENGTH,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,  # do not tell who has an account
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_FRESHNESS": timedelta(-1),  # no page asks for the password once more
    "SECURITY_CACHE_CONTROL": {},  # the frame says so, for every page
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (
        _("That e-mail address and password do not belong together."),
        "error",
    ),
    "SECURITY_MSG_UNAUTHENTICATED": (_("Please sign in first."), "error"),
}


SIGN_IN = "security.login"


def init_app(app: Flask) -> None:
    app.config.update(SETTINGS)
    session = cast("scoped_session[Session]", LocalProxy(get_session))  # acts as one
    datastore = SQLAlchemySessionUserDatastore(session, StaffMember, Role)
    security = Security(app, datastore)
    # Who may enter is asked by our doors; nobody is looked up before one does.
    security.principal.identity_loaders.clear()
    app.session_interface = StaffSessions()
    app.extensions["staff_security"] = security
    security.want_json(lambda _request: False)
    # Only a session says who someone is: no token in a header, an address or a body.
    app.login_manager.request_loader(None)  # type: ignore[attr-defined] # not typed
    app.before_request(_refuse_json)
    app.before_request(_slow_down_guessing)
    app.after_request(_forgive)
    app.jinja_env.globals["may"] = access.may


def _refuse_json() -> None:
    """Sign-in is a form; the same as JSON would go by other, unlooked-at ways."""
    if request.blueprint == "security" and request.is_json:
        raise UnsupportedMediaType


def _slow_down_guessing() -> None:
    if _is_attempt():
        wait = _attempts().note(*_who_tries())
        if wait is not None:
            raise TooManyRequests(retry_after=math.ceil(wait.total_seconds()))


def _forgive(response: Response) -> Response:
    """Who is sent on has signed in; who gave a wrong password sees the form again."""
    if response.location and _is_attempt():
        _attempts().forget(*_who_tries())
    return response


def _is_attempt() -> bool:
    return request.endpoint == SIGN_IN and request.method == "POST"


def _attempts() -> SignInAttempts:
    return cast("SignInAttempts", current_app.extensions["sign_in_attempts"])


def _who_tries() -> tuple[str, str]:
    return request.form.get("email", ""), request.remote_addr or ""
