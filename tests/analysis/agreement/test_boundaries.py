import pytest

from analysis.agreement import (
    BoundaryAgreement,
    Code,
    CodedRound,
    Coding,
    NotDefined,
    Reason,
    compare_boundaries,
)
from analysis.agreement.boundaries import matched_passages
from tests.analysis.agreement.builders import value
from tests.analysis.approximate import about

Extents = list[tuple[int, int]]


def passages(extents: Extents, coder: str, code: str = "x") -> list[Coding]:
    return [Coding("d", start, end, code, coder) for start, end in extents]


def compared(an: Extents, bo: Extents, least: float = 0.5) -> BoundaryAgreement:
    coded = CodedRound.of(
        coders=["An", "Bo"],
        codes=[Code("x", "theme"), Code("y", "theme")],
        units=[],
        done=[("d", "An"), ("d", "Bo")],
        codings=passages(an, "An") + passages(bo, "Bo"),
    )
    (pair,) = compare_boundaries(coded, least_overlap=least)
    return pair


def test_exact_and_by_overlap() -> None:
    code = compared([(0, 10), (20, 30), (40, 50)], [(0, 10), (21, 30)]).by_code["x"]

    assert (code.exact.matched, code.by_overlap.matched) == (1, 2)
    assert value(code.exact.precision) == about(1 / 2)
    assert value(code.exact.recall) == about(1 / 3)
    assert value(code.exact.f1) == about(2 / 5)
    assert value(code.by_overlap.precision) == 1.0
    assert value(code.by_overlap.f1) == about(4 / 5)


@pytest.mark.parametrize(("end", "matched"), [(20, 1), (21, 0)])
def test_half_is_enough(end: int, matched: int) -> None:
    assert compared([(0, 10)], [(0, end)]).pooled.by_overlap.matched == matched


def test_one_passage_has_one_match() -> None:
    code = compared([(0, 10)], [(0, 10), (0, 9), (1, 10)]).by_code["x"]

    assert (code.by_overlap.matched, code.by_overlap.second) == (1, 3)


def test_nearest_first_then_the_earliest() -> None:
    an, bo = passages([(0, 10), (2, 12)], "An"), passages([(1, 11), (2, 13)], "Bo")

    found = matched_passages(an, bo, 0.5)

    assert [(one.start, other.start) for one, other in found] == [(2, 2), (0, 1)]


def test_equally_near_the_earliest_wins() -> None:
    an, bo = passages([(0, 10), (2, 12)], "An"), passages([(1, 11)], "Bo")

    ((one, _),) = matched_passages(an, bo, 0.5)

    assert one.start == 0


def test_other_codes_and_documents_do_not_match() -> None:
    an = passages([(0, 10)], "An")

    assert matched_passages(an, [Coding("e", 0, 10, "x", "Bo")], 0.5) == []


def test_passages_on_one_side_only() -> None:
    code = compared([(0, 10)], []).by_code["x"]

    assert code.exact.precision == NotDefined(Reason.NO_PASSAGES)
    assert value(code.exact.recall) == 0.0
    assert value(code.exact.f1) == 0.0


def test_code_that_nobody_used() -> None:
    pair = compared([(0, 10)], [(0, 10)])

    assert pair.by_code["y"].by_overlap.f1 == NotDefined(Reason.CONSTANT)
    assert value(pair.pooled.exact.f1) == 1.0


@pytest.mark.parametrize("least", [0.0, 1.1])
def test_overlap_that_is_no_share(least: float) -> None:
    with pytest.raises(ValueError, match="share above 0"):
        compared([], [], least)
