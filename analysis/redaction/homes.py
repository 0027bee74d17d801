"""Where somebody says to live, also without a number."""

import re
from collections.abc import Iterator

from analysis.redaction.records import PersonalData, Redaction
from analysis.redaction.streets import (
    CAPITAL,
    LEXICON,
    NOT_STREETS,
    STREET,
    STRONG,
    WEAK,
)

_AT_HOME = re.compile(
    r"\b(?:live|lives|living|lived|address is|deliver(?:ed)? to|sent to"
    r"|left at|moved to) (?:at )?(?:number |no\.? )?"
    r"(?P<place>\d{1,4}[a-z]? [a-z'’]{3,20}"
    rf"(?: [a-z'’]{{3,20}})? (?:{'|'.join(LEXICON['english_endings'])}))(?!\w)",
    re.IGNORECASE,
)
_NAMED_HOUSE = re.compile(
    rf"(?<!\w)(?:(?:Unit|Suite|Flat|Apartment|Apt|Plot)\.? \d{{1,4}}[a-zA-Z]?,? "
    rf"(?:{CAPITAL} ){{0,3}}(?:Business Park|Industrial Estate|Trading Estate|House|"
    r"Court|Mansions|Buildings|Heights|Point|Tower|Lodge)|"
    rf"(?:{CAPITAL} ){{1,3}}(?:Cottage|House|Forge|Barn|Farm|Lodge|Rectory|Vicarage|"
    rf"Bungalow|Manor|Farmhouse|Villa|Mill|Granary),? (?:{CAPITAL} ){{1,3}}"
    rf"(?:{'|'.join(map(str.title, LEXICON['english_endings']))}))(?!\w)"
)
_LIVING = ("woon", "wonen", "verhui", "liv", "moved", "addres", " to ")
_ROADS = (
    "Street",
    "Road",
    "Lane",
    "Avenue",
    "Close",
    "Drive",
    "Crescent",
    "Terrace",
    "Gardens",
)
_LIVES = re.compile(
    r"\b(?:woon|woont|wonen|woonde|verhuisd|live|lives|moved)\b[^.!?\n\d]{0,20}? "
    r"(?:in|op|aan|on|at|naar|to|van|from) "
    rf"(?:de |het |the )?(?P<street>{STREET}"
    rf"|[a-z][a-z'’-]{{2,24}}(?:{'|'.join(STRONG)})(?!\w)|"
    rf"(?:{CAPITAL} ){{1,3}}(?:{'|'.join(_ROADS)})(?!\w))"
)
# "aan de Brink": no town stands behind an article.
_LIVES_BY = re.compile(
    r"\b(?:woon|woont|wonen|woonde|verhuisd)\b[^.!?\n\d]{0,20}? "
    r"(?:op|aan) (?:de|het) (?P<street>[A-Z][\w'’-]{0,24})(?!\w)"
)


def _is_of_living(text: str) -> bool:
    lower = text.lower()
    return any(sign in lower for sign in _LIVING)


def find_homes(text: str) -> Iterator[Redaction]:
    """Where somebody lives: a street alone, a house with a name, without capitals."""
    if not _is_of_living(text):
        return
    for match in _LIVES.finditer(text):
        if match["street"] not in NOT_STREETS:
            yield Redaction(*match.span("street"), PersonalData.ADDRESS)
    for match in _LIVES_BY.finditer(text):
        if match["street"].lower().endswith(WEAK):
            yield Redaction(*match.span("street"), PersonalData.ADDRESS)
    for match in _NAMED_HOUSE.finditer(text):
        yield Redaction(*match.span(), PersonalData.ADDRESS)
    for match in _AT_HOME.finditer(text):
        yield Redaction(*match.span("place"), PersonalData.ADDRESS)
