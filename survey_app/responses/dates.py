"""Days as people type them, Dutch or English, kept as 2026-03-14."""

import re
from datetime import date

NUMBERS = re.compile(r"(\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e)?[\s.-]+([a-zé]+)\.?[\s,.-]+(\d{4})")
MONTHS = (
    ("jan",),
    ("feb",),
    ("mrt", "maa", "mar"),
    ("apr",),
    ("mei", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)
MONTH_NUMBERS = {
    name: number for number, names in enumerate(MONTHS, start=1) for name in names
}


class InvalidDateError(ValueError):
    """Something that cannot be read as one day."""


def read_date(text: str) -> str:
    """The day, day first where only numbers stand.

    >>> read_date("14-3-2026"), read_date("2026-03-14"), read_date("14 mrt. 2026")
    ('2026-03-14', '2026-03-14', '2026-03-14')
    """
    try:
        return date(*_year_month_day(text.strip().casefold())).isoformat()
    except ValueError as error:
        raise InvalidDateError(text) from error


def _year_month_day(text: str) -> tuple[int, int, int]:
    if not text.isascii():  # other digits than ours are no date that anyone typed
        raise InvalidDateError(text)
    if found := NUMBERS.fullmatch(text) or TOGETHER.fullmatch(text):
        day, month, year = map(int, found.groups())
        return year, month, day
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := IN_WORDS.fullmatch(text):
        month = MONTH_NUMBERS.get(found[2][:3], 0)
        return int(found[3]), month, int(found[1])
    raise InvalidDateError(text)
