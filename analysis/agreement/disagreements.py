"""Where two coders differ, so that people can talk about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.agreement.codings import CodedRound, Coding
from analysis.agreement.overlaps import overlapping


class Difference(StrEnum):
    """In what way two coders differ at a place."""

    MISSING = "missing"  # one has nothing of this kind here that the other has not
    OTHER_CODE = "other_code"  # each has a code of this kind that the other has not
    OTHER_EXTENT = "other_extent"  # the same code on overlapping passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A place where two coders differ, with the passages of both that are concerned.

    One side is empty where it is ``missing``. Under another code several passages of
    several codes of a kind may hang together by their overlaps.
    """

    difference: Difference
    kind: str
    first: str
    second: str
    first_passages: tuple[Coding, ...]
    second_passages: tuple[Coding, ...]

    @property
    def passages(self) -> tuple[Coding, ...]:
        return self.first_passages + self.second_passages

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes concerned, to group by."""
        return tuple(sorted({coding.code for coding in self.passages}))

    @property
    def place(self) -> tuple[str, int, int]:
        """The document, where it begins and where it ends."""
        passages = self.passages
        start = min(coding.start for coding in passages)
        return passages[0].document, start, max(coding.end for coding in passages)


@dataclass(frozen=True, slots=True)
class _Sides:
    first: tuple[Coding, ...]
    second: tuple[Coding, ...]


def find_disagreements(coded: CodedRound) -> tuple[Disagreement, ...]:
    """All places where two coders differ in a document that both have done.

    Passages of one code that overlap belong together; where both coders have the same
    ones they agree. Of the rest, what overlaps under codes of one kind is read as
    another code for the same thing. Codes of different kinds never stand against each
    other: an emotion does not answer the question of a touchpoint. Sorted by code,
    document and place, then by coders.

    >>> from analysis.agreement.example import example_round
    >>> place, = find_disagreements(example_round())
    >>> place.difference.value, place.codes, place.place
    ('other_extent', ('price',), ('d', 0, 19))
    """
    kind_of = {code.key: code.kind for code in coded.codes}
    found = [
        disagreement
        for first, second in combinations(coded.coders, 2)
        for kind in sorted(set(kind_of.values()))
        for disagreement in _of_kind(
            kind,
            (first, second),
            [
                coding
                for coding in coded.shared_codings(first, second)
                if kind_of[coding.code] == kind
            ],
        )
    ]
    return tuple(
        sorted(found, key=lambda one: (one.codes, one.place, one.first, one.second))
    )


def _of_kind(
    kind: str, coders: tuple[str, str], codings: Sequence[Coding]
) -> Iterable[Disagreement]:
    alone: list[Coding] = []
    for code in sorted({coding.code for coding in codings}):
        for sides in _groups([each for each in codings if each.code == code], coders):
            if not (sides.first and sides.second):
                alone.extend(sides.first + sides.second)
            elif _extents(sides.first) != _extents(sides.second):
                yield _disagreement(Difference.OTHER_EXTENT, kind, coders, sides)
    for sides in _groups(alone, coders):
        both = sides.first and sides.second
        difference = Difference.OTHER_CODE if both else Difference.MISSING
        yield _disagreement(difference, kind, coders, sides)


def _groups(codings: Sequence[Coding], coders: tuple[str, str]) -> list[_Sides]:
    """Passages that hang together by overlaps of one coder's with the other's."""
    first = [coding for coding in codings if coding.coder == coders[0]]
    second = [coding for coding in codings if coding.coder == coders[1]]
    size = len(first) + len(second)
    if not size:
        return []
    links = np.array(list(overlapping(first, second)), dtype=np.int64).reshape(-1, 2)
    rows, columns = links[:, 0], links[:, 1] + len(first)
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(size, size))
    count, group_of = connected_components(graph, directed=False)
    sides: list[tuple[list[Coding], list[Coding]]] = [([], []) for _ in range(count)]
    for place, coding in enumerate(first + second):
        sides[group_of[place]][place >= len(first)].append(coding)
    return [_Sides(tuple(one), tuple(other)) for one, other in sides]


def _extents(codings: Sequence[Coding]) -> list[tuple[str, int, int]]:
    return sorted(coding.extent for coding in codings)


def _disagreement(
    difference: Difference, kind: str, coders: tuple[str, str], sides: _Sides
) -> Disagreement:
    return Disagreement(
        difference=difference,
        kind=kind,
        first=coders[0],
        second=coders[1],
        first_passages=tuple(sorted(sides.first)),
        second_passages=tuple(sorted(sides.second)),
    )
