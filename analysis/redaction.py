"""Personal data in free text: found by their form, replaced by […].

Finds e-mail addresses, phone numbers as written in the Netherlands, Belgium and
internationally, and bank account numbers (IBAN, ISO 13616, with its check digits).
Names and addresses have no form of their own and are not found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

PLACEHOLDER = "[…]"

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(
    r"(?<![\w.,+-])(?:(?:\+|00)[1-9]\d{0,2}|0)(?:[ ./-]{0,2}(?:\(0\))?\d){7,13}(?!\d)"
)
_DATE = re.compile(r"\d{1,2}([ ./-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ .]?[a-z0-9]){11,30}", re.IGNORECASE)
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FR": 27, "GB": 22,
    "IE": 22, "IT": 27, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}  # fmt: skip


class PersonalData(StrEnum):
    EMAIL = "email"
    IBAN = "iban"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal data at ``text[start:end]``."""

    start: int
    end: int
    kind: PersonalData


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data, and where given spans of it went."""

    text: str
    spans: tuple[tuple[int, int], ...]


def find_personal_data(text: str) -> tuple[Redaction, ...]:
    """Personal data in reading order, none overlapping.

    >>> [(r.kind.value, r.start, r.end) for r in find_personal_data("bel 06-12345678")]
    [('phone', 4, 15)]
    """
    found: list[Redaction] = []
    for redaction in (*_emails(text), *_ibans(text), *_phones(text)):
        if all(
            redaction.end <= other.start or other.end <= redaction.start
            for other in found
        ):
            found.append(redaction)
    return tuple(sorted(found, key=lambda redaction: redaction.start))


def redact(text: str, spans: Sequence[tuple[int, int]] = ()) -> Redacted:
    """The text with […] for personal data; half-open spans are moved along.

    A span that begins or ends inside personal data takes in the whole placeholder.

    >>> redact("mail jan@voorbeeld.nl of bel", [(0, 4), (25, 28)])
    Redacted(text='mail […] of bel', spans=((0, 4), (12, 15)))
    """
    found = find_personal_data(text)
    if not found:
        return Redacted(text, tuple(spans))
    pieces = [text[: found[0].start]]
    for redaction, following in zip(found, (*found[1:], None), strict=True):
        until = following.start if following else len(text)
        pieces += [PLACEHOLDER, text[redaction.end : until]]
    starts = list(accumulate(map(len, pieces), initial=0))[1:-1:2]
    moved = tuple(
        (_move(a, found, starts, 0), _move(b, found, starts, len(PLACEHOLDER)))
        for a, b in spans
    )
    return Redacted("".join(pieces), moved)


def _move(
    offset: int, found: Sequence[Redaction], starts: Sequence[int], inside: int
) -> int:
    moved = offset
    for redaction, start in zip(found, starts, strict=True):
        if redaction.start < offset < redaction.end:
            return start + inside
        if redaction.end <= offset:
            moved = start + len(PLACEHOLDER) + offset - redaction.end
    return moved


def _emails(text: str) -> Iterator[Redaction]:
    for match in _EMAIL.finditer(text):
        yield Redaction(match.start(), match.end(), PersonalData.EMAIL)


def _phones(text: str) -> Iterator[Redaction]:
    for match in _PHONE.finditer(text):
        if not _DATE.match(match.group()):
            yield Redaction(match.start(), match.end(), PersonalData.PHONE)


def _ibans(text: str) -> Iterator[Redaction]:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2].upper(), 0)
        places = [i for i, char in enumerate(match.group()) if char.isalnum()]
        if 0 < length <= len(places):
            end = places[length - 1] + 1
            if _is_iban("".join(filter(str.isalnum, match.group()[:end]))):
                yield Redaction(match.start(), match.start() + end, PersonalData.IBAN)


def _is_iban(number: str) -> bool:
    """ISO 7064 MOD 97-10: letters count from ten, the first four go last."""
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1
