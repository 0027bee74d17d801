import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import Coding, NotDefined, Reason, compare_characters
from analysis.agreement.characters import character_cells
from tests.analysis.agreement.builders import coded_units

EXTENTS = st.lists(
    st.tuples(st.sampled_from("de"), st.integers(0, 25), st.integers(1, 15))
)


@given(EXTENTS, EXTENTS)
def test_cells_are_those_of_counting_characters(
    an: list[tuple[str, int, int]], bo: list[tuple[str, int, int]]
) -> None:
    marked = [
        {(name, start + at) for name, start, size in side for at in range(size)}
        for side in (an, bo)
    ]
    first, second = (
        [Coding(name, start, start + size, "x", who) for name, start, size in side]
        for side, who in ((an, "An"), (bo, "Bo"))
    )

    cells = character_cells(first, second, 80).tolist()

    both = len(marked[0] & marked[1])
    either = len(marked[0] | marked[1])
    alone = [len(side) - both for side in marked]
    assert cells == [both, *alone, 80 - either]


def test_code_that_nobody_used() -> None:
    coded = coded_units({"An": {"d": [""]}, "Bo": {"d": [""]}})

    (pair,) = compare_characters(coded, {"d": 9})

    assert pair.by_code["x"].kappa == NotDefined(Reason.CONSTANT)


def test_no_document_in_common() -> None:
    coded = coded_units({"An": {"d": ["x"]}, "Bo": {"e": ["x"]}})

    (pair,) = compare_characters(coded, {"d": 9, "e": 9})

    assert pair.by_code["x"].percent == NotDefined(Reason.NO_COMMON_UNITS)


@pytest.mark.parametrize(
    ("lengths", "complaint"), [({}, "no length"), ({"d": 5}, "ends behind")]
)
def test_lengths_that_do_not_fit(lengths: dict[str, int], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        compare_characters(coded_units({"An": {"d": ["x"]}}), lengths)
