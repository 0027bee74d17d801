"""The same figures as scikit-learn and NLTK, where these define them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance as nltk_masi
from sklearn.metrics import cohen_kappa_score

from analysis.agreement import (
    Figure,
    Resampling,
    compare_all,
    compare_pairs,
    unit_table,
)
from analysis.agreement.nominal import krippendorff_alpha
from analysis.agreement.sets import masi_distance
from tests.analysis.agreement.builders import coded_units

ONE = Resampling(draws=1)
SETS = st.frozensets(st.sampled_from("abcd"))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
@settings(max_examples=60)
def test_kappa_is_that_of_scikit_learn(said: list[tuple[bool, bool]]) -> None:
    an, bo = (["x" if one else "" for one in side] for side in zip(*said, strict=True))
    table = unit_table(coded_units({"An": {"d": an}, "Bo": {"d": bo}}))

    (pair,) = compare_pairs(table, ONE)

    kappa = pair.by_code["x"].kappa
    if isinstance(kappa, Figure):
        assert kappa.value == pytest.approx(cohen_kappa_score(an, bo))
    else:
        assert len(set(an + bo)) == 1


@given(
    st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3]), min_size=3, max_size=3),
        min_size=2,
        max_size=20,
    )
)
def test_alpha_is_that_of_nltk(units: list[list[int]]) -> None:
    """0 stands for missing; NLTK says 1 where alpha is not defined."""
    data = [
        (f"c{coder}", f"u{at}", value)
        for at, values in enumerate(units)
        for coder, value in enumerate(values)
        if value
    ]
    counts = np.stack([(np.array(units) == at).sum(axis=1) for at in (1, 2, 3)], -1)
    alpha = float(krippendorff_alpha(counts.astype(float)))

    pairable = counts[counts.sum(axis=1) > 1]
    if (pairable.sum(axis=0) > 0).sum() > 1:
        assert alpha == pytest.approx(AnnotationTask(data).alpha())
    else:
        assert np.isnan(alpha)


@given(SETS, SETS)
def test_masi_is_that_of_nltk(first: frozenset[str], second: frozenset[str]) -> None:
    expected = nltk_masi(first, second) if first | second else 0.0

    assert masi_distance(first, second) == pytest.approx(expected)


@given(st.lists(st.tuples(SETS, SETS, SETS), min_size=2, max_size=15))
@settings(max_examples=60)
def test_alpha_over_sets_is_that_of_nltk(
    units: list[tuple[frozenset[str], ...]],
) -> None:
    """NLTK fails on two empty sets: there it gets a distance that knows them."""
    said = [[" ".join(value) for value in side] for side in zip(*units, strict=True)]
    values = {name: {"d": side} for name, side in zip("ABC", said, strict=True)}
    table = unit_table(coded_units(values, kinds=dict.fromkeys("abcd", "theme")))

    alpha = compare_all(table, ONE).by_kind["theme"].alpha

    data = [
        (f"c{coder}", f"u{at}", value)
        for at, unit in enumerate(units)
        for coder, value in enumerate(unit)
    ]
    if isinstance(alpha, Figure):
        peer = AnnotationTask(data, distance=masi_distance).alpha()
        assert alpha.value == pytest.approx(peer)
    else:
        assert len({value for _, _, value in data}) == 1


@given(st.integers(0, 2**16 - 1))
def test_masi_is_a_distance(bits: int) -> None:
    sets = [
        frozenset(c for at, c in enumerate("abcd") if bits >> (4 * which + at) & 1)
        for which in range(4)
    ]

    for first, second in combinations(sets, 2):
        distance = masi_distance(first, second)
        assert 0 <= distance <= 1
        assert distance == masi_distance(second, first)
        assert (distance == 0) == (first == second)
