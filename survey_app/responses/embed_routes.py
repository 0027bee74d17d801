"""The script that shows a questionnaire in somebody else's page."""

from flask import Blueprint, Response, current_app, send_file

from survey_app.accounts import access

bp = Blueprint("embed", __name__)
bp.before_request(access.anyone)

A_DAY = 24 * 3600


@bp.get("/q/<slug>/embed.js")
def script(slug: str) -> Response:
    """The same for every questionnaire: it learns its own from its address."""
    del slug
    path = f"{current_app.root_path}/web/static/embed.js"
    response = send_file(path, mimetype="text/javascript", max_age=A_DAY)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
