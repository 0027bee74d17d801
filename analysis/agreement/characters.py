"""Agreement over characters, only to set beside the figures of other programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.agreement.codings import CodedRound, Coding
from analysis.agreement.coefficients import Floats, cohens_kappa, percent_agreement
from analysis.agreement.measures import Figure, Measure, NotDefined, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterFigures:
    """Characters of the documents that both have done; bases are characters."""

    percent: Measure
    kappa: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterAgreement:
    """Two coders; never a headline: the longer the text, the higher the percentage."""

    first: str
    second: str
    by_code: Mapping[str, CharacterFigures]


def compare_characters(
    coded: CodedRound, lengths: Mapping[str, int]
) -> tuple[CharacterAgreement, ...]:
    """Every pair of coders over every character of what both have done.

    ``lengths`` has the code points of each document. Raises ValueError for a done
    document without a length and for a coding that ends behind its document.

    >>> from analysis.agreement.example import example_round
    >>> characters, = compare_characters(example_round(), {"d": 40})
    >>> characters.by_code["price"].percent.value
    0.75
    """
    _check_lengths(coded, lengths)
    return tuple(
        _compare(coded, first, second, lengths)
        for first, second in combinations(coded.coders, 2)
    )


def character_cells(
    first: Iterable[Coding], second: Iterable[Coding], length: int
) -> Floats:
    """Cells (4,): characters of both, only the first, only the second, neither.

    ``length`` is that of all documents together; overlapping passages of one coder
    count once.

    >>> an, bo = Coding("d", 0, 100, "c", "An"), Coding("d", 50, 150, "c", "Bo")
    >>> character_cells([an], [bo], 200).tolist()
    [50.0, 50.0, 50.0, 50.0]
    """
    edges = sorted(
        (coding.document, place, side, change)
        for side, codings in enumerate((first, second))
        for coding in codings
        for place, change in ((coding.start, 1), (coding.end, -1))
    )
    cells, depth, before = [0, 0, 0, 0], [0, 0], 0
    for _, place, side, change in edges:
        cells[_cell(depth)] += place - before if any(depth) else 0
        depth[side] += change
        before = place
    cells[3] = length - sum(cells[:3])
    return np.array(cells, dtype=np.float64)


def _cell(depth: list[int]) -> int:
    return (0 if depth[1] else 1) if depth[0] else (2 if depth[1] else 3)


def _compare(
    coded: CodedRound, first: str, second: str, lengths: Mapping[str, int]
) -> CharacterAgreement:
    both = {name for name, coder in coded.done if coder == first}
    both &= {name for name, coder in coded.done if coder == second}
    length = sum(lengths[name] for name in both)
    sides: dict[str, tuple[list[Coding], list[Coding]]] = {
        code.key: ([], []) for code in coded.codes
    }
    for coding in coded.shared_codings(first, second):
        sides[coding.code][coding.coder == second].append(coding)
    return CharacterAgreement(
        first=first,
        second=second,
        by_code={key: _figures(*each, length) for key, each in sides.items()},
    )


def _figures(
    first: Iterable[Coding], second: Iterable[Coding], length: int
) -> CharacterFigures:
    if not length:
        absent = NotDefined(Reason.NO_COMMON_UNITS)
        return CharacterFigures(percent=absent, kappa=absent)
    cells = character_cells(first, second, length)
    kappa = float(cohens_kappa(cells))
    return CharacterFigures(
        percent=Figure(float(percent_agreement(cells)), length),
        kappa=NotDefined(Reason.CONSTANT) if np.isnan(kappa) else Figure(kappa, length),
    )


def _check_lengths(coded: CodedRound, lengths: Mapping[str, int]) -> None:
    if missing := sorted({name for name, _ in coded.done} - lengths.keys()):
        raise ValueError(f"no length given of {missing[0]!r}")
    for coding in coded.codings:
        if coding.end > lengths.get(coding.document, coding.end):
            raise ValueError(f"a coding ends behind its document: {coding}")
