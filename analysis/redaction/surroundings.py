"""Street, postcode and town as one address."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from analysis.redaction.cues import counts_something
from analysis.redaction.records import PersonalData, Redaction
from analysis.redaction.streets import CAPITAL, NO_TOWNS

# Another number in the same street: "Kerkstraat 12, niet 14".
_OTHER_NUMBER = re.compile(
    r"(?:, ?| )(?:(?:en |and |maar )?(?:niet|not|in plaats van|instead of|ipv"
    r"|i\.p\.v\.)(?: op| at| from)? (?:(?:nr\.?|nummer|number|no\.?) )?\d{1,4}[a-zA-Z]?"
    r"|(?:of|en|or|and|t/m|tot) \d{1,4}[a-zA-Z]?(?=[.,;!?)]|$))"
    r"(?![\w%€]|[.,:]\d)"
)
_TOWN = re.compile(
    rf"(?:, ?| (?:in|te) | )({CAPITAL}(?:[ -](?:{CAPITAL}|aan|de|den|op|onder|upon))"
    r"{0,3})(?=[\s.,;:!?)]|$)"
)
_BETWEEN = re.compile(
    r"[,;\s]{1,3}(?:(?:in|te|with|met|postcode|huisnummer|nummer) "
    rf"|{CAPITAL}[, ]{{1,2}}){{0,3}}"
)
_JOINABLE = frozenset((PersonalData.ADDRESS, PersonalData.POSTCODE))


def with_surroundings(text: str, found: Iterable[Redaction]) -> Iterator[Redaction]:
    """Joins street, postcode and town of one address."""
    parts = sorted(found, key=lambda one: (one.start, one.end))
    yield from parts
    for one, following in pairwise(parts):
        kinds = {one.kind, following.kind}
        gap = text[one.end : following.start]
        is_near = not gap or _BETWEEN.fullmatch(gap)
        if kinds <= _JOINABLE and one.end <= following.start and is_near:
            yield Redaction(one.start, following.end, PersonalData.ADDRESS)
    for one in parts:
        if one.kind is PersonalData.ADDRESS:
            other = _OTHER_NUMBER.match(text, one.end)
            if other is not None and not counts_something(text, other.end()):
                yield Redaction(one.start, other.end(), PersonalData.ADDRESS)
        if one.kind in _JOINABLE and (town := _TOWN.match(text, one.end)):
            is_loose = text[one.end : town.start(1)] == " "
            if _is_town(town[1]) and not (
                is_loose and one.kind is not PersonalData.POSTCODE
            ):
                yield Redaction(one.start, town.end(1), one.kind)


def _is_town(words: str) -> bool:
    return words.split(" ", maxsplit=1)[0].lower() not in NO_TOWNS
