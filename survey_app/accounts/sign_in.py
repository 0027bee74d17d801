"""Sign-in by Flask-Security: argon2 passwords, our own pages, our own session."""

from typing import cast

from flask import Flask
from flask_babel import lazy_gettext as _
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import Session, scoped_session
from werkzeug.local import LocalProxy

from survey_app.accounts import access
from survey_app.accounts.models import Role, StaffMember
from survey_app.accounts.service import MIN_PASSWORD_LENGTH
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
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (
        _("That e-mail address and password do not belong together."),
        "error",
    ),
    "SECURITY_MSG_UNAUTHENTICATED": (_("Please sign in first."), "error"),
}


def init_app(app: Flask) -> None:
    app.config.update(SETTINGS)
    session = cast("scoped_session[Session]", LocalProxy(get_session))  # acts as one
    datastore = SQLAlchemySessionUserDatastore(session, StaffMember, Role)
    app.extensions["staff_security"] = Security(app, datastore)
    app.jinja_env.globals["may"] = access.may
