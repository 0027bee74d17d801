"""Names before what is said: `Anna: …`, `[00:01:23] Anna: …`, or a line with a time.

A sentence with a colon looks the same, so a name has to come back, to tell of a part
("Interviewer"), or to stand in a text in which everything begins with a name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from survey_app.interviews.reading.document import Block, ReadingChoices
from survey_app.interviews.reading.names import NO_BEGINNINGS, NO_NAMES
from survey_app.interviews.reading.speakers import fold, is_part

TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
# Possessive throughout: a line of a million spaces is looked at once.
_NAME = r"(?P<name>[^\W\d_][^:：*\n\t\[\]<>{}|=]{0,62}?)"
_BEFORE = rf"(?:[\[(<]?[ \t]*+(?P<before>{TIME})[ \t]*+[\])>]?[ \t]*+[-–]?[ \t]*+)?+"
_BOLD = r"(?:\*\*|__)?+"
LABEL = re.compile(
    rf"^[ \t]*+{_BEFORE}{_BOLD}\[?+{_NAME}\]?+[ \t]*+"
    rf"(?:[\[(][ \t]*+(?P<after>{TIME})[ \t]*+[\])][ \t]*+)?+"
    rf"{_BOLD}[ \t]*+[:：]{_BOLD}(?!//)(?:[ \t]++|(?=\n|\Z)|(?=[^\W\d_]))",
    re.MULTILINE,
)
# As meeting tools write it: the name and the moment, and below it what is said.
HEADER = re.compile(
    rf"^[ \t]*+\[?+{_NAME}\]?+[ \t]++[\[(]?+(?P<after>{TIME})[\])]?+[ \t]*+(?=\n|\Z)",
    re.MULTILINE,
)
LONGEST_SENTENCE = 6  # words in a name
LONGEST_ONCE = 2  # in one that is not seen again
SENTENCE = re.compile(r"[!?;…“”\"]|\w{4}\.\s")


@dataclass(frozen=True, slots=True)
class Label:
    name: str
    start: int
    end: int  # where what is said begins
    t_ms: int | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Those that count, and which of them were seen only once and tell of no part."""

    found: tuple[Label, ...] = ()
    once: tuple[str, ...] = ()


def find_labels(
    text: str, blocks: Sequence[Block], choices: ReadingChoices, end: int
) -> Labels:
    """Names in paragraphs before `end`; headings hold none."""
    spoken = [x for x in blocks if x.kind != "heading" and x.start < end]
    labels = [label for block in spoken for label in _in_block(text, block)]
    sure = counted_names([label.name for label in labels], choices)
    refused = {fold(name) for name in choices.not_speakers}
    once: dict[str, str] = {}
    if _all_begin_with_one(text, spoken, labels):
        for label in labels:
            short = len(label.name.split()) <= LONGEST_ONCE
            if short and _may_be_a_name(label.name):
                once[fold(label.name)] = label.name
    once = {name: shown for name, shown in once.items() if name not in sure | refused}
    found = [label for label in labels if fold(label.name) in sure | once.keys()]
    return Labels(tuple(found), tuple(once.values()))


def counted_names(names: Sequence[str], choices: ReadingChoices) -> set[str]:
    """Folded: those that come back, tell of a part, or were given."""
    given = {fold(name) for name in (*choices.speakers, *choices.roles)}
    refused = {fold(name) for name in choices.not_speakers}
    times = Counter(fold(name) for name in names if _may_be_a_name(name))
    counted = {name for name, count in times.items() if count > 1 or is_part(name)}
    return (counted | given) - refused


def first_label(text: str) -> Label | None:
    """The name at the very beginning; whether it counts shows later."""
    found = LABEL.match(text)
    return None if found is None else _label(found)


def cut(blocks: Sequence[Block], labels: Labels, end: int) -> list[Block]:
    """Turns from each name to the next; a heading and the notes at the end stop one."""
    left = list(reversed(labels.found))
    cut_blocks: list[Block] = []
    turn: Block | None = None
    for block in blocks:
        if block.kind == "heading" or block.start >= end:
            turn = None
        for piece in _pieces(block, left):
            if piece.speaker is None and turn is not None:
                turn = replace(turn, end=piece.end)
                cut_blocks[-1] = turn
                continue
            turn = piece if piece.speaker is not None else None
            cut_blocks.append(piece)
    return cut_blocks


def milliseconds(time: str) -> int:
    """Of ``1:02:03.5``, ``02:03``.

    >>> milliseconds("1:02:03,5"), milliseconds("02:03")
    (3723500, 123000)
    """
    clock, _point, rest = time.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(rest.ljust(3, "0")[:3] or 0)


def _pieces(block: Block, left: list[Label]) -> Iterator[Block]:
    """A block cut before each name in it; `left` is used up from behind."""
    current = block
    while left and left[-1].start < block.end:
        label = left.pop()
        if current.start < label.start:
            yield replace(current, end=label.start)
        current = Block(
            label.start,
            block.end,
            "turn",
            label.name,
            label.t_ms,
            label_length=label.end - label.start,
        )
    yield current


def _in_block(text: str, block: Block) -> Iterator[Label]:
    """Both ways of writing, in their order; the pattern needs the line's beginning."""
    begin = text.rfind("\n", 0, block.start) + 1
    found = [*LABEL.finditer(text, begin, block.end)]
    found += HEADER.finditer(text, begin, block.end)
    yield from map(_label, sorted(found, key=lambda each: each.start()))


def _label(found: re.Match[str]) -> Label:
    groups = found.groupdict()
    time = groups.get("before") or groups.get("after")
    start = found.end() - len(found[0].lstrip())
    name = found["name"].strip().removesuffix("__")
    return Label(name, start, found.end(), milliseconds(time) if time else None)


def _may_be_a_name(name: str) -> bool:
    folded = fold(name)
    words = folded.split()
    if not words or folded in NO_NAMES or words[0].rstrip(".") in {"http", "https"}:
        return False
    if len(words) > 1 and words[0] in NO_BEGINNINGS:
        return False
    return len(words) <= LONGEST_SENTENCE and SENTENCE.search(name) is None


def _all_begin_with_one(
    text: str, spoken: Sequence[Block], labels: Sequence[Label]
) -> bool:
    """Every paragraph begins with a name; where there is one, every line."""
    starts = {label.start for label in labels}
    if len(spoken) > 1:
        return all(block.start in starts for block in spoken)
    lines = [place for block in spoken for place in _lines(text, block)]
    return len(lines) > 1 and starts.issuperset(lines)


def _lines(text: str, block: Block) -> Iterator[int]:
    for line in re.finditer(r"\S[^\n]*", text[block.start : block.end]):
        yield block.start + line.start()
