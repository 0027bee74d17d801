"""A drawn page with gaps: drawn once, filled for each respondent."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

# No text that is kept or shown holds a NUL, so nobody can write a gap of their own:
# question sets with one are refused (E_BAD_CHARACTER), answers are kept without.
GAP = "\x00"
GAPS = re.compile(f"{GAP}([^{GAP}]*){GAP}")


def slot(name: str) -> Markup:
    """Where ``name`` will stand; in quotes or as text, since what fills is escaped."""
    return Markup(f"{GAP}{name}{GAP}")  # noqa: S704 - names are ours, not a visitor's


class SlottedPage:
    def __init__(self, html: str) -> None:
        self._parts = GAPS.split(html)  # words, name, words, name, …, words

    def fill(self, contents: Mapping[str, str]) -> str:
        """The page with each slot filled; one without contents stays empty."""
        parts = list(self._parts)
        for place in range(1, len(parts), 2):
            content = contents.get(parts[place])
            parts[place] = "" if content is None else str(escape(content))
        return "".join(parts)
