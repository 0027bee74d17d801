"""Licence plates of the Netherlands, Belgium and the United Kingdom."""

import re
from collections.abc import Iterator

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import cue_after, cue_before, cue_beside
from analysis.redaction.records import PersonalData, Redaction

_L, _D = "[A-Z]", r"\d"
# The series of the Dutch registry (sidecodes 1 to 14), and the Belgian one since 2010.
_SERIES = (
    "LL-DD-DD", "DD-DD-LL", "DD-LL-DD", "LL-DD-LL", "LL-LL-DD", "DD-LL-LL", "DD-LLL-D",
    "D-LLL-DD", "LL-DDD-L", "L-DDD-LL", "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D",
    "D-LLL-DDD", "L-LLL-DDD",
)  # fmt: skip


def _series(separator: str) -> str:
    forms = (
        one.replace("-", separator).replace("L", _L).replace("D", _D) for one in _SERIES
    )
    return "|".join(forms)


_DASHED = re.compile(rf"(?<![\w-])(?:{_series('[-–]')})(?![\w-])", re.IGNORECASE)
_BRITISH = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}[0-7]\d ?[A-HJ-PR-Z]{3}(?!\w)")
_BELGIAN = re.compile(r"(?<![\w-])[12](?:-[A-Z]{3}[- ]?|[A-Z]{3}-?)\d{3}(?![\w-])")
# Where the text is of a car: the Belgian series before 2010, British without capitals.
_NEAR_CAR = re.compile(
    r"(?<![\w-])(?:[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3}|[a-z]{2}[0-7]\d ?[a-z]{3}"
    r"|[A-Z]\d{1,3} [A-Z]{3})(?![\w-])"
)
# Beside the word "kenteken", "car": also without dashes, older series, any letters.
_ANY = (
    rf"(?<![\w-])(?:{_series('-')}|{_series('[. ]')}|{_series('')}|"
    r"[A-Z]{3}[ -]?\d{3,4}|\d{3}[ -]?[A-Z]{3}|"
    r"[A-Z]{2} ?\d\d ?[A-Z]{3}|[A-Z]{1,3}-[A-Z]{1,2} ?\d{2,4}|"
    r"[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?![\w-])"
)
# All capitals or none: "is YB 22 LLR" has a word before the plate.
_CALLED = (re.compile(_ANY), re.compile(_ANY.replace(_L, "[a-z]")))
# What saves most texts the search for plates.
_SIGNS = re.compile(r"[A-Za-z\d][-–][A-Za-z\d]|[A-Z]\d\d ?[A-Z]|\d-?[A-Z]{3}[ -]?\d")
_WORD = re.compile(r"[^\W\d_]+")
_CUES = frozenset(
    word
    for kind in ("licence_plate", "car_brand")
    for word in load_lexicon("number_cues")["strong"][kind].split()
)
_SPACED = re.compile(_series(" "), re.IGNORECASE)
_MONTHS = frozenset(load_lexicon("number_cues")["walk"]["months"].split())
_WORDS = frozenset(load_lexicon("number_cues")["walk"]["not_plates"].split())


def find_plates(text: str) -> Iterator[Redaction]:
    for pattern in (_DASHED, _BRITISH, _BELGIAN) if _SIGNS.search(text) else ():
        for match in pattern.finditer(text):
            if _is_plate(text, match):
                yield Redaction(match.start(), match.end(), PersonalData.PLATE)
    if _CUES.isdisjoint(_WORD.findall(text.lower())):
        return
    yield from _near_cars(text)


def _near_cars(text: str) -> Iterator[Redaction]:
    """Plates of a form that other things have too, in a text about a car."""
    for match in _NEAR_CAR.finditer(text):
        if _is_plate(text, match) and not _is_model(text, match):
            yield Redaction(match.start(), match.end(), PersonalData.PLATE)
    for pattern in _CALLED:
        for match in pattern.finditer(text):
            if _is_called(text, match) and _is_code(match[0]):
                yield Redaction(match.start(), match.end(), PersonalData.PLATE)


def _is_called(text: str, match: re.Match[str]) -> bool:
    """After the plate only capitals or one piece will do: "M51 has auto …"."""
    before = cue_before(text, match.start())
    if before is not None and before.kind == "licence_plate":
        return True
    if before is not None and before.kind == "car_brand":
        return _SPACED.fullmatch(match[0]) is not None  # but no Peugeot 308 GTI
    after = cue_after(text, match.end())
    is_code = match[0].isupper() or " " not in match[0]
    return is_code and after is not None and after.kind == "licence_plate"


def _is_model(text: str, match: re.Match[str]) -> bool:
    """Behind a brand of cars stands its model: Ford F150 XLT."""
    before = cue_before(text, match.start())
    return before is not None and before.kind == "car_brand"


def _is_plate(text: str, match: re.Match[str]) -> bool:
    cue = cue_beside(text, *match.span())
    is_other = cue is not None and cue.kind in {"product", "order_number"}
    return not is_other and _is_code(match[0])


def _is_code(found: str) -> bool:
    letters = re.findall(r"[a-z]+", found.lower())
    return not any(group in _MONTHS or group in _WORDS for group in letters)
