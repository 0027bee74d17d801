"""Where a passage begins and ends: code points, half-open, whole characters.

The rules that every stored range obeys. A range is trimmed of white space and widened
to whole grapheme clusters, so that no accent is cut from its letter.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from survey_app.coding.models.codings import CONTEXT

_CLUSTER = regex.compile(r"\X")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LONGEST_CLUSTER = 64  # code points looked back for where a cluster begins


class InvalidPassageError(ValueError):
    """A range that is no passage; ``code`` is what the page is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of one version, with the words around it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def stored_text(text: str) -> str:
    r"""Line breaks as ``\n``, no byte order mark, no control characters.

    Nothing else is changed: positions and quotes are those of the researcher's text.

    >>> stored_text("\ufeffEen\r\ntwee\x00")
    'Een\ntwee'
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_TEXT.sub("", lines)


def passage_of(text: str, start: int, end: int) -> Passage:
    """The passage that is stored for a range somebody marked.

    >>> passage_of("Dat vond ik  fijn. ", 8, 19)
    Passage(start=9, end=18, quote='ik  fijn.', prefix='Dat vond ', suffix=' ')

    Raises ``InvalidPassageError``: ``out_of_range``, or ``empty_passage`` of
    white space alone.
    """
    if not 0 <= start < end <= len(text):
        raise InvalidPassageError("out_of_range")
    marked = text[start:end]
    if not marked.strip():
        raise InvalidPassageError("empty_passage")
    start += len(marked) - len(marked.lstrip())
    end -= len(marked) - len(marked.rstrip())
    start, end = _cluster_start(text, start), _cluster_end(text, end)
    return Passage(
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def folded(name: str) -> str:
    """By which two names are the same: composed, without case, white space as one.

    >>> folded("  Lange  Wachttijd ") == folded("lange wachttijd")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _cluster_start(text: str, position: int) -> int:
    for start, end in _clusters_around(text, position):
        if start <= position < end:
            return start
    return position


def _cluster_end(text: str, position: int) -> int:
    for start, end in _clusters_around(text, position):
        if start < position <= end:
            return end
    return position


def _clusters_around(text: str, position: int) -> Iterator[tuple[int, int]]:
    """From a place before it where a cluster surely begins."""
    begin = max(0, position - _LONGEST_CLUSTER)
    line = text.rfind("\n", begin, position)
    for cluster in _CLUSTER.finditer(text, begin if line < 0 else line):
        yield cluster.span()
