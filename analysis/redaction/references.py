"""Order, customer and other numbers that only the words beside them tell."""

import re
from collections.abc import Iterator
from functools import cache

from analysis.lexicon import load_lexicon
from analysis.redaction.cues import (
    OUTSIDE,
    Cue,
    counts_something,
    cue_before,
    cue_beside,
)
from analysis.redaction.records import PersonalData, Redaction

_CODE = re.compile(
    OUTSIDE + r"(?P<prefix>[A-Z]{1,5} )?"
    r"(?=[^\W\d_]{0,12}[-./_]?[^\W\d_]{0,12}[-./_]?\d)"
    r"[^\W_]{1,30}(?:[-./_–][^\W_]{1,20}){0,6}"
    r"(?P<more>(?: (?:[-–/] )?(?:\d{1,8}|\d{1,3}[A-Z]{1,3}\d{0,6}|[A-Z]{1,3}\d{1,6})"
    r"(?![\w.,-]\d|\w)){0,6}"
    r"(?: [A-Z\d]{1,3}(?=[.,;:)]|$))?)(?![\w@]|,\d)"
)
_MORE = re.compile(
    r" ?(?:,|&|\ben\b|\band\b|\bof\b|\bor\b) ?([^\W_]{3,30})(?![\w%]|,\d)"
)
_GLUED = re.compile(r"([^\W\d_]{2,24})\d[\d-]{3,14}")
_LETTERS = re.compile(r"(?<![\w-])[A-Z]{5,8}(?![\w-])")
_FORMED = re.compile(
    r"(?:ord|order|best|web|inv|fact|rma|tkt|ticket|ref|kl|klant|cust|cst|case)[-_]?"
    r"(?:\d{2,4}[-_])?\d{4,}|3s[a-z]{2,6}\d{6,12}|jvgl\d{10,}",
    re.IGNORECASE,
)
_PARCEL = re.compile(r"3S|JVGL", re.IGNORECASE)
_WITH_FORM = frozenset((PersonalData.CARD, PersonalData.BSN, PersonalData.IBAN))
_USERNAME = re.compile(
    r"\b(?:gebruikersnaam|inlognaam|username|user name|login|accountnaam)\b[ :=]{1,3}"
    r"(?:(?:is|was) )?[\"'“‘]?(?P<name>(?=[\w.-]{0,30}[^\W\d])[\w.-]{0,30}[\d_]"
    r"[\w-]{0,30})",
    re.IGNORECASE,
)
_LOGGED_IN = re.compile(
    r"\b(?:log(?:ged)? in as|sign(?:ed)? in as|inloggen als|ingelogd als|log in als|"
    r"geregistreerd als|registered as|bekend als|known as) [\"'“‘]?"
    r"(?P<name>(?=[\w.-]{0,30}[\d_])[^\W\d][\w.-]{2,30}(?<!\.))",
    re.IGNORECASE,
)
_USERNAME_ALONE = re.compile(
    r"\b(?:gebruikersnaam|inlognaam|username|user name|screen name|accountnaam|login)"
    r"(?: is| was|:| =|: is)? [\"'“‘]?(?P<name>[^\W\d][\w.-]{2,30}(?<!\.))"
    r"[\"'”’]?(?=[.,;!?)]|$| (?:en|and|maar|but|werkt|doet|wordt|is|does|was"
    r"|bestaat)\b)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d\d|\d{4})|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d"
)
# Letters and figures through each other: a booking, seldom a word.
_MIXED = re.compile(r"(?=.*\d.*\d)(?=.*(?:\d[A-Z]|[A-Z]-?\d+-))[A-Z\d][A-Z\d-]{5,20}")
_BOOKED = re.compile(r"(?=.*\d)(?=.*[A-Z].*[A-Z].*[A-Z])[A-Z\d]{6,8}")  # QK7PLM
_LETTERED = frozenset(("order_number", "customer_number"))
_FREE_LINE = re.compile(r"0(?:800|90[0-9])(?!\d{6})|000")  # lines everybody may call
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDED = re.compile(r"[,;:!?)]|\.?$|\. | (?:is|was|staat|werd|has|en|and)\b")
_NEXT_TO = 4  # figures right behind "bestelling"
_WITH_LETTERS = 5  # characters
_SURE, _LOOSE = 3, 5  # figures behind "bestelnummer", and behind a word that may count
_KINDS = {
    "order_number": PersonalData.ORDER,
    "customer_number": PersonalData.CUSTOMER,
    "number": PersonalData.CUSTOMER,
    "card_number": PersonalData.CARD,
    "bsn": PersonalData.BSN,
    "phone": PersonalData.PHONE,
    "iban": PersonalData.IBAN,
}


