"""Single cells of a file: texts, ticks, places, days and several answers in one."""

import re
from datetime import date
from typing import Any

from survey_app.responses.answer_text import clean_text
from survey_app.responses.importing.report import N_, InvalidRowError

MAX_TEXT = 20_000
SHORT = 40
DUTCH_DATE = re.compile(
    r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
SEPARATORS = re.compile(r"[|;\n]")
TICKED = frozenset({"1", "x", "true", "ja", "yes", "waar", "✓", "✔"})
NOT_TICKED = frozenset({"0", "false", "nee", "no", "onwaar", "-"})


def read_text(cell: object, column: str) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise InvalidRowError(N_("it is neither a text nor a number"), column)
    text = clean_text(str(cell))
    if text is not None and len(text) > MAX_TEXT:
        raise InvalidRowError(
            N_("it is longer than %(max)s characters"), column, max=str(MAX_TEXT)
        )
    return text


def read_tick(cell: object, names: frozenset[str], column: str) -> bool:
    """Whether a column of one option says so; its own name there says yes."""
    if isinstance(cell, bool):
        return cell
    text = (read_text(cell, column) or "").casefold()
    if not text or text in NOT_TICKED:
        return False
    if text in TICKED or text in names:
        return True
    raise InvalidRowError(
        N_("'%(value)s' says neither yes nor no; write 1 or 0"),
        column,
        value=short(text),
    )


def read_place(cell: object, column: str) -> int | None:
    """The place of an option in a ranking; 1 is the first."""
    text = read_text(cell, column)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:4]) < 1000:  # noqa: PLR2004 - more is no place
        raise InvalidRowError(
            N_("'%(value)s' is no place; write 1 for the first"),
            column,
            value=short(text),
        )
    return int(text[:4])


def read_day(text: str, column: str) -> str:
    """A day as it is stored, whichever way round it was written.

    >>> read_day("14-3-2026", "visited")
    '2026-03-14'
    """
    dutch = DUTCH_DATE.fullmatch(text)
    try:
        if dutch:
            day, month, year = map(int, dutch.groups()[:3])
            return date(year, month, day).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise InvalidRowError(
            N_("'%(value)s' is no date; write 2026-03-14 or 14-03-2026"),
            column,
            value=short(text),
        ) from None


def several(cell: Any) -> list[object]:  # noqa: ANN401 - whatever stands in a file
    if isinstance(cell, list):
        return cell
    return list(SEPARATORS.split(cell)) if isinstance(cell, str) else [cell]


def short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
