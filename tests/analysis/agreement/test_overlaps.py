from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import Coding
from analysis.agreement.overlaps import overlap_share, overlapping

PASSAGES = st.lists(
    st.builds(
        lambda document, start, size: Coding(document, start, start + size, "x", "An"),
        st.sampled_from("de"),
        st.integers(0, 20),
        st.integers(1, 12),
    )
)


@given(PASSAGES, PASSAGES)
def test_overlaps_are_those_of_comparing_all(
    first: list[Coding], second: list[Coding]
) -> None:
    found = list(overlapping(first, second))

    expected = [
        (mine, theirs)
        for (mine, one), (theirs, other) in product(enumerate(first), enumerate(second))
        if _characters(one) & _characters(other)
    ]
    assert sorted(found) == expected


@given(PASSAGES, PASSAGES)
def test_share_is_that_of_counting_characters(
    first: list[Coding], second: list[Coding]
) -> None:
    for one, other in zip(first, second, strict=False):
        mine, theirs = _characters(one), _characters(other)

        assert overlap_share(one, other) == len(mine & theirs) / len(mine | theirs)


def _characters(coding: Coding) -> set[tuple[str, int]]:
    return {(coding.document, at) for at in range(coding.start, coding.end)}
