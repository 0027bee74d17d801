"""Postcodes of the Netherlands and the United Kingdom, with the house number."""

import re
from collections.abc import Iterator

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import OUTSIDE, Cue, counts_something, cue_beside
from analysis.redaction.records import PersonalData, Redaction

_DUTCH = re.compile(
    OUTSIDE + r"[1-9]\d{3}(?P<gap>[ \u00a0.-]?)(?P<letters>[A-Za-z]{2})(?!\w)(?!\.\w)"
)
_HOUSE = re.compile(
    r"[ ,/-]{1,3}(?:(?:huisnummer|huisnr|nummer|number|nr|no)\b[.:]? ?)?"
    r"(?P<number>\d{1,4})"
    r"(?: ?(?:[a-zA-Z]|bis|hs)(?!\w))?(?:-(?:\d{1,3}|I{1,3}|[a-zA-Z])(?!\w))?"
    r"(?![\w%€]|[.,:]\d)"
)
_BRITISH = re.compile(
    r"(?<![\w-])(?P<area>[A-Z]{1,2})\d[A-Z\d]? ?\d(?P<unit>[ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"[a-z] \d{1,4} ?[a-zA-Z]?, ?$")
_FIGURES = re.compile(OUTSIDE + r"[1-9]\d{3}(?![\w.,%-]\d|\w)")
_BRITISH_HOUSE = re.compile(
    r",? (?:house|flat|number|no\.?|nr\.?) \d{1,4}[a-z]?(?!\w)", re.IGNORECASE
)
_YEARS = re.compile(r"(?:19|20)\d\d ?[A-Z]{2} (?:19|20)\d\d")  # 2023 EN 2024
# Belgian: behind a house number, before a town.
_BEHIND_STREET = re.compile(
    r"[a-zé.] \d{1,4}[a-zA-Z]?(?:/\d{1,3})?(?:,? (?:bus|bte|b) ?\w{1,4})?"
    r"(?:,|,? (?:in|te)|\n)? ?(?P<code>[1-9]\d{3}) (?=[A-Z][a-zé])"
)
_WALK = load_lexicon("number_cues")["walk"]
_NO_LETTERS = frozenset(_WALK["not_postcodes"].split())
_AREAS = frozenset(load_lexicon("addresses")["british_areas"].split())


def find_postcodes(text: str) -> Iterator[Redaction]:
    for match in _DUTCH.finditer(text):
        if _is_dutch(text, match):
            house = _HOUSE.match(text, match.end())
            has_house = house is not None and not counts_something(text, house.end())
            end = house.end() if house is not None and has_house else match.end()
            yield Redaction(match.start(), end, PersonalData.POSTCODE)
    for match in _BRITISH.finditer(text):
        if _is_british(text, match):
            house = _BRITISH_HOUSE.match(text, match.end())
            end = house.end() if house else match.end()
            yield Redaction(match.start(), end, PersonalData.POSTCODE)
    for match in _BEHIND_STREET.finditer(text):
        yield Redaction(*match.span("code"), PersonalData.POSTCODE)
    for match in _FIGURES.finditer(text):
        cue = cue_beside(text, *match.span())
        if cue is not None and cue.kind == "postcode":
            yield Redaction(match.start(), match.end(), PersonalData.POSTCODE)


def _is_dutch(text: str, match: re.Match[str]) -> bool:
    cue = cue_beside(text, *match.span())
    if cue is not None and cue.kind in {"postcode", "house"}:
        return True
    if cue is not None and cue.kind in {"product", "order_number"}:
        return False
    letters = match["letters"]
    if letters.lower() in _NO_LETTERS:
        is_addressed = _ADDRESSED.search(text, 0, match.start()) is not None
        is_housed = _stands_with_house(text, match)
        is_year = _YEARS.match(text, match.start()) is not None
        return letters.isupper() and not is_year and (is_addressed or is_housed)
    is_plain = letters.isupper() and match["gap"] not in {"-", "."}
    return is_plain or not match["gap"] or _stands_with_house(text, match)


def _stands_with_house(text: str, match: re.Match[str]) -> bool:
    house = _HOUSE.match(text, match.end())
    before = text[max(0, match.start() - 3) : match.start()].rstrip(" ,")
    is_after_number = before[-1:].isdigit()
    follows = house is not None and not counts_something(text, house.end())
    return is_after_number or follows


def _is_named(cue: Cue | None) -> bool:
    kinds = {"product", "order_number", "licence_plate"}
    return cue is not None and cue.kind in kinds and cue.is_strong


def _is_british(text: str, match: re.Match[str]) -> bool:
    is_plain = match[0].isupper() and " " in match[0]
    if match["area"].lower() not in _AREAS and not is_plain:
        return False
    cue = cue_beside(text, *match.span())
    if cue is not None and cue.kind == "postcode":
        return True
    if is_plain and match["area"].lower() in _AREAS and not _is_named(cue):
        return True
    if _is_named(cue):
        return False
    is_size = match["unit"].lower() in _NO_LETTERS
    is_long = len(match["area"]) > 1
    return not is_size and (match[0].isupper() or " " in match[0] or is_long)
