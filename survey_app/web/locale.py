"""Which language a page speaks: the path's, else the visitor's choice, else Dutch."""

from flask import Flask, g, request, session
from flask_babel import Babel
from flask_babel import get_locale as babel_locale

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "nl"


def init_app(app: Flask) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE=DEFAULT_LANGUAGE,
        BABEL_DEFAULT_TIMEZONE="Europe/Amsterdam",
    )
    Babel(app, locale_selector=choose_language)
    app.jinja_env.globals.update(languages=LANGUAGES, current_language=current_language)


def choose_language() -> str:
    if "language" in g:
        return str(g.language)
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def current_language() -> str:
    return str(babel_locale())
