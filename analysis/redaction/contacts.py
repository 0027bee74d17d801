"""E-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

from phonenumbers import (
    NumberParseException,
    PhoneNumberType,
    is_possible_number,
    is_valid_number,
    number_type,
    parse,
)

from analysis.redaction.cues import OUTSIDE, cue_before, cue_beside, is_called
from analysis.redaction.records import PersonalData, Redaction

_EMAIL = re.compile(
    r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}"
    r"(?:(?:\.[\w-]{1,63}){1,8}(?:,(?:nl|be|com)\b)?|(?:,| \. ?|\. )(?:nl|be|com)\b)"
    r"|(?<![\w@])[a-z][\w.+-]{1,63}@[a-z][\w-]{2,63}",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(
    r"[\w.+-]{1,64}@(?:gmail|hotmail|outlook|live|ziggo|kpnmail|yahoo|icloud|planet|"
    r"xs4all|telenet|proton|protonmail|casema|skynet|btinternet|talktalk|sky)\b",
    re.IGNORECASE,
)
_MAIL = "gmail|hotmail|outlook|live|yahoo|icloud|btinternet|aol|gmx|protonmail|hetnet"
_LINK = (
    r"(?:punt|dot|(?:liggend |laag )?streepje|koppelteken|underscore|min|dash|hyphen)"
)
_SAID = (
    r"(?: (?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|one|two|three|four"
    r"|five|six|seven|eight|nine|[a-z]{2,6}ty|[a-zë]{2,14}tig|\d{1,4}))"
)
_LOCAL = (
    rf"\b[\w.+-]{{1,64}}(?: {_LINK} (?:(?:de|van|der|den|ten|ter|el) ){{0,2}}"
    rf"[\w.+-]{{1,30}}){{0,4}}{_SAID}{{0,4}} ?"
)
_WRITTEN_AT = r"(?:[\[({<][ ]?(?:at|a)[ ]?[\])}>]|apen?(?:staart|staartje)\b|@) ?"
_WRITTEN_DOT = r" ?(?:\[dot\]|\(dot\)|\[punt\]|\(punt\)| \. ?|\bdot\b|\bpunt\b) ?"
_DOT = rf"(?:\.|{_WRITTEN_DOT})"
_DOMAIN = r"(?:nl|be|com|eu|org|net|co|uk|info|nu)\b"
_SPELLED = re.compile(
    rf"{_LOCAL}(?:{_WRITTEN_AT}[\w-]{{1,63}}(?: {_LINK} [\w-]{{1,30}}){{0,2}}"
    rf"(?:{_DOT}[\w-]{{1,63}}){{0,3}}{_DOT}"
    rf"|at [\w-]{{1,63}}(?:[ ][\w-]{{1,20}})?(?:{_WRITTEN_DOT}[\w-]{{1,63}}){{0,3}}"
    rf"{_WRITTEN_DOT}){_DOMAIN}"
    rf"|\b[\w+-]{{0,40}}[\d._-][\w+-]{{1,40}} at [\w-]{{1,63}}"
    rf"(?:\.[\w-]{{1,63}})?\.{_DOMAIN}"
    rf"|\b[\w.+-]{{1,64}} at (?:{_MAIL})\.(?:co\.)?{_DOMAIN}",
    re.IGNORECASE,
)
_SPELLED_SIGNS = re.compile(r"\bat\b|apen?staart|\(a\)|\[a\]|@", re.IGNORECASE)

_GAP = "[ \u00a0./_\u2010-\u2014-]"
_PHONE = re.compile(
    OUTSIDE + r"\(?(?:(?:\+|00)[1-9]\d{0,2}|0|[oO](?=[67 ]))\)?"
    rf"(?:{_GAP}{{0,3}}(?:\(0\) ?|\()?\d\)?){{7,13}}(?!\d)"
)
_EXTENSION = re.compile(
    r",? ?\(?(?:ext(?:ension)?|toestel|tst|doorkiesnummer|doorkies|x)(?!\w(?<!\d))"
    r"\.?:? ?\d{1,5}\)?",
    re.IGNORECASE,
)
# As it is dictated: "06 en dan 12 34 56 78", "06... 41725836".
_IN_STEPS = re.compile(
    OUTSIDE
    + r"0\d{1,3}(?:, ?\d{2,3}){3,5}(?![\w,]\d)|"
    + OUTSIDE
    + r"0\d{1,3}(?:,? \d\d){0,3}(?:,|\.{2,3}|…)? ?(?:(?:en|and)\b ?)?"
    r"(?:(?:dan|daarna|then)\b)?[ ,:]{0,2}\d(?:[ .-]?\d){4,8}(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    OUTSIDE + r"(?:1-)?(?:\(\d{3}\) ?|\d{3}[ -])\d{3}-\d{4}(?![\w-])"
)
# "06-xxxx5678"; "mijn 06 eindigt op 78"
_COVERED = re.compile(
    OUTSIDE + r"0\d{1,3}[ -]?(?=[\dxX* -]{0,12}[xX*]{2})[\dxX*]{1,4}"
    r"(?:[ -]?[\dxX*]{1,8}){0,5}(?![\w*])"
)
_ENDING = re.compile(
    r"(?:\b0[67]|number|nummer|tel|telefoon|mobiel|mobile|phone|gsm)\b[^.!?\n\d]{0,15}"
    r"\b(?:eindig\w{1,3}|eindcijfers|ending|ends|ended)(?: (?:op|in|with|on))?[ :]{1,2}"
    r"(?P<end>\d{2,5})(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_BARE = re.compile(OUTSIDE + r"\d(?:[ .-]?\d){5,12}(?![\w%]|[.,]\d)")
_DATE = re.compile(r"\d{1,2}([ ./-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
# Lines of firms, which everybody may call.
_OF_FIRMS = frozenset(
    (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
    )
)
# 0345 and their like; the Dutch 088 may be one's own.
_BRITISH_FIRMS = _OF_FIRMS | {PhoneNumberType.UAN}
_NATIONAL = range(9, 12)  # figures of a number with its 0
_MOBILE = range(8, 12)  # one forgotten, or two
_COUNTRIES = ("NL", "BE", "GB")
_NO_PHONE = frozenset(("order_number", "customer_number", "product", "bsn", "iban"))


def find_emails(text: str) -> Iterator[Redaction]:
    patterns = []
    if "@" in text:
        patterns += [_EMAIL, _CUT_OFF]
    if _SPELLED_SIGNS.search(text):
        patterns.append(_SPELLED)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Redaction(match.start(), match.end(), PersonalData.EMAIL)


def find_phones(text: str) -> Iterator[Redaction]:
    for match in _PHONE.finditer(text):
        start, end = match.span()
        if not _DATE.match(match[0].lstrip("(")) and _is_phone(text, start, end):
            extension = _EXTENSION.match(text, end)
            end = extension.end() if extension else end
            yield Redaction(start, end, PersonalData.PHONE)
    for match in _AMERICAN.finditer(text):
        if not is_called(text, *match.span(), _NO_PHONE):
            yield Redaction(match.start(), match.end(), PersonalData.PHONE)
    for match in _BARE.finditer(text):
        cue = cue_before(text, match.start())
        is_call = cue is not None and cue.kind == "phone" and not _DATE.match(match[0])
        if is_call and not _is_of_firm(match[0]):
            yield Redaction(match.start(), match.end(), PersonalData.PHONE)


def find_dictated(text: str) -> Iterator[Redaction]:
    """Numbers with words or crosses in between: 06 en dan 12 34 56 78."""
    for match in _IN_STEPS.finditer(text):
        if _figures(match[0]) in _NATIONAL and _is_phone(text, *match.span()):
            yield Redaction(match.start(), match.end(), PersonalData.PHONE)
    for match in _COVERED.finditer(text):
        yield Redaction(match.start(), match.end(), PersonalData.PHONE)


def find_endings(text: str) -> Iterator[Redaction]:
    """The last figures of a phone number."""
    lower = text.lower()
    if "eind" not in lower and "end" not in lower:
        return
    for match in _ENDING.finditer(text):
        yield Redaction(*match.span("end"), PersonalData.PHONE)


def _is_phone(text: str, start: int, end: int) -> bool:
    cue = cue_beside(text, start, end)
    if cue is not None and cue.kind in _NO_PHONE:
        return False
    if cue is not None and cue.kind == "phone":
        return not _is_of_firm(text[start:end])
    number = text[start:end]
    if number.startswith("00") and not _is_possible(number):
        return False
    least = _MOBILE if number.startswith(("06", "07", "04")) else _NATIONAL
    if number.startswith(("0", "(0")) and _figures(number) not in least:
        return number.startswith("00")
    return not _is_of_firm(number)


def _figures(number: str) -> int:
    return sum(map(str.isdigit, number.replace("(0)", "")))


def _is_possible(number: str) -> bool:
    try:
        return bool(is_possible_number(parse(number, _COUNTRIES[0])))
    except NumberParseException:
        return False


def _is_of_firm(number: str) -> bool:
    kinds = {country: _type(number, country) for country in _COUNTRIES}
    known = {country: kind for country, kind in kinds.items() if kind is not None}
    return bool(known) and all(
        kind in (_BRITISH_FIRMS if country == "GB" else _OF_FIRMS)
        for country, kind in known.items()
    )


def _type(number: str, country: str) -> int | None:
    """The type of a number if dialled in a country; None for no number of it."""
    try:
        parsed = parse(number, country)
    except NumberParseException:
        return None
    return number_type(parsed) if is_valid_number(parsed) else None
