"""Staff pages: responses."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

bp = Blueprint("responses", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_RESPONSES))


@bp.get("/responses/")
def list_responses() -> ResponseReturnValue:
    return render_template("responses/list_responses.html")
