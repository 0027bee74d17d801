"""Staff pages: interviews."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

bp = Blueprint("interviews", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_RESPONSES))


@bp.get("/interviews/")
def list_interviews() -> ResponseReturnValue:
    return render_template("interviews/list_interviews.html")
