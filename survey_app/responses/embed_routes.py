"""The script that shows a questionnaire in somebody else's page."""

from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, request

from survey_app.accounts import access

bp = Blueprint("embed", __name__)
bp.before_request(access.anyone)

A_DAY = 24 * 3600


@bp.get("/q/<slug>/embed.js")
def script(slug: str) -> Response:
    """The same for every questionnaire: it learns its own from its address."""
    del slug
    response = Response(_script(current_app.root_path), mimetype="text/javascript")
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response


@cache
def _script(root: str) -> bytes:
    return Path(root, "web", "static", "embed.js").read_bytes()
