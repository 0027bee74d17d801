"""Decides by evidence in which dialect a source's positions are written.

The names of selections often hold the quote; else an edge of a selection is likelier
to lie beside a word than inside one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from survey_app.coding.refi.positions import STANDARD, Dialect, Range, RawText

GOOD = 0.8  # the share of edges that have to fit
CLEAR = 0.05  # by how much more than in any other reading
CONTESTED, CLEARLY = 4, 0.5  # edges on which two readings differ, and by how much
SAME = 1e-9
TELLING = 4  # characters of a name that cannot stand there by chance
UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
CUT = ("…", "...")
LONG = 400  # characters of white space that a quote may have more than its name


@dataclass(frozen=True, slots=True)
class Mark:
    """A selection as the file has it."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The marks in one dialect; ranges are of our text."""

    dialect: Dialect
    score: float
    ranges: tuple[Range | None, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """``reading`` is None where a person has to choose between ``best`` and ``next``.

    ``next`` is the best reading that yields other quotes, if any does.
    """

    best: Reading
    next: Reading | None
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    reading: Reading
    edges: tuple[float | None, ...]  # None tells nothing


def decide(raw: RawText, marks: Sequence[Mark]) -> Decision:
    """The reading that the marks speak for."""
    candidates = _candidates(raw, marks)
    ordered = sorted(candidates, key=lambda each: -each.reading.score)
    best, others = ordered[0], ordered[1:]
    is_clear = not others or (
        best.reading.score >= GOOD and all(_beats(best, other) for other in others)
    )
    return Decision(
        best.reading,
        others[0].reading if others else None,
        best.reading if is_clear else None,
    )


def read_as(raw: RawText, marks: Sequence[Mark], dialect: Dialect) -> Decision:
    """The reading that a person chose."""
    decision = decide(raw, marks)
    ranges = raw.ranges([(mark.start, mark.end) for mark in marks], dialect)
    known = (decision.best, decision.next)
    score = next((each.score for each in known if each and each.ranges == ranges), 0.0)
    return Decision(decision.best, decision.next, Reading(dialect, score, ranges))


def _candidates(raw: RawText, marks: Sequence[Mark]) -> list[_Candidate]:
    """Every reading that yields other ranges than those before it."""
    positions = [(mark.start, mark.end) for mark in marks]
    found: dict[tuple[Range | None, ...], Dialect] = {}
    for dialect in raw.dialects():
        found.setdefault(raw.ranges(positions, dialect), dialect)
    stems = [_Stem(mark) for mark in marks]
    for ranges in found:
        for stem, place in zip(stems, ranges, strict=True):
            stem.look_at(raw.text, place)
    made = []
    for ranges, dialect in found.items():
        edges = tuple(
            edge
            for stem, place in zip(stems, ranges, strict=True)
            for edge in stem.edges(raw.text, place)
        )
        made.append(_Candidate(Reading(dialect, _share(edges), ranges), edges))
    return made


class _Stem:
    """The name of a selection as far as it can hold the quote."""

    def __init__(self, mark: Mark) -> None:
        self._is_empty = mark.start == mark.end  # which tells nothing
        name = " ".join(regex.split(r"\s+", mark.name))
        for sign in CUT:
            name = name.removesuffix(sign)
        self._name = name
        self._is_cut = name != " ".join(regex.split(r"\s+", mark.name))
        self._is_held = self._is_whole = False
        self._is_placed = False  # in some reading; elsewhere it tells nothing

    def look_at(self, text: str, place: Range | None) -> None:
        """Once for every reading, before any edge is judged."""
        if place is None or place[0] >= place[1]:
            return
        self._is_placed = True
        if not self._name:
            return
        quote = self._quote(text, place)
        is_whole = quote == self._name
        self._is_whole |= is_whole and not self._is_cut
        self._is_held |= quote.startswith(self._name) and (
            is_whole or len(self._name) >= TELLING
        )

    def edges(self, text: str, place: Range | None) -> Iterator[float | None]:
        if self._is_empty or not self._is_placed:
            return
        if place is None or place[0] >= place[1]:
            yield from (0.0, 0.0)
            return
        start, end = place
        quote = self._quote(text, place) if self._is_held else ""
        if self._is_held:
            yield float(quote.startswith(self._name))
        else:
            yield _begins_well(text, start)
        if self._is_whole:
            yield float(quote == self._name)
        else:
            yield _ends_well(text, end)

    def _quote(self, text: str, place: Range) -> str:
        start, end = place
        part = text[start : min(end, start + 4 * len(self._name) + LONG)]
        return " ".join(regex.split(r"\s+", part))


def _begins_well(text: str, place: int) -> float | None:
    after = text[place : place + 1]
    before = text[place - 1 : place] if place else ""
    if UNSPACED.search(before + after):
        return None
    return float(bool(after.strip()) and not (before.isalnum() and after.isalnum()))


def _ends_well(text: str, place: int) -> float | None:
    before, after = text[place - 1 : place], text[place : place + 1]
    if UNSPACED.search(before + after):
        return None
    return float(bool(before.strip()) and not (before.isalnum() and after.isalnum()))


def _share(edges: Sequence[float | None]) -> float:
    told = [edge for edge in edges if edge is not None]
    return sum(told) / len(told) if told else 0.0


def _beats(best: _Candidate, other: _Candidate) -> bool:
    """By a clear distance, by its rank, or where the two differ."""
    if best.reading.score - other.reading.score >= CLEAR - SAME:
        return True
    if _ranks_above(best.reading.dialect, other.reading.dialect):
        return True
    pairs = [
        (one, two)
        for one, two in zip(best.edges, other.edges, strict=True)
        if one is not None and two is not None and one != two
    ]
    gap = sum(one - two for one, two in pairs) / max(len(pairs), 1)
    return len(pairs) >= CONTESTED and gap >= CLEARLY


def _ranks_above(one: Dialect, two: Dialect) -> bool:
    """The standard's reading over any; an exclusive end over its inclusive twin."""
    if one == STANDARD:
        return True
    return not one.ends_inclusive and two == Dialect(
        one.counts_mark, one.counts_cr, one.counts_utf16, ends_inclusive=True
    )
