"""Who may enter a blueprint. Deny by default: ``create_app`` refuses one without."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from survey_app.accounts.permissions import ROLES, Permission

Door = Callable[[], ResponseReturnValue | None]


def staff_blueprint(
    name: str, import_name: str, url_prefix: str, permission: Permission
) -> Blueprint:
    """Pages for staff with this permission, with templates beside the module."""
    bp = Blueprint(
        name, import_name, url_prefix=url_prefix, template_folder="templates"
    )
    bp.before_request(requires(permission))
    return bp


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
