"""Who may enter a blueprint. Deny by default: ``create_app`` refuses one without."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from survey_app.accounts.permissions import ROLES, Permission

Door = Callable[[], ResponseReturnValue | None]


def anyone() -> None:
    """Open to the public: respondents, health checks, files of the frame."""


def requires(permission: Permission) -> Door:
    """Only staff with this permission; others sign in first, or are refused."""

    def check() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return redirect(
                url_for("security.login", next=request.full_path.rstrip("?"))
            )
        if not may(permission):
            abort(403)
        return None

    return check


def may(permission: Permission) -> bool:
    return any(permission in ROLES.get(role.name, ()) for role in current_user.roles)
