"""Addresses: those a form may send people back to, and numbers in a path."""

import re
from typing import Any, cast

from flask import Flask, current_app, request, url_for
from werkzeug.routing import IntegerConverter, Map

from survey_app.config import Settings

# One slash, then no second one; browsers take "\\" for "/" and leave out tabs and
# line ends, so that neither may hide one.
LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
HIGHEST_ID = 2**31 - 1


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowIdConverter
    app.jinja_env.globals["public_url"] = public_url


def local_path(path: str, *, otherwise: str) -> str:
    """The path if it is one of ours: a form must not send people elsewhere."""
    return path if LOCAL_PATH.fullmatch(path) else otherwise


def public_url() -> str:
    """What stands before every address that is handed on, without a last slash.

    Where the settings say who we are, no forged Host header can say otherwise.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    return settings.public_url or request.url_root.rstrip("/")


def external_url(endpoint: str, **values: str | int | None) -> str:
    """A whole address for a page of ours, for people to keep or to mail.

    Where the settings say who we are, no forged Host header can say otherwise.
    """
    named: dict[str, Any] = dict(values)
    settings = cast("Settings", current_app.extensions["settings"])
    if settings.public_url is None:
        return url_for(endpoint, **named, _external=True)
    path = url_for(endpoint, **named, _external=False)
    return settings.public_url + path.removeprefix(request.script_root)


class RowIdConverter(IntegerConverter):
    """``<int:…>``, for as far as a database can count; beyond is no page."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - Werkzeug's name
        super().__init__(map, min=1, max=HIGHEST_ID)
