"""WebVTT and SubRip, as tolerant as those who write them are careless."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from survey_app.interviews.reading.cleaning import clean
from survey_app.interviews.reading.document import Block, Kind, Mark, ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.encodings import decode
from survey_app.interviews.reading.labels import (
    counted_names,
    first_label,
    milliseconds,
)
from survey_app.interviews.reading.speakers import fold

_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-{{1,2}}>[ \t]*({_TIME})(?![\d:])")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]*)>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<[\d:.,]{4,}>|\{\\[^{}\n]*\}")


@dataclass(frozen=True, slots=True)
class Dialect:
    apart: re.Pattern[str]  # begins what is not said
    identifier: re.Pattern[str]  # of a cue, on the line before its times


WEB_VTT = Dialect(re.compile(r"(NOTE|STYLE|REGION|WEBVTT)(?!\S)"), re.compile(r".*"))
SUB_RIP = Dialect(re.compile(r"(?!)"), re.compile(r"\s*\d+\s*"))


@dataclass(slots=True)
class Cue:
    start: int
    end: int
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker says in one cue."""

    speaker: str | None
    text: str
    start: int
    end: int


def read_vtt(data: bytes, choices: ReadingChoices) -> Draft:
    return _read(data, choices, WEB_VTT)


def read_srt(data: bytes, choices: ReadingChoices) -> Draft:
    return _read(data, choices, SUB_RIP)


def _read(data: bytes, choices: ReadingChoices, dialect: Dialect) -> Draft:
    raw, encoding = decode(data, chosen=choices.encoding)
    draft = Draft(choices.max_characters, encoding, is_cut=True)
    text = clean(raw, draft.dropped)
    cues = sorted(_cues(text, draft, dialect), key=lambda cue: cue.start)
    said = [each for cue in cues for each in _voices(cue)]
    if all(each.speaker is None for each in said):
        said = _by_labels(said, choices)
    _put_down(said, draft, choices.longest_pause_ms)
    draft.kept["cues"] = len(cues)
    return draft


def _cues(text: str, draft: Draft, dialect: Dialect) -> list[Cue]:
    """A cue begins with its times; a line before them is its name or number.

    What stands loose between cues belongs to the one before: some write empty lines
    inside a cue.
    """
    cues: list[Cue] = []
    is_apart = False
    lines = text.split("\n")
    timings = [TIMING.match(line) if "->" in line else None for line in lines]
    for number, line in enumerate(lines):
        timing = timings[number]
        after_blank = number == 0 or not lines[number - 1].strip()
        if timing is not None:
            cues.append(_cue(timing, draft))
            is_apart = False
        elif after_blank and dialect.apart.match(line):
            is_apart = True
            draft.dropped["subtitle_notes"] += not line.startswith("WEBVTT")
        elif not line.strip():
            is_apart = False
        elif not is_apart and not (
            _is_before_times(timings, number) and _is_identifier(lines, number, dialect)
        ):
            if cues:
                cues[-1].lines.append(line.strip())
            else:
                draft.dropped["lines_before_first_cue"] += 1
    return cues


def _is_before_times(timings: list[re.Match[str] | None], number: int) -> bool:
    return number + 1 < len(timings) and timings[number + 1] is not None


def _is_identifier(lines: list[str], number: int, dialect: Dialect) -> bool:
    """A number, or in some dialects anything behind an empty line."""
    line = lines[number].strip()
    is_first = number == 0 or not lines[number - 1].strip()
    return line.isdecimal() or (is_first and bool(dialect.identifier.fullmatch(line)))


def _cue(timing: re.Match[str], draft: Draft) -> Cue:
    start, end = milliseconds(timing[1]), milliseconds(timing[2])
    if end < start:
        draft.dropped["ends_before_start"] += 1
    return Cue(start, max(start, end))


def _voices(cue: Cue) -> Iterator[Said]:
    """Each `<v Name>` and what follows it; before the first nobody is named."""
    parts = VOICE.split("\n".join(cue.lines))
    for name, words in zip([None, *parts[1::2]], parts[::2], strict=True):
        if text := _plain(words):
            yield Said(_plain(name) if name else None, text, cue.start, cue.end)


def _plain(text: str) -> str:
    return " ".join(clean(html.unescape(TAG.sub("", text))).split())


def _by_labels(said: list[Said], choices: ReadingChoices) -> list[Said]:
    """`Name:` at the beginning of a cue; those without go on with the one before."""
    labels = [first_label(each.text) for each in said]
    names = counted_names([x.name for x in labels if x is not None], choices)
    found: list[Said] = []
    speaker: str | None = None
    for each, label in zip(said, labels, strict=True):
        text = each.text
        if label is not None and fold(label.name) in names:
            speaker, text = label.name, text[label.end :]
        if text:
            found.append(Said(speaker, text, each.start, each.end))
    return found


def _put_down(said: list[Said], draft: Draft, longest_pause_ms: int) -> None:
    """Cues of one speaker as one turn, while the pause between them is short."""
    for each in said:
        last = draft.blocks[-1] if draft.blocks else None
        goes_on = (
            last is not None
            and fold(last.speaker or "") == fold(each.speaker or "")
            and each.start - (last.t_end_ms or 0) <= longest_pause_ms
        )
        if draft.length:
            draft.write(" " if goes_on else "\n")
        start = draft.length
        draft.write(each.text)
        draft.marks.append(Mark(start, each.start))
        end, t_start, t_end = draft.length, each.start, each.end
        if goes_on and last is not None:
            draft.blocks.pop()
            start, t_start = last.start, last.t_start_ms or 0
            t_end = max(t_end, last.t_end_ms or 0)
        kind: Kind = "paragraph" if each.speaker is None else "turn"
        draft.blocks.append(Block(start, end, kind, each.speaker, t_start, t_end))
