"""Staff pages: say what is wrong with a questionnaire file, without keeping it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.questionnaires.findings import find_places
from survey_app.questionnaires.pages import PREFIX
from survey_app.questionnaires.reading import MAX_BYTES, inspect_question_set
from survey_app.web.room import takes_up_to

bp = access.staff_blueprint(
    "validation", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/drafts/validate")
def ask() -> ResponseReturnValue:
    return render_template("drafts/validate.html", source="", findings=None)


@bp.post("/drafts/validate")
@takes_up_to(2 * MAX_BYTES)
def validate() -> ResponseReturnValue:
    """Say what is wrong with a pasted text or a file; nothing is kept."""
    upload = request.files.get("file")
    raw = upload.read() if upload else b""
    source = (
        raw.decode("utf-8-sig", "replace") if raw else request.form.get("source", "")
    )
    reading = inspect_question_set(source)
    findings = find_places(reading.problems, 1)
    return render_template(
        "drafts/validate.html", source=source, findings=findings, reading=reading
    )
