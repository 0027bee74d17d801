"""What all pages of respondents share: open to anyone, in their language, private."""

from flask import Blueprint, g, request
from werkzeug import Response

from survey_app.accounts import access
from survey_app.responses import framing, notices, setbacks
from survey_app.responses.rates import hold_to_limits
from survey_app.web.locale import DEFAULT_LANGUAGE, LANGUAGES

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def respondent_blueprint(name: str) -> Blueprint:
    bp = Blueprint(name, __name__, template_folder="templates")
    bp.before_request(access.anyone)
    bp.before_request(hold_to_limits)
    bp.url_value_preprocessor(_speak_the_language_of_the_path)
    bp.after_request(_keep_private)
    notices.init_blueprint(bp)
    setbacks.init_blueprint(bp)
    framing.init_blueprint(bp)
    return bp


def _speak_the_language_of_the_path(
    _endpoint: str | None, values: dict[str, str] | None
) -> None:
    """Set before anything can go wrong, so that error pages speak it too."""
    asked = (values or {}).get("lang")
    if asked not in LANGUAGES:
        asked = request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    g.language = asked


def _keep_private(response: Response) -> Response:
    for name, value in PRIVATE.items():
        response.headers.setdefault(name, value)
    return response
