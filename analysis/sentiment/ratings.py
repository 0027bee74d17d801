"""Marks that people give in figures: "10/10", "4 sterren", "een 3", "cijfer 8"."""

from collections.abc import Iterator

import regex
from spacy.tokens import Doc

_OUT_OF = regex.compile(
    r"(?<![\d.,/])(?P<mark>\d{1,2}(?:[.,]\d)?)\s*"
    r"(?:/|van de|uit|op de|out of|op)\s*"
    r"(?P<scale>5|10|100|vijf|tien|five|ten)(?![\d/])",
    regex.IGNORECASE,
)
_STARS = regex.compile(
    r"(?<![\d.,-])(?P<mark>[0-5](?:[.,]\d)?|een|één|one|nul|zero|twee|two|drie|three|vier|four|vijf|five)"
    r"\s*-?\s*(?:sterren|ster|stars?|\*)(?!\s*-?(?:hotel|restaurant|zaak|chef|kok))\b",
    regex.IGNORECASE,
)
_GRADE = regex.compile(
    r"(?:cijfer|score|rapportcijfer|geef|give|rating|rate|verdient|krijgt|krijgen|scoort|beoordeling|waardering)\W+"
    r"(?:(?:is|van|of|it|an?|een|het|jullie|ze|ik|hem|u|je|de|dit|them|you|this|dikke|mager|magere|ruime|dik|solid)\W+){0,4}"
    r"(?P<mark>\d{1,2}(?:[.,]\d)?)(?![\d/]|\s*(?:%|euro|keer|x\b|dagen|minuten|uur|sterren|stars?|punten))",
    regex.IGNORECASE,
)
_ALONE = regex.compile(
    r"^\W*(?:(?:een|an?|dikke|ruime|magere|mager|solid|kleine|nette)\s+)+(?P<mark>\d{1,2}(?:[.,]\d)?)\W*$",
    regex.IGNORECASE,
)
_NUMBERS = {
    "nul": 0, "zero": 0, "een": 1, "één": 1, "one": 1, "twee": 2, "two": 2,
    "drie": 3, "three": 3, "vier": 4, "four": 4, "vijf": 5, "five": 5,
    "tien": 10, "ten": 10,
}  # fmt: skip
_TOP_MARK = 10.0
_MIDDLE = 6.0  # a bare pass


def find_ratings(doc: Doc) -> Iterator[tuple[int, int, float]]:
    """Token ranges that hold a mark, with its score from -1 (lowest) to +1 (highest).

    >>> from analysis.language import make_tokenizer
    >>> from analysis.records import Language
    >>> list(find_ratings(make_tokenizer(Language.DUTCH)("10/10")))
    [(0, 1, 0.9)]
    """
    text = doc.text
    if not any(map(str.isdigit, text)) and "ster" not in text and "star" not in text:
        return
    end = 0
    for start, stop, mark in sorted(_marks(text)):
        span = doc.char_span(start, stop, alignment_mode="expand")
        if span is not None and start >= end and 0 <= mark <= _TOP_MARK:
            end = stop
            yield span.start, span.end, score_of_mark(mark)


def _marks(text: str) -> Iterator[tuple[int, int, float]]:
    for match in _OUT_OF.finditer(text):
        scale = _number(match["scale"])
        yield match.start(), match.end(), _number(match["mark"]) / scale * _TOP_MARK
    for match in _STARS.finditer(text):
        # One star of five is the lowest mark there is.
        yield match.start(), match.end(), (_number(match["mark"]) - 1) / 4 * _TOP_MARK
    for pattern in (_GRADE, _ALONE):
        for match in pattern.finditer(text):
            yield match.start("mark"), match.end("mark"), _number(match["mark"])


def _number(text: str) -> float:
    known = _NUMBERS.get(text.lower())
    return float(text.replace(",", ".")) if known is None else float(known)


def score_of_mark(mark: float) -> float:
    """The score of a mark out of ten; six is a bare pass, as in Dutch schools.

    >>> [round(score_of_mark(mark), 2) for mark in (1, 5, 6, 8, 10)]
    [-0.9, -0.25, 0.0, 0.45, 0.9]
    """
    if mark >= _MIDDLE:
        return 0.9 * (mark - _MIDDLE) / (_TOP_MARK - _MIDDLE)
    return max(-0.9, -0.25 - 0.1625 * (_MIDDLE - 1 - mark))
