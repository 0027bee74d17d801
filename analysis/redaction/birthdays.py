"""Dates of birth: dates beside words of being born."""

import re
from collections.abc import Iterator

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import OUTSIDE, counts_something
from analysis.redaction.records import PersonalData, Redaction

_MONTH = "|".join(
    sorted(load_lexicon("number_cues")["walk"]["months"].split(), key=len, reverse=True)
)
_TEENS = (
    "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|"
    "vijftien|zestien|zeventien|achttien|negentien"
)
_DAY = (
    rf"(?:{_TEENS}|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|"
    r"[a-zë]{2,10}(?:de|ste)|(?:[a-zëé]{2,6}[eë]n)?(?:twintig|dertig)|first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{4,9}teenth|"
    r"twentieth|thirtieth|(?:twenty|thirty)[ -][a-z]{5,7}))"
)
_YEAR = (
    r"(?:(?:19|20)\d\d|['’]\d\d|negentien(?:honderd)?[ -]?[a-zë]{3,20}"
    r"|tweeduizend(?:[ -]?[a-zë]{3,10})?|nineteen[ -](?:hundred and )?[a-z]{3,9}"
    r"(?:[ -][a-z]{3,5})?|two thousand(?: and [a-z]{3,9})?)"
)
# "elf maart negentienachtenzestig"
_SPOKEN = re.compile(
    rf"\b{_DAY} (?:of )?(?:{_MONTH})(?:,? {_YEAR})?(?!\w)", re.IGNORECASE
)
_DATE = re.compile(
    OUTSIDE
    + rf"""(?:
    \d{{1,2}}(?:\ ?[-/.–]\ ?|\ )\d{{1,2}}(?:\ ?[-/.–]\ ?|\ )(?:\d{{4}}|['’]?\d\d)
    | \d{{4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}
    | (?:19|20)\d\d[ -](?:{_MONTH})[ -]\d{{1,2}}
    | \d{{1,2}}(?:e|ste|de|den|st|nd|rd|th)?(?:\ of)?[ /-](?:{_MONTH})\.?
        (?:,?[ /-](?:(?:19|20)\d\d|['’]\d\d|\d\d(?!\ ?[:\d])))?
    | (?:{_MONTH})\.?\ (?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\ (?:19|20)\d\d)?
    | (?:{_MONTH})\.?\ ['’]\d\d
    | (?P<part>\d{{1,2}}[-/]\d{{1,2}}(?![-/.,:]?\d) | (?:{_MONTH})\ (?:19|20)\d\d
        | [0-3]\d[01]\d{{3}})
    | [0-3]\d[01]\d(?:19|20)\d\d | (?:19|20)\d\d[01]\d[0-3]\d
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_BORN = re.compile(
    r"\b(?:geboren|geboortedatum|geboortedata|geboortedag|geb|gebdatum|gebdat|geboorte|geboortejaar|bouwjaar"
    r"|born|birth|birthdate|birth-date|dob|d\.o\.b)\b[^!?;\n\d]{0,45}$"
    r"|\b(?:ik|hij|zij|ze|moeder|vader|man|vrouw|zoon|dochter|oma|opa)"
    r" (?:ben|is) (?:er een )?van (?:de )?$"
    r"|(?:^|[.!?] )[Bb]en van $|\b(?:word(?:t)?|werd) (?:op )?$",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    r"\b(?:verjaardag|verjaar|verjaart|jarig|birthday|bday|b-day)\b(?:['’]s)?[ :,(-]*"
    r"(?:(?:is|was|op|on|valt|van|of|the|de|het|falls|ben|word|ik|we|die)[ ,]+){0,4}$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"[ ,(:=-]*(?:(?:is|was|als|as|ben|ik|word|werd|i|i'm|we|mijn|my|his|her|haar|zijn"
    r"|de|the|dat|that's|datum|date|of)\b[ ,(]*){0,5}"
    r"(?:geb|geboren|geboortedatum|geboortedag|born|birth|birthday|date of birth|dob"
    r"|jarig|verjaardag)\b"
    r"|[ ,]{1,2}(?:word|wordt|werd|turn|turned|turns) (?:(?:ik|hij|zij|ze|i|he|she) )?"
    r"(?:al )?(?:\d\d(?![\d:.,%]|\w)|[a-zë]{0,14}tig\b)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?: (?:ik|hij|zij|ze|mijn \w{3,10}))? (?:\d\d(?: jaar)?(?![\d:.,%]|\w)"
    r"|(?:[a-zë]{0,14}tig|[a-z]{3,8}tien)(?:\.|,|!|$| jaar| geworden))"
)
_TURNS = re.compile(
    r"\b(?:turn|turned|turns|word|wordt|werd) (?:al )?\d\d (?:on|op)(?: the)? $"
)
# Between the birthdays of two: "man: 12-03-1965, vrouw: 14-05-1967".
_AND_OF = re.compile(r"[ ,;/&]{1,3}(?:[^\W\d_]{1,12}[ :]{1,2}){0,3}")
_YEAR_OF_BIRTH = re.compile(
    r"\b(?:geboren (?:in|anno|uit)|geboortejaar(?: is|:)?|born in"
    r"|year of birth(?: is|:)?|birth year(?: is|:)?|ik ben van) "
    r"(?P<year>(?:19[2-9]|20[01])\d|['’]\d\d)(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_SPOKEN_SIGNS = ("gebo", "born", "birth", "verjaa", "jarig")
_BOUGHT = re.compile(
    r"besteld|gekocht|geleverd|bezorgd|ordered|bought|delivered|arrived|aangeschaft",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 70, 50  # characters


def find_birthdays(text: str) -> Iterator[Redaction]:
    done = 0
    was_told = False
    for match in _DATE.finditer(text):
        before = text[max(done, match.start() - _BEFORE) : match.start()]
        after = text[match.end() : match.end() + _AFTER]
        done = match.end()
        if match["part"] and counts_something(text, match.end()):
            continue
        is_after = match["part"] is None and _AFTERWARDS.match(after)
        is_next = was_told and _AND_OF.fullmatch(before) is not None
        was_told = bool(is_after or _is_told(before, after) or is_next)
        if was_told:
            yield Redaction(match.start(), match.end(), PersonalData.BIRTH)
    for match in _YEAR_OF_BIRTH.finditer(text):
        yield Redaction(*match.span("year"), PersonalData.BIRTH)


def find_spoken_birthdays(text: str) -> Iterator[Redaction]:
    """Dates in words: "elf maart negentienachtenzestig"."""
    lower = text.lower()
    if not any(sign in lower for sign in _SPOKEN_SIGNS):
        return
    for match in _SPOKEN.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        after = text[match.end() : match.end() + _AFTER]
        if _is_told(before, after) or _AFTERWARDS.match(after):
            yield Redaction(match.start(), match.end(), PersonalData.BIRTH)


def _is_told(before: str, after: str) -> bool:
    """Whether the words before a date are of being born, or of an age."""
    if _BIRTHDAY.search(before) or _TURNS.search(before):
        return True
    said = _BORN.search(before)
    if said is None or _BOUGHT.search(said[0]) is not None:
        return False
    return (
        not said[0].lower().startswith(("word", "werd"))
        or _AGE.match(after) is not None
    )
