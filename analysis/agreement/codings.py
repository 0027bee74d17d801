"""What goes in: who laid which code where, and the units that are counted."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code, and the kind whose codes answer the same question about a passage."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Coding:
    """A code laid by a coder on the code points ``[start, end)`` of a document."""

    document: str
    start: int
    end: int
    code: str
    coder: str

    @property
    def extent(self) -> tuple[str, int, int]:
        return self.document, self.start, self.end


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A turn, sentence or answer, with the ``(start, end)`` of each word in it.

    Positions are code points of the document; ends do not belong.
    """

    document: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRound:
    """One round of coding, everything sorted: made by :meth:`of`.

    ``done`` holds the ``(document, coder)`` that are finished; what a coder left out
    of a finished document is a decision, of any other document nothing is known.
    """

    coders: tuple[str, ...]
    codes: tuple[Code, ...]
    units: tuple[Unit, ...]
    done: frozenset[tuple[str, str]]
    codings: tuple[Coding, ...]

    @classmethod
    def of(
        cls,
        *,
        coders: Collection[str],
        codes: Collection[Code],
        units: Iterable[Unit],
        done: Iterable[tuple[str, str]],
        codings: Iterable[Coding],
    ) -> Self:
        """Check and sort, so that no figure depends on the order things came in.

        Equal codings count once; units without a word are left out, as no coding can
        cover a word of them. Raises ValueError for no codes, a coder or code named
        twice, units that overlap, words outside their unit, an empty extent, and for
        a coder or code that is not among those given.

        >>> one = CodedRound.of(
        ...     coders=["Bo", "An"],
        ...     codes=[Code("price", "theme")],
        ...     units=[Unit("d", 0, 9, ((0, 3), (4, 9)))],
        ...     done=[("d", "An"), ("d", "Bo")],
        ...     codings=[Coding("d", 0, 9, "price", "Bo")] * 2,
        ... )
        >>> one.coders, len(one.codings)
        (('An', 'Bo'), 1)
        """
        made = cls(
            coders=_distinct(coders, "coder"),
            codes=tuple(sorted(codes)),
            units=tuple(sorted(unit for unit in units if unit.words)),
            done=frozenset(done),
            codings=tuple(sorted(set(codings))),
        )
        if not made.codes:
            raise ValueError("no codes to compare")
        _distinct([code.key for code in made.codes], "code")
        _check_units(made.units)
        _check_codings(made)
        return made

    def shared_codings(self, first: str, second: str) -> tuple[Coding, ...]:
        """The codings of these two coders in documents that both have done."""
        return tuple(
            coding
            for coding in self.codings
            if coding.coder in (first, second)
            and (coding.document, first) in self.done
            and (coding.document, second) in self.done
        )


def _distinct(names: Collection[str], what: str) -> tuple[str, ...]:
    found = tuple(sorted(names))
    if twice := [name for name, following in pairwise(found) if name == following]:
        raise ValueError(f"{what} given twice: {twice[0]!r}")
    return found


def _check_units(units: Sequence[Unit]) -> None:
    for unit in units:
        edges = [unit.start, *(edge for word in unit.words for edge in word), unit.end]
        empty = any(start >= end for start, end in unit.words)
        if empty or edges != sorted(edges) or unit.start < 0:
            raise ValueError(f"words do not lie in their unit: {unit}")
    for before, after in pairwise(units):
        if before.document == after.document and before.end > after.start:
            raise ValueError(f"units overlap: {before} and {after}")


def _check_codings(coded: CodedRound) -> None:
    codes = {code.key for code in coded.codes}
    for coding in coded.codings:
        if not 0 <= coding.start < coding.end:
            raise ValueError(f"a coding without extent: {coding}")
        if coding.code not in codes or coding.coder not in coded.coders:
            raise ValueError(f"code or coder not among those given: {coding}")
    if strange := {coder for _, coder in coded.done} - set(coded.coders):
        raise ValueError(f"done by a coder not among those given: {sorted(strange)}")
