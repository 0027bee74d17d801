"""Numbers of orders and parcels that their form alone tells."""

import re
from collections.abc import Iterator

from stdnum import ean

from analysis.redaction.cues import OUTSIDE, counts_something, cue_beside
from analysis.redaction.name_lists import name_cues
from analysis.redaction.records import PersonalData, Redaction

# Letters and many figures: ZX81-004417, NL-2024-00918, TBA123456789012.
_MIXED = re.compile(
    r"(?<![\w€$£@+./-])(?=[A-Z\d]{0,12}[A-Z])[A-Z\d]{1,24}"
    r"(?:[-/.][A-Z\d]{1,16}){0,5}(?![\w@%]|[-/.,]\w)"
)
_PARCEL = re.compile(r"(?<!\w)[A-Z]{2}(?: ?\d){9} ?[A-Z]{2}(?!\w)")  # LX991203445NL
_ROW = re.compile(OUTSIDE + r"(?<!/)\d{7,20}(?![\w%]|[.,/-]\d)")
_STEPS = re.compile(
    OUTSIDE + r"(?:\d{3}-\d{7}-\d{7}|\d{4,5}(?: \d{4,5}){2,5}(?: \d{1,3})?)(?![\w-])"
)
_SIGNS = re.compile(r"\d{4}|\d\d[-/.]\d\d|\d{3} \d{3}")
_FIGURES, _RUN, _GLUED = 6, 4, 6
# Norms, amounts, updates, models such as HD7769/00.
_OTHER = re.compile(
    r"(?:ISO|EN|DIN|NEN|NBN|IEC|KB|CVE|EUR|USD|GBP|SN|SKU|EAN|ISBN|ART|LOT|RAL|IP)"
    r"[-/]?\d.*|[A-Z]{2,3}\d{4}/\d\d|[A-Z]{2}\d\d[A-Z]{4}\d+|.*(?:JAN|FEB|MRT|MAR|APR|MEI|MAY|JUN|JUL|AUG|SEP"
    r"|OKT|OCT|NOV|DEC).*"
)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
    r"|(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)
_LINE = re.compile(r"0(?:800|900|90[69]|3|8)\d+|000\d*|\d+000")  # firms', round ones
_BEFORE = re.compile(r"[\w'’&-]+(?=\W)")
_NEAR = 40  # characters before a code in which a brand tells a model


def find_codes(text: str) -> Iterator[Redaction]:
    if not _SIGNS.search(text):
        return
    for pattern in (_PARCEL, _STEPS):
        for match in pattern.finditer(text):
            yield Redaction(match.start(), match.end(), PersonalData.ORDER)
    for match in _MIXED.finditer(text):
        if _is_code(match[0]) and not _is_thing(text, match):
            yield Redaction(match.start(), match.end(), PersonalData.ORDER)
    for match in _ROW.finditer(text):
        if _is_row(match[0]) and not _is_thing(text, match):
            yield Redaction(match.start(), match.end(), PersonalData.ORDER)


def _is_code(code: str) -> bool:
    figures = sum(map(str.isdigit, code))
    if figures < _FIGURES or figures == len(code) or _OTHER.fullmatch(code):
        return False
    longest = max(map(len, re.findall(r"\d+", code)))
    return longest >= (_GLUED if code.isalnum() else _RUN)


def _is_row(figures: str) -> bool:
    is_other = _DATE.fullmatch(figures) or _LINE.fullmatch(figures)
    return not (is_other or ean.is_valid(figures))


def _is_thing(text: str, match: re.Match[str]) -> bool:
    """An article, an amount, the model of a brand."""
    cue = cue_beside(text, *match.span())
    if cue is not None and cue.kind == "product":
        return True
    before = text[max(0, match.start() - _NEAR) : match.start()].lower()
    brands = name_cues().brand_words
    is_model = not brands.isdisjoint(_BEFORE.findall(before))
    return counts_something(text, match.end()) or (is_model and not match[0].isdigit())
