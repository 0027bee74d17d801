"""Addresses: those a form may send people back to, and numbers in a path."""

import re

from werkzeug.routing import IntegerConverter, Map

# One slash, then no second one; browsers take "\\" for "/" and leave out tabs and
# line ends, so that neither may hide one.
LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
HIGHEST_ID = 2**31 - 1


def local_path(path: str, *, otherwise: str) -> str:
    """The path if it is one of ours: a form must not send people elsewhere."""
    return path if LOCAL_PATH.fullmatch(path) else otherwise


class RowIdConverter(IntegerConverter):
    """``<int:…>``, for as far as a database can count; beyond is no page."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - Werkzeug's name
        super().__init__(map, min=1, max=HIGHEST_ID)
