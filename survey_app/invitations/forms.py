"""What the forms of inviting send, read and judged."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from survey_app.invitations.asking import MOST_LINKS
from survey_app.invitations.planning import DAYS_VALID, MOST_DAYS_VALID
from survey_app.web.locale import DEFAULT_LANGUAGE, LANGUAGES

LONGEST_NAME = 100
LONGEST_NUMBER = 6  # digits


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number as typed, and what is wrong with it."""

    typed: str
    value: int
    error: str | None = None


def read_days(form: Mapping[str, str]) -> Number:
    """For how long links work."""
    return read_number(form.get("days"), DAYS_VALID, MOST_DAYS_VALID)


def read_link_count(form: Mapping[str, str]) -> Number:
    return read_number(form.get("count"), 25, MOST_LINKS)


def read_number(typed: str | None, otherwise: int, most: int) -> Number:
    if typed is None:
        return Number(str(otherwise), otherwise)
    digits = typed.strip()
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        number = int(digits)
        if 1 <= number <= most:
            return Number(digits, number)
    words = _("Write a whole number from 1 to %(most)s.", most=most)
    return Number(typed, otherwise, words)


def read_language(form: Mapping[str, str]) -> str:
    asked = form.get("language", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def read_name(form: Mapping[str, str], name: str) -> str:
    """One line, not too long to be a name."""
    printable = "".join(
        character if character.isprintable() else " "
        for character in form.get(name, "")
    )
    return " ".join(printable.split())[:LONGEST_NAME]
