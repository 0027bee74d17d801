"""Replaces personal data by […] and moves spans of the text along."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analysis.redaction.finding import find_personal_data
from analysis.redaction.records import Redaction

PLACEHOLDER = "[…]"
_ROUNDS = 4  # what stood beside something replaced may show only then


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data, and where given spans of it went."""

    text: str
    spans: tuple[tuple[int, int], ...]


def redact(text: str, spans: Sequence[tuple[int, int]] = ()) -> Redacted:
    """The text with […] for personal data; half-open spans are moved along.

    A span that begins or ends inside personal data takes in the whole placeholder.

    >>> redact("mail jan@voorbeeld.nl of bel", [(0, 4), (25, 28)])
    Redacted(text='mail […] of bel', spans=((0, 4), (12, 15)))
    """
    redacted = Redacted(text, tuple(spans))
    for _ in range(_ROUNDS):
        found = find_personal_data(redacted.text)
        if not found:
            break
        redacted = _replace(redacted, found)
    return redacted


def _replace(redacted: Redacted, found: Sequence[Redaction]) -> Redacted:
    text = redacted.text
    pieces = [text[: found[0].start]]
    for redaction, following in zip(found, (*found[1:], None), strict=True):
        until = following.start if following else len(text)
        pieces += [PLACEHOLDER, text[redaction.end : until]]
    starts = list(accumulate(map(len, pieces), initial=0))[1:-1:2]
    moved = tuple(
        (_move(a, found, starts, 0), _move(b, found, starts, len(PLACEHOLDER)))
        for a, b in redacted.spans
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
