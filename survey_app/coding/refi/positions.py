"""Whose positions these are: raw texts measured in each tool's own units.

Tools disagree whether a byte order mark counts, whether a line break of two
characters counts once, whether a character outside the first 65,536 counts twice,
and whether the end is the last character or the one after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

BYTE_ORDER_MARK = "\ufeff"
CR, LF, TAB = 0x0D, 0x0A, 0x09
FIRST_PRINTED, FIRST_ASTRAL = 0x20, 0x10000
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")

Numbers = NDArray[np.int64]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool counts; as it stands here, the standard's reading."""

    counts_mark: bool = False
    counts_cr: bool = True  # CRLF as two
    counts_utf16: bool = False
    ends_inclusive: bool = False

    @property
    def key(self) -> str:
        """For forms: ``mark,cr,utf16,inclusive``, of those that hold.

        >>> Dialect(counts_utf16=True).key
        'cr,utf16'
        """
        flags = {
            "mark": self.counts_mark,
            "cr": self.counts_cr,
            "utf16": self.counts_utf16,
            "inclusive": self.ends_inclusive,
        }
        return ",".join(name for name, holds in flags.items() if holds)

    @classmethod
    def of(cls, key: str) -> "Dialect":
        """What `key` wrote; other words mean nothing."""
        words = set(key.split(","))
        return cls(*(name in words for name in ("mark", "cr", "utf16", "inclusive")))


STANDARD = Dialect()


class RawText:
    """A text as the file has it, and as we keep it: a line break is one character."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._codes: Numbers = np.frombuffer(
            raw.encode("utf-32-le", "surrogatepass"), dtype=np.uint32
        ).astype(np.int64)
        lines = raw.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
        self.text = CONTROLS.sub("", lines.replace("\r", "\n"))
        self.has_controls = len(self.text) != self._kept_length()
        self._is_cr = self._codes == CR
        self._is_cr[:-1] &= self._codes[1:] == LF
        self._is_cr[-1:] = False
        self._ours = _starts(self._our_widths())

    def dialects(self) -> Iterator[Dialect]:
        """Those that can differ for this text, the most likely first."""
        has_mark = self.raw.startswith(BYTE_ORDER_MARK)
        has_astral = bool((self._codes >= FIRST_ASTRAL).any())
        for inclusive, mark, single, utf16 in product(
            (False, True),
            (False, True) if has_mark else (False,),
            (False, True) if self._is_cr.any() else (False,),
            (False, True) if has_astral else (False,),
        ):
            yield Dialect(mark, not single, utf16, inclusive)

    def ranges(
        self, marks: Sequence[Range], dialect: Dialect
    ) -> tuple[Range | None, ...]:
        """Where they lie in our text; None for what is no range of this text."""
        if not marks:
            return ()
        units = _starts(self._widths(dialect))
        both = np.asarray(marks, dtype=np.int64)
        starts, is_start = self._placed(units, both[:, 0])
        ends, is_end = self._placed(units, both[:, 1] + dialect.ends_inclusive)
        found = zip(starts, ends, is_start & is_end, strict=True)
        return tuple(
            (int(start), int(end)) if fits and start <= end else None
            for start, end, fits in found
        )

    def _placed(
        self, units: Numbers, positions: Numbers
    ) -> tuple[Numbers, NDArray[np.bool_]]:
        places = np.searchsorted(units, positions)
        inside = np.minimum(places, len(units) - 1)
        return self._ours[inside], units[inside] == positions

    def _widths(self, dialect: Dialect) -> Numbers:
        widths = np.ones(len(self._codes), dtype=np.int64)
        if dialect.counts_utf16:
            widths[self._codes >= FIRST_ASTRAL] = 2
        if not dialect.counts_cr:
            widths[self._is_cr] = 0
        if not dialect.counts_mark and self.raw.startswith(BYTE_ORDER_MARK):
            widths[0] = 0
        return widths

    def _our_widths(self) -> Numbers:
        """What is not in our text has no width in it."""
        widths = self._widths(Dialect(counts_cr=False))
        is_control = (self._codes < FIRST_PRINTED) & ~np.isin(
            self._codes, (CR, LF, TAB)
        )
        widths[is_control] = 0
        return widths

    def _kept_length(self) -> int:
        lines = self.raw.removeprefix(BYTE_ORDER_MARK)
        return len(lines) - lines.count("\r\n")


def _starts(widths: Numbers) -> Numbers:
    """Where each character starts, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(widths)])