def find_references(text: str) -> Iterator[Redaction]:
    for match in _CODE.finditer(text):
        start, end = match.span()
        if counts_something(text, end):  # 12345 20 dagen
            end = match.start("more")
        kind = _kind(text, start, end)
        if kind is None and match["prefix"]:  # PNR X7K2LM
            start = match.end("prefix")
            kind = _kind(text, start, end)
        if kind is None:
            continue
        yield Redaction(start - (text[start - 1 : start] == "#"), end, kind)
        figures = _figures(match[0])
        while (more := _MORE.match(text, end)) and _is_like(more[1], figures):
            end = more.end()
            yield Redaction(more.start(1), end, kind)


def find_usernames(text: str) -> Iterator[Redaction]:
    lower = text.lower()
    for match in _LOGGED_IN.finditer(text) if "in a" in lower or "d a" in lower else ():
        yield Redaction(*match.span("name"), PersonalData.CUSTOMER)
    if not any(sign in lower for sign in ("naam", "name", "login")):
        return
    for match in _USERNAME.finditer(text):
        yield Redaction(*match.span("name"), PersonalData.CUSTOMER)
    for match in _USERNAME_ALONE.finditer(text):
        if match["name"].lower() not in _no_usernames():
            yield Redaction(*match.span("name"), PersonalData.CUSTOMER)


@cache
def _no_usernames() -> frozenset[str]:
    """What is said of a username in one word: "mijn gebruikersnaam klopt"."""
    return frozenset(
        load_lexicon("number_cues")["walk"]["not_usernames"].split()
    ).union(*(words.split() for words in load_lexicon("function_words").values()))


def find_booking_codes(text: str) -> Iterator[Redaction]:
    """Letters alone, behind a word that can mean nothing else: boekingscode QWRTPL."""
    for match in _LETTERS.finditer(text):
        cue = cue_before(text, match.start())
        if cue is not None and cue.is_strong and cue.kind in _LETTERED:
            yield Redaction(match.start(), match.end(), _KINDS[cue.kind])


def _kind(text: str, start: int, end: int) -> PersonalData | None:
    code = text[start:end]
    if _DATE.fullmatch(code) or counts_something(text, end):
        return None
    cue = _glued(code) or cue_beside(text, start, end)
    is_hashed = text[start - 1 : start] == "#"
    is_product = cue is not None and cue.kind == "product"
    if _FORMED.fullmatch(code) and not (is_product and not _PARCEL.match(code)):
        return PersonalData.ORDER
    if is_product:
        return None
    if cue is not None and cue.is_next and _is_short(text, code, end):
        return _KINDS.get(cue.kind)
    if cue is None or cue.kind == "number":
        return _uncalled(code, cue, is_hashed=is_hashed)
    return _called(code, cue, is_hashed=is_hashed)


def _is_short(text: str, code: str, end: int) -> bool:
    """Three figures right behind the word that count nothing: "ticket 991"."""
    return len(code) == _SURE and code.isdigit() and _ENDED.match(text, end) is not None


def _called(code: str, cue: Cue, *, is_hashed: bool) -> PersonalData | None:
    kind = _KINDS.get(cue.kind)
    if kind is PersonalData.PHONE and not _GLUED.fullmatch(code):
        return None
    is_long = _figures(code) >= _least(code, cue, is_hashed=is_hashed)
    is_booked = cue.is_next and cue.kind == "order_number" and _BOOKED.fullmatch(code)
    if not (is_long or is_booked or _MIXED.fullmatch(code)):
        return None
    is_count = _YEAR.fullmatch(code) or code.endswith("000")
    is_doubtful = kind in _WITH_FORM or is_count
    return kind if cue.is_strong or not is_doubtful else None


def _least(code: str, cue: Cue, *, is_hashed: bool) -> int:
    """How many figures a code has to have."""
    if cue.is_strong and not code.isdigit() and len(code) >= _WITH_LETTERS:
        return _SURE - 1  # klantcode VDB12
    if cue.is_strong or is_hashed or (cue.is_next and code[0].isalpha()):
        return _SURE
    return _NEXT_TO if cue.is_next else _LOOSE


def _glued(code: str) -> Cue | None:
    """klantnummer4711: the cue and its number in one."""
    found = _GLUED.fullmatch(code)
    return cue_before(f"{found[1]} ", len(found[1]) + 1) if found else None


def _uncalled(code: str, cue: Cue | None, *, is_hashed: bool) -> PersonalData | None:
    if _FREE_LINE.match(code):
        return None
    if is_hashed:
        is_long = _figures(code) >= (_LOOSE if code.isdigit() else _SURE)
        return PersonalData.ORDER if is_long else None
    if cue is not None and _figures(code) >= _LOOSE:
        return PersonalData.CUSTOMER
    return None


def _figures(code: str) -> int:
    return sum(map(str.isdigit, code))


def _is_like(code: str, figures: int) -> bool:
    return _figures(code) > 0 and abs(_figures(code) - figures) <= 1
