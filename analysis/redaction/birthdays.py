"""Dates of birth: dates beside words of being born."""

import re
from collections.abc import Iterator

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import OUTSIDE, counts_something
from analysis.redaction.records import PersonalData, Redaction

_MONTH = "|".join(
    sorted(load_lexicon("number_cues")["walk"]["months"].split(), key=len, reverse=True)
)
_DATE = re.compile(
    OUTSIDE
    + rf"""(?:
    \d{{1,2}}(?P<mark>\ ?[-/.–]\ ?|\ )\d{{1,2}}(?P=mark)(?:\d{{4}}|['’]?\d\d)
    | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
    | \d{{1,2}}(?:e|ste|de|st|nd|rd|th)?(?:\ of)?[ -](?:{_MONTH})\.?
        (?:,?[ -](?:(?:19|20)\d\d|['’]\d\d|\d\d(?!\ ?[:\d])))?
    | (?:{_MONTH})\.?\ (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\ (?:19|20)\d\d)?
    | (?P<part>\d{{1,2}}[-/]\d{{1,2}}(?![-/.,:]?\d) | (?:{_MONTH})\ (?:19|20)\d\d
        | [^\W\d_]{{3,20}}\ (?:of\ )?(?:{_MONTH})\ (?:19|20)\d\d | [0-3]\d[01]\d{{3}})
    | [0-3]\d[01]\d(?:19|20)\d\d
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_BORN = re.compile(
    r"\b(?:geboren|geboortedatum|geboortedag|geb|geboorte|geboortejaar|bouwjaar"
    r"|born|birth|birthdate|birth-date|dob|d\.o\.b)\b[^!?;\n\d]{0,45}$"
    r"|\b(?:ik|hij|zij|ze|moeder|vader|man|vrouw|zoon|dochter|oma|opa)"
    r" (?:ben|is) van $",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    r"\b(?:verjaardag|verjaar|verjaart|jarig|birthday|bday|b-day)\b[ :,(-]*"
    r"(?:(?:is|was|op|on|valt|van|of|the|de|het|falls|ben|word|ik|we|die)[ ,]+){0,4}$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"[ ,(:=-]*(?:(?:is|was|als|as|ben|ik|word|werd|i|i'm|we|mijn|my|his|her|haar|zijn"
    r"|de|the|dat|that's|datum|date|of)\b[ ,(]*){0,5}"
    r"(?:geb|geboren|geboortedatum|geboortedag|born|birth|birthday|date of birth|dob"
    r"|jarig|verjaardag)\b",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"besteld|gekocht|geleverd|bezorgd|ordered|bought|delivered|arrived|aangeschaft",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 70, 50  # characters


def find_birthdays(text: str) -> Iterator[Redaction]:
    done = 0
    for match in _DATE.finditer(text):
        before = text[max(done, match.start() - _BEFORE) : match.start()]
        after = text[match.end() : match.end() + _AFTER]
        done = match.end()
        if match["part"] and counts_something(text, match.end()):
            continue
        is_told = _is_born(before) or _BIRTHDAY.search(before)
        is_after = match["part"] is None and _AFTERWARDS.match(after)
        if is_told or is_after:
            yield Redaction(match.start(), match.end(), PersonalData.BIRTH)


def _is_born(before: str) -> bool:
    said = _BORN.search(before)
    return said is not None and _BOUGHT.search(said[0]) is None
