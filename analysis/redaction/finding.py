"""Personal data of every kind in a text."""

import re
from collections.abc import Sequence

from analysis.redaction.accounts import find_accounts, find_cards, find_citizen_numbers
from analysis.redaction.addresses import find_addresses
from analysis.redaction.birthdays import find_birthdays, find_spoken_birthdays
from analysis.redaction.codes import find_codes
from analysis.redaction.contacts import (
    find_dictated,
    find_emails,
    find_endings,
    find_phones,
)
from analysis.redaction.homes import find_homes
from analysis.redaction.names import find_names
from analysis.redaction.plain import narrow, plain
from analysis.redaction.plates import find_plates
from analysis.redaction.postcodes import find_postcodes
from analysis.redaction.records import Redaction, merged
from analysis.redaction.references import (
    find_booking_codes,
    find_references,
    find_usernames,
)
from analysis.redaction.spoken import find_spoken
from analysis.redaction.surroundings import with_surroundings

_FIGURE = re.compile(r"\d")
_LONG = 6  # figures in the shortest phone, account and citizen number
_IN_LONG = (
    find_accounts,
    find_citizen_numbers,
    find_dictated,
    find_phones,
)
_IN_FIGURES = (find_cards, find_endings, find_birthdays, find_references, find_plates)


def find_personal_data(text: str) -> tuple[Redaction, ...]:
    """Personal data in reading order, none overlapping.

    >>> [(r.kind.value, r.start, r.end) for r in find_personal_data("bel 06-12345678")]
    [('phone', 4, 15)]
    """
    told, gaps = narrow(plain(text))
    found = _find(told)
    return merged(map(gaps.widened, found) if gaps else found)


def _find(text: str) -> list[Redaction]:
    found = [*find_emails(text), *find_names(text), *find_homes(text)]
    found += [*find_booking_codes(text), *find_usernames(text), *find_spoken(text)]
    found += find_spoken_birthdays(text)
    if figures := len(_FIGURE.findall(text)):
        for find in (*_IN_LONG, *_IN_FIGURES) if figures >= _LONG else _IN_FIGURES:
            found += find(text)
        places = [*find_addresses(text), *find_postcodes(text)]
        found += with_surroundings(text, places)
        if figures >= _LONG:
            found += find_codes(_without(text, found))
    return found


def _without(text: str, found: Sequence[Redaction]) -> str:
    """The text with spaces for what was found: a phone number is no order's."""
    pieces, end = [], 0
    for one in merged(found):
        pieces += [text[end : one.start], " " * (one.end - one.start)]
        end = one.end
    return "".join([*pieces, text[end:]]) if pieces else text
