"""Numbers as people type them, Dutch or English, kept in one plain form."""

import re
from decimal import Decimal

PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?")


class InvalidNumberError(ValueError):
    """Something that cannot be read as one number."""


def read_number(text: str) -> str:
    """The number with a point and no needless zeros.

    >>> read_number(" 12,50 ")
    '12.5'
    >>> read_number("-0")
    '0'
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not PLAIN.fullmatch(text):
        raise InvalidNumberError(text)
    number = Decimal(text.replace(",", ".")).normalize()
    return f"{number:f}" if number else "0"
