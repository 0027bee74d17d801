"""Staff pages: dashboard."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

bp = Blueprint("dashboard", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_FIGURES))


@bp.get("/")
def overview() -> ResponseReturnValue:
    return render_template("dashboard/overview.html")


@bp.get("/touchpoints/")
def touchpoints() -> ResponseReturnValue:
    return render_template("dashboard/overview.html")
