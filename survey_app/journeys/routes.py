"""Staff pages: journeys."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

bp = Blueprint("journeys", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_FIGURES))


@bp.get("/journey/")
def show() -> ResponseReturnValue:
    return render_template("journeys/show.html")
