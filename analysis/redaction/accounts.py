"""Numbers with check digits: bank accounts, cards, citizens."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.be import nn
from stdnum.nl import bsn

from analysis.redaction.cues import OUTSIDE, Cue, cue_before, cue_beside
from analysis.redaction.records import PersonalData, Redaction

_OLD_ACCOUNT = re.compile(r"\d\d\.\d\d\.\d\d\.\d{3}")
_IBAN = re.compile(
    r"(?<!\w)[a-z]{2}[ .-]?\d{2}(?:[ .-]?[a-z0-9]){11,30}", re.IGNORECASE
)
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FR": 27, "GB": 22,
    "IE": 22, "IT": 27, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}  # fmt: skip
# Forms so much their own that a typing error in them is one in an account.
_IBAN_FORM = re.compile(r"NL\d\d[A-Z]{4}\d{10}|GB\d\d[A-Z]{4}\d{14}|BE\d{14}")
_SORT_CODE = re.compile(r"(?<![\w-])\d\d-\d\d-\d\d[ ,/]{0,3}(?:\w{1,10} ){0,3}\d{8}\b")
_SORT_CALLED = re.compile(
    r"\bsort(?:[ -]?code)?\b[^\d\n.!?]{0,15}(?P<code>\d\d[ -]?\d\d[ -]?\d\d)\b"
    r"(?P<account>[^\d\n.!?]{1,25}\d{8}\b)?",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(OUTSIDE + r"\d(?:[ .-]?\d){5,11}(?![\w%]|[.,]\d)")

_CARD = re.compile(OUTSIDE + r"\d(?:[ .-]?\d){12,18}(?![\w%]|[.,-]\d)")
_CARD_PART = re.compile(
    OUTSIDE + r"(?:\.{2,3}|…)?(?:[x*•]{1,4}[ -]?){0,3}\d{3,4}(?![\w%]|[.,]\d)"
)
_STARRED = re.compile(
    r"(?<![\w*])(?<!\d-)(?=[\d -]{0,18}[xX*•]{2})[\dxX*•]{4}"
    r"(?:[ -]?[\dxX*•]{4}){1,3}(?![\w*])"
)
_GROUPED = re.compile(
    r"\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ .-])\d{6}\2\d{5}"
)
_CARD_LENGTHS = {"2": (16,), "3": (14, 15), "4": (16, 19), "5": (16,), "6": (16, 19)}
# Behind these three or four figures are part of a card's number, or its secret.
_CARD_SIGNS = re.compile(
    r"(?:\b(?:laatste (?:vier|4)|last (?:four|4)|(?:laatste|eind|last|final) ?"
    r"(?:cijfers|digits))\b[^.!?\n\d]{0,20}"
    r"(?:card|kaart|pas)\w*|\b(?:cvc|cvv|pin-?code|pin)\b"
    r"|(?:card|kaart|pas|visa|mastercard)\w*[^.!?\n\d]{0,30}"
    r"(?:ending|ends|ended|eindigend|eindigt|eindigde|eindcijfers|laatste (?:vier|4"
    r"|cijfers)|last (?:four|4|digits)|begint|starting|starts|begins)\b)"
    r"[^.!?\n\d]{0,25}$",
    re.IGNORECASE,
)

# "last four digits 6621 of my card"; a star or a cross tells as much: "visa *4821".
_LAST = re.compile(
    r"\b(?:laatste (?:vier|4)|last (?:four|4)|eindcijfers)\b[^.!?\n\d]{0,15}$",
    re.IGNORECASE,
)
_OF_CARD = re.compile(
    r"[ )]{1,2}(?:of|on|van|op) (?:[^\W\d_]{1,12} ){0,2}[^\W\d_]{0,12}"
    r"(?:card|kaart|pas|visa|mastercard)\b",
    re.IGNORECASE,
)
_COVERED = re.compile(
    r"(?:card|kaart|pas|visa|mastercard|amex)\b[^.!?\n\d]{0,20}$", re.IGNORECASE
)

_CITIZEN = re.compile(OUTSIDE + r"\d(?:[ .-]?\d){7,8}(?![\w%]|[.,-]?\d)")
_BELGIAN = re.compile(OUTSIDE + r"\d\d[. ]?\d\d[. ]?\d\d[- .]?\d{3}[-. ]?\d\d(?!\w)")
_BELGIAN_FORM = re.compile(r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d")
_BRITISH = re.compile(
    r"(?<!\w)[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)",
    re.IGNORECASE,
)
_BRITISH_LETTERS = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")
_OTHERS = frozenset(("product", "order_number", "customer_number", "phone", "iban"))


def find_accounts(text: str) -> Iterator[Redaction]:
    for match in _IBAN.finditer(text):
        end = match.start() + _iban_length(match[0])
        cue = cue_before(text, match.start()) if end == match.start() else None
        if cue is not None and cue.kind == "iban" and cue.is_strong:
            end = match.end()  # with a figure too few
        if end > match.start():
            yield Redaction(match.start(), end, PersonalData.IBAN)
    for match in _SORT_CODE.finditer(text):
        yield Redaction(match.start(), match.end(), PersonalData.IBAN)
    for match in _SORT_CALLED.finditer(text):
        yield Redaction(match.start("code"), match.end(), PersonalData.IBAN)
    for match in _ACCOUNT.finditer(text):
        cue = cue_beside(text, *match.span())
        if cue is not None and cue.kind == "iban" and _is_account(cue, match[0]):
            yield Redaction(match.start(), match.end(), PersonalData.IBAN)


def _is_account(cue: Cue, number: str) -> bool:
    """A bill ("rekening") seldom has the dots of a bank account of old."""
    return cue.is_strong or _OLD_ACCOUNT.fullmatch(number) is not None


def _iban_length(found: str) -> int:
    """How many of the characters are an account number; 0 for none."""
    places = [place for place, char in enumerate(found) if char.isalnum()]
    length = _IBAN_LENGTHS.get(found[:2].upper(), 0)
    if not 0 < length <= len(places):
        return 0
    end = places[length - 1] + 1
    number = "".join(filter(str.isalnum, found[:end])).upper()
    is_account = _IBAN_FORM.fullmatch(number) or iban.is_valid(number)
    return end if is_account else 0


def find_cards(text: str) -> Iterator[Redaction]:
    for match in _CARD.finditer(text):
        if _is_card(text, match):
            yield Redaction(match.start(), match.end(), PersonalData.CARD)
    for match in _STARRED.finditer(text):
        yield Redaction(match.start(), match.end(), PersonalData.CARD)
    for match in _CARD_PART.finditer(text):
        if _is_card_part(text, match):
            yield Redaction(match.start(), match.end(), PersonalData.CARD)


def _is_card_part(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    if _CARD_SIGNS.search(before):
        return True
    if not match[0].isdigit() and _COVERED.search(before):
        return True
    return bool(_LAST.search(before) and _OF_CARD.match(text, match.end()))


def _is_card(text: str, match: re.Match[str]) -> bool:
    cue = cue_beside(text, *match.span())
    if cue is not None and cue.kind in _OTHERS:
        return False
    if (cue is not None and cue.kind == "card_number") or _GROUPED.fullmatch(match[0]):
        return True
    number = re.sub(r"\D", "", match[0])
    lengths = _CARD_LENGTHS.get(number[0], ())
    is_usual = len(number) == _CARD_LENGTHS["5"][0] and number[0] in "45"
    return is_usual or (len(number) in lengths and luhn.is_valid(number))


def find_citizen_numbers(text: str) -> Iterator[Redaction]:
    for pattern, is_valid in _CITIZENS:
        for match in pattern.finditer(text):
            cue = cue_beside(text, *match.span())
            is_told = cue is not None and cue.kind == "bsn"
            is_other = cue is not None and cue.kind in _OTHERS
            if is_told or (not is_other and is_valid(match[0])):
                yield Redaction(match.start(), match.end(), PersonalData.BSN)


def _is_bsn(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return len(digits) == len("123456782") and bool(bsn.is_valid(digits))


def _is_belgian(number: str) -> bool:
    return _BELGIAN_FORM.fullmatch(number) is not None or bool(nn.is_valid(number))


def _is_british(number: str) -> bool:
    return _BRITISH_LETTERS.match(number) is not None


_CITIZENS = ((_CITIZEN, _is_bsn), (_BELGIAN, _is_belgian), (_BRITISH, _is_british))
