"""Reads a transcript: plain text in which each turn starts with ``Name: ``."""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

TURN = re.compile(r"^(?P<label>[^\s:][^:\n]{0,59}):[ \t]+(?=\S)", re.MULTILINE)
INTERVIEWER = re.compile(
    r"^(interviewe?r|interviewster|onderzoeker|researcher|moderator|i|q)(\s*\d+)?$",
    re.IGNORECASE,
)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
OTHER_FILES = (b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")  # PDF, Word
BYTE_ORDER_MARK = "\ufeff"
SHORT_NAME, LONG_NAME = 2, 4  # words


class UnreadableTranscriptError(ValueError):
    """A text that is no interview as we know them: the message says what to do."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """One speaker's go: ``text[start:end]``, without the name before it."""

    speaker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Transcript:
    text: str
    turns: tuple[SpokenTurn, ...]
    encoding: str

    @property
    def speakers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))


def read_transcript(data: bytes) -> Transcript:
    r"""Decode, clean and cut a transcript; positions are code points of its text.

    >>> read_transcript(b"Interviewer: Hoe ging het?\nAnna: Prima.\n").turns[1]
    SpokenTurn(speaker='Anna', start=33, end=39)
    """
    raw, encoding = _decode(data)
    text = _clean(raw)
    if not text.strip():
        raise UnreadableTranscriptError("the file is empty")
    turns = tuple(_turns(text))
    if not turns:
        raise UnreadableTranscriptError(
            "no speaker turns found: start each turn on a new line with the speaker's"
            " name and a colon, such as 'Interviewer: How did you find us?'"
        )
    return Transcript(text, turns, encoding)


def is_interviewer(label: str) -> bool:
    return INTERVIEWER.match(label) is not None


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data.startswith(OTHER_FILES) or b"\0" in data:
        raise UnreadableTranscriptError(
            "this is no text file; open it and save it as plain text (UTF-8)"
        )
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise UnreadableTranscriptError(
        "the file is neither UTF-8 nor Windows-1252 text; save it as plain text (UTF-8)"
    )


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", lines.replace(BYTE_ORDER_MARK, "").replace("\t", " "))


def _turns(text: str) -> list[SpokenTurn]:
    matches = list(TURN.finditer(text))
    times = Counter(match["label"].strip() for match in matches)
    starts = [match for match in matches if _names_a_speaker(match, times)]
    ends = [*(match.start() for match in starts), len(text)][1:]
    turns = []
    for match, end in zip(starts, ends, strict=True):
        words = text[match.end() : end].rstrip()
        stop = match.end() + len(words)
        turns.append(SpokenTurn(match["label"].strip(), match.end(), stop))
    return turns


def _names_a_speaker(match: re.Match[str], times: Mapping[str, int]) -> bool:
    """A name is short or comes back; "En toen dacht ik: laat maar" is neither."""
    label = match["label"].strip()
    words = len(label.split())
    return words <= SHORT_NAME or (words <= LONG_NAME and times[label] > 1)
