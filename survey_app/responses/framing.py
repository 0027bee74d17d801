"""The questionnaire inside a page of somebody else's.

An address says so itself (``embed=1``), and every address made for the next page says
it again, so that it works where cookies from elsewhere are refused. Which sites may
show it is for the questionnaire to say; the browser refuses all others.
"""

from typing import Any, cast

from flask import Blueprint, Flask, current_app, g, request
from werkzeug import Response

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.web.headers import CONTENT_SECURITY_POLICY

IN_FRAME = "embed"
NOBODY = "frame-ancestors 'none'"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["in_frame"] = is_in_frame


def init_blueprint(bp: Blueprint) -> None:
    bp.url_defaults(_stay_in_frame)
    bp.after_request(_allow_frame)


def is_in_frame() -> bool:
    return request.args.get(IN_FRAME) == "1"


def note_origins(question_set: QuestionSet) -> None:
    """Remember who may show what is being answered, and who may show anything."""
    g.embed_origins = question_set.settings.embed_origins
    _all_origins().update(g.embed_origins)


def _stay_in_frame(_endpoint: str, values: dict[str, Any]) -> None:
    if request and is_in_frame():
        values.setdefault(IN_FRAME, "1")


def _allow_frame(response: Response) -> Response:
    """Let the sites show it that the questionnaire names.

    A page that knows no questionnaire, such as an error, may be shown by any of the
    sites that may show one: what was typed has to come back there too.
    """
    if is_in_frame():
        origins = sorted(g.get("embed_origins", _all_origins()))
        if origins:
            policy = f"frame-ancestors {' '.join(origins)}"
            response.headers["Content-Security-Policy"] = (
                CONTENT_SECURITY_POLICY.replace(NOBODY, policy)
            )
    return response


def _all_origins() -> set[str]:
    return cast("set[str]", current_app.extensions["embed_origins"])
