"""Logs without the keys that open somebody's answers."""

import re

SHOWN = 4  # characters that stay, to tell one from another
IN_ADDRESS = re.compile(
    rf"(/[rim]/[^/\s?#'\"]{{{SHOWN}}})[^/\s?#'\"<>)]+", re.IGNORECASE
)
ALONE = re.compile(
    rf"\b([0-9a-hjkmnp-tv-z]{{{SHOWN}}})[0-9a-hjkmnp-tv-z]{{22}}\b", re.IGNORECASE
)


def without_keys(text: str) -> str:
    """The text with each key cut after its first characters.

    >>> without_keys("GET /r/0123456789abcdefghjkmnpqrs/nl/check")
    'GET /r/0123…/nl/check'
    >>> without_keys("KeyError: '0123456789abcdefghjkmnpqrs'")
    "KeyError: '0123…'"
    """
    return ALONE.sub(r"\1…", IN_ADDRESS.sub(r"\1…", text))
