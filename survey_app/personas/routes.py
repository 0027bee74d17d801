"""Staff pages: personas."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission

bp = Blueprint("personas", __name__, url_prefix="/staff", template_folder="templates")
bp.before_request(access.requires(Permission.READ_FIGURES))


@bp.get("/personas/")
def show() -> ResponseReturnValue:
    return render_template("personas/show.html")
