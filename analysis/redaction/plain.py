"""A text with plain spaces and dashes, as the rules read it, and the way back."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from analysis.redaction.records import Redaction

# What telephones and word processors write for a space, a dash, a figure.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-")
    | {chr(0xFF10 + figure): str(figure) for figure in range(10)}
    | {"\uff20": "@", "\uff0e": "."}
)
_WIDE = re.compile(r"(?<=[^\W_])  +(?=[^\W_])")  # a row of spaces in a number


def plain(text: str) -> str:
    """Each character for one: places in it are places in the text.

    >>> plain("06\u201112\u00a0345678")
    '06-12 345678'
    """
    return text if text.isascii() else text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where spaces were left out, and how many up to there."""

    places: tuple[int, ...]
    totals: tuple[int, ...]

    def widened(self, found: Redaction) -> Redaction:
        """What was found in the narrow text, at its place in the text itself."""
        start = self.totals[bisect_right(self.places, found.start)]
        end = self.totals[bisect_left(self.places, found.end)]
        return Redaction(found.start + start, found.end + end, found.kind)


def narrow(text: str) -> tuple[str, Gaps | None]:
    """The text with single spaces, and the way back where any were left out.

    >>> narrow("06  12   34")
    ('06 12 34', Gaps(places=(3, 6), totals=(0, 1, 3)))
    """
    if "  " not in text:
        return text, None
    pieces, places, totals, end = [], [], [0], 0
    for match in _WIDE.finditer(text):
        pieces.append(text[end : match.start() + 1])
        end = match.end()
        places.append(match.start() + 1 - totals[-1])
        totals.append(totals[-1] + match.end() - match.start() - 1)
    return "".join([*pieces, text[end:]]), Gaps(tuple(places), tuple(totals))
