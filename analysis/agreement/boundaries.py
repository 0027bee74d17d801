"""Whether two coders put the edges of their passages in the same places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.agreement.codings import CodedRound, Coding
from analysis.agreement.measures import (
    Figure,
    Measure,
    NotDefined,
    Reason,
    caution_for,
)
from analysis.agreement.overlaps import overlap_share, overlapping

LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Passages that have a match, out of those of each coder.

    Precision is the matched share of the second coder's passages, recall that of the
    first's, F1 both at once; bases are the passages counted.
    """

    matched: int
    first: int
    second: int
    precision: Measure
    recall: Measure
    f1: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBoundaries:
    """Passages of one code, or of all codes, matched in two ways."""

    exact: Matches
    by_overlap: Matches


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryAgreement:
    """The passages of two coders in the documents that both have done."""

    first: str
    second: str
    by_code: Mapping[str, CodeBoundaries]
    pooled: CodeBoundaries


def compare_boundaries(
    coded: CodedRound, *, least_overlap: float = LEAST_OVERLAP
) -> tuple[BoundaryAgreement, ...]:
    """Match passages of the same code for every pair of coders.

    Exactly, and one to one by overlap: of all pairs that share at least
    ``least_overlap`` of their characters (intersection over union) the nearest is
    taken first, then the one that starts first. Raises ValueError for an overlap that
    is not above 0 and at most 1.

    >>> from analysis.agreement.example import example_round
    >>> boundaries, = compare_boundaries(example_round())
    >>> boundaries.pooled.exact.f1.value, boundaries.pooled.by_overlap.f1.value
    (0.5, 0.5)
    """
    if not 0 < least_overlap <= 1:
        raise ValueError(f"an overlap is a share above 0, not {least_overlap}")
    return tuple(
        _compare(coded, first, second, least_overlap)
        for first, second in combinations(coded.coders, 2)
    )


def matched_passages(
    first: Sequence[Coding], second: Sequence[Coding], least_overlap: float
) -> list[tuple[Coding, Coding]]:
    """Pairs of passages, each in one pair at most, nearest first.

    >>> an = [Coding("d", 0, 10, "c", "An"), Coding("d", 10, 20, "c", "An")]
    >>> bo = [Coding("d", 0, 20, "c", "Bo")]
    >>> [(one.start, other.end) for one, other in matched_passages(an, bo, 0.5)]
    [(0, 20)]
    """
    near = [
        (-share, one.extent, other.extent, mine, theirs)
        for mine, theirs in overlapping(first, second)
        for one, other in [(first[mine], second[theirs])]
        if (share := overlap_share(one, other)) >= least_overlap
    ]
    taken: list[tuple[Coding, Coding]] = []
    used_first, used_second = set(), set()
    for *_, mine, theirs in sorted(near):
        if mine not in used_first and theirs not in used_second:
            used_first.add(mine)
            used_second.add(theirs)
            taken.append((first[mine], second[theirs]))
    return taken


@dataclass(frozen=True, slots=True)
class _Counts:
    exact: int
    by_overlap: int
    first: int
    second: int


def _compare(
    coded: CodedRound, first: str, second: str, least_overlap: float
) -> BoundaryAgreement:
    shared = coded.shared_codings(first, second)
    by_code: dict[str, tuple[list[Coding], list[Coding]]] = {
        code.key: ([], []) for code in coded.codes
    }
    for coding in shared:
        by_code[coding.code][coding.coder == second].append(coding)
    absent = _why_not(coded, first, second)
    counts = {key: _count(*each, least_overlap) for key, each in by_code.items()}
    pooled = _Counts(
        exact=sum(each.exact for each in counts.values()),
        by_overlap=sum(each.by_overlap for each in counts.values()),
        first=sum(each.first for each in counts.values()),
        second=sum(each.second for each in counts.values()),
    )
    return BoundaryAgreement(
        first=first,
        second=second,
        by_code={key: _boundaries(each, absent) for key, each in counts.items()},
        pooled=_boundaries(pooled, absent),
    )


def _why_not(coded: CodedRound, first: str, second: str) -> NotDefined | None:
    """Passages need no units: a document that both have done is enough."""
    both = {name for name, coder in coded.done if coder == first}
    both &= {name for name, coder in coded.done if coder == second}
    return None if both else NotDefined(Reason.NO_COMMON_UNITS)


def _count(
    first: Sequence[Coding], second: Sequence[Coding], least_overlap: float
) -> _Counts:
    extents = {coding.extent for coding in first}
    return _Counts(
        exact=sum(coding.extent in extents for coding in second),
        by_overlap=len(matched_passages(first, second, least_overlap)),
        first=len(first),
        second=len(second),
    )


def _boundaries(counts: _Counts, absent: NotDefined | None) -> CodeBoundaries:
    return CodeBoundaries(
        exact=_matches(counts.exact, counts, absent),
        by_overlap=_matches(counts.by_overlap, counts, absent),
    )


def _matches(matched: int, counts: _Counts, absent: NotDefined | None) -> Matches:
    first, second = counts.first, counts.second
    nobody = absent or (None if first + second else NotDefined(Reason.CONSTANT))
    return Matches(
        matched=matched,
        first=first,
        second=second,
        precision=nobody or _share(matched, second, second),
        recall=nobody or _share(matched, first, first),
        f1=nobody or _share(2 * matched, first + second, first + second),
    )


def _share(matched: int, passages: int, base: int) -> Measure:
    if not passages:
        return NotDefined(Reason.NO_PASSAGES)
    return Figure(matched / passages, base, caution=caution_for(base))
