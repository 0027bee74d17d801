"""The frame's own addresses: health, language, static files, the front door."""

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    request,
    send_from_directory,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.db import get_database
from survey_app.migrations import is_migrated
from survey_app.web.addresses import local_path
from survey_app.web.locale import LANGUAGES

bp = Blueprint("web", __name__, template_folder="templates")
bp.before_request(access.anyone)

A_WEEK = 7 * 24 * 3600


@bp.get("/")
def front_door() -> ResponseReturnValue:
    return redirect(url_for("dashboard.overview"))


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up."""
    return {"status": "ok"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database can be reached, has its tables, and holds what was published."""
    database = get_database()
    if not is_migrated(database.engine):
        return {"status": "not migrated", "do": "klantreis migrate"}, 503
    with database.read() as session:
        checks = current_app.extensions["readiness"]
        troubles = [trouble for check in checks for trouble in check(session)]
    if troubles:
        return {"status": "not ready", "because": troubles}, 503
    return {"status": "ready"}


@bp.get("/static/<path:name>")
def static(name: str) -> ResponseReturnValue:
    folder = f"{current_app.root_path}/web/static"
    return send_from_directory(folder, name, max_age=A_WEEK)


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Remember the language that a staff member chose."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    session["language"] = chosen
    overview = url_for("dashboard.overview")
    return redirect(local_path(request.form.get("next", ""), otherwise=overview))
