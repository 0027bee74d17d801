"""From passages to units: which unit has which code by which coder."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.agreement.codings import Code, CodedRound, Coding, Unit
from analysis.agreement.measures import NotDefined, Reason

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coverage:
    """When a coding counts for a unit of which it covers a word.

    Either it covers this share of the unit's words, or this share of the coding's
    characters lies in the unit. Raises ValueError outside 0 to 1.
    """

    of_words: float = 0.5
    of_coding: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.of_words <= 1 and 0 <= self.of_coding <= 1):
            raise ValueError(f"coverage is a share from 0 to 1, not {self}")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class UnitTable:
    """Units by coder and code; of a unit that a coder has not done nothing is known.

    ``unplaced`` are codings in done documents that count for no unit: they lie outside
    all units, or are spread too thinly over several.
    """

    coders: tuple[str, ...]
    codes: tuple[Code, ...]
    units: tuple[Unit, ...]
    present: Bools  # (coders, units, codes); False where not done
    done: Bools  # (coders, units)
    document_of: Ints  # (units,), documents numbered in order of their name
    unplaced: tuple[Coding, ...]

    def why_not(self, units: Bools) -> NotDefined | None:
        """Why nothing can be compared, given the units (units,) with two values."""
        if not self.units:
            return NotDefined(Reason.NO_UNITS)
        if len(self.coders) < 2:  # noqa: PLR2004 - it takes two to agree
            return NotDefined(Reason.ONE_CODER)
        return None if units.any() else NotDefined(Reason.NO_COMMON_UNITS)


def unit_table(coded: CodedRound, coverage: Coverage | None = None) -> UnitTable:
    """Count each coding for the units it covers.

    A word is covered if half of its characters are, or if it holds half of the
    coding, so that an edge that slipped by a letter changes nothing.

    >>> coded = CodedRound.of(
    ...     coders=["An", "Bo"],
    ...     codes=[Code("price", "theme")],
    ...     units=[Unit("d", 0, 9, ((0, 3), (4, 9))), Unit("d", 10, 12, ((10, 12),))],
    ...     done=[("d", "An")],
    ...     codings=[Coding("d", 4, 10, "price", "An")],
    ... )
    >>> table = unit_table(coded)
    >>> table.present[0, :, 0].tolist(), table.done[:, 0].tolist()
    ([True, False], [True, False])
    """
    coverage = coverage or Coverage()
    coder_at = {coder: place for place, coder in enumerate(coded.coders)}
    code_at = {code.key: place for place, code in enumerate(coded.codes)}
    layouts = {layout.document: layout for layout in _layouts(coded.units)}
    shape = (len(coded.coders), len(coded.units), len(coded.codes))
    present, unplaced = np.zeros(shape, dtype=np.bool_), []
    for coding in coded.codings:
        if (coding.document, coding.coder) not in coded.done:
            continue
        layout = layouts.get(coding.document)
        rows = layout.covered(coding, coverage) if layout else np.zeros(0, np.int64)
        present[coder_at[coding.coder], rows, code_at[coding.code]] = True
        if not len(rows):
            unplaced.append(coding)
    return UnitTable(
        coders=coded.coders,
        codes=coded.codes,
        units=coded.units,
        present=present,
        done=_done(coded),
        document_of=_document_of(coded.units),
        unplaced=tuple(unplaced),
    )


def _done(coded: CodedRound) -> Bools:
    known = [
        [(unit.document, coder) in coded.done for unit in coded.units]
        for coder in coded.coders
    ]
    return np.array(known, dtype=np.bool_).reshape(len(coded.coders), len(coded.units))


def _document_of(units: tuple[Unit, ...]) -> Ints:
    numbers = {name: at for at, name in enumerate(sorted({u.document for u in units}))}
    return np.array([numbers[unit.document] for unit in units], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The units and words of one document, in order of place."""

    document: str
    row: int  # of its first unit in the table
    units: Ints  # (units, 2): start and end
    words: Ints  # (words, 2)
    first_word: Ints  # (units + 1,)

    def covered(self, coding: Coding, coverage: Coverage) -> Ints:
        """Rows of the table for which the coding counts."""
        low = int(np.searchsorted(self.units[:, 1], coding.start, side="right"))
        high = int(np.searchsorted(self.units[:, 0], coding.end, side="left"))
        first, last = self._words(coding)
        begin, stop = self.first_word[low:high], self.first_word[low + 1 : high + 1]
        words = np.minimum(stop, last) - np.maximum(begin, first)
        units = self.units[low:high]
        inside = np.minimum(units[:, 1], coding.end) - np.maximum(
            units[:, 0], coding.start
        )
        counts = words / (stop - begin) >= coverage.of_words
        counts |= inside / (coding.end - coding.start) >= coverage.of_coding
        return np.flatnonzero(counts & (words > 0)) + self.row + low

    def _words(self, coding: Coding) -> tuple[int, int]:
        """The words covered, from one up to another."""
        first = int(np.searchsorted(self.words[:, 1], coding.start, side="right"))
        last = int(np.searchsorted(self.words[:, 0], coding.end, side="left"))
        if first < last and not self._covers(coding, first):
            first += 1
        if first < last and not self._covers(coding, last - 1):
            last -= 1
        return first, last

    def _covers(self, coding: Coding, word: int) -> bool:
        start, end = self.words[word].tolist()
        overlap = min(end, coding.end) - max(start, coding.start)
        return bool(2 * overlap >= min(end - start, coding.end - coding.start))


def _layouts(units: tuple[Unit, ...]) -> Iterator[_Layout]:
    row = 0
    for document, group in groupby(units, key=lambda unit: unit.document):
        inside = list(group)
        extents = np.array([(unit.start, unit.end) for unit in inside])
        words = np.array([word for unit in inside for word in unit.words])
        counts = np.cumsum([0, *(len(unit.words) for unit in inside)])
        yield _Layout(document, row, extents, words, counts)
        row += len(inside)
