import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import association

from analysis.personas.coding import (
    CodedPeople,
    Codes,
    code_people,
    cramers_v,
    effective_weights,
    pool_rare_levels,
    prepare,
)
from analysis.personas.records import DroppedVariable, DropReason, Person, Variable
from tests.analysis.approximate import about

PRICE = Variable("price", ("low", "high"))


def coded(*columns: tuple[Variable, list[int]]) -> CodedPeople:
    people = len(columns[0][1])
    return CodedPeople(
        tuple(f"p{i:03}" for i in range(people)),
        tuple(variable for variable, _ in columns),
        np.array([codes for _, codes in columns], dtype=np.int64).T,
        np.ones(people),
    )


@pytest.mark.parametrize(
    ("people", "complaint"),
    [
        ([Person("p1", {}), Person("p1", {})], "twice"),
        ([Person("p1", {"price": "middle"})], "price has no level 'middle'"),
        ([Person("p1", {}, weight=0.0)], "above zero"),
    ],
)
def test_code_people_refuses_what_it_cannot_code(
    people: list[Person], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        code_people(people, [PRICE])


def test_effective_weights_do_not_hang_on_their_scale() -> None:
    weights = np.array([1.0, 2.0, 3.0])

    scaled = effective_weights(10 * weights)

    assert scaled == pytest.approx(effective_weights(weights))
    assert scaled.sum() == pytest.approx(36 / 14)


def test_pool_rare_levels_joins_an_other_that_was_there() -> None:
    variable = Variable("channel", ("other", "mail", "fax", "telex", "phone"))
    codes = np.array([0] * 10 + [1] * 86 + [2] * 2 + [3] * 2 + [-1] * 50)

    pooled, recoded = pool_rare_levels(variable, codes)

    assert pooled == Variable("channel", ("mail", "other"))
    assert np.bincount(recoded + 1).tolist() == [50, 86, 14]


def test_prepare_says_of_every_dropped_variable_why() -> None:
    half = [0, 1] * 50
    people = coded(
        (Variable("kept", ("no", "yes")), half),
        (Variable("silent", ("no", "yes")), [0, 1] * 10 + [-1] * 80),
        (Variable("same", ("no", "yes")), [1] * 100),
        (Variable("rare", ("no", "yes")), [0] * 92 + [1] * 8),
        (Variable("copy", ("no", "yes")), [*half[:-1], 0]),
    )

    prepared, dropped = prepare(people)

    assert [variable.key for variable in prepared.variables] == ["kept"]
    assert dropped == (
        DroppedVariable("silent", DropReason.UNANSWERED, 0.2),
        DroppedVariable("same", DropReason.ONE_LEVEL, 1.0),
        DroppedVariable("rare", DropReason.RARE, 0.08),
        DroppedVariable("copy", DropReason.REDUNDANT, about(0.98, within=1e-3), "kept"),
    )


def test_prepare_keeps_one_variable_for_ten_people_the_best_answered_first() -> None:
    rng = np.random.default_rng(1)
    columns = [
        (Variable(f"v{i}", ("no", "yes")), rng.integers(2, size=30).tolist())
        for i in range(5)
    ]
    columns[0][1][0] = -1

    prepared, dropped = prepare(coded(*columns))

    assert [variable.key for variable in prepared.variables] == ["v1", "v2", "v3"]
    assert dropped == (
        DroppedVariable("v4", DropReason.LIMIT, 3),
        DroppedVariable("v0", DropReason.LIMIT, 3),
    )


CODES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=8, max_size=60
)


@given(CODES)
def test_cramers_v_agrees_with_scipy(pairs: list[tuple[int, int]]) -> None:
    first, second = (
        np.array(codes, dtype=np.int64) for codes in zip(*pairs, strict=True)
    )

    v = cramers_v(first, second)

    table = _table(first, second)
    expected = association(table, "cramer") if min(table.shape) > 1 else 0.0
    assert v == pytest.approx(expected, abs=1e-9)


def _table(first: Codes, second: Codes) -> Codes:
    table = np.zeros((3, 4), dtype=np.int64)
    np.add.at(table, (first, second), 1)
    return np.asarray(table[table.any(axis=1)][:, table.any(axis=0)])


def test_cramers_v_of_people_never_asked_both_is_zero() -> None:
    assert cramers_v(np.array([0, 1, -1, -1]), np.array([-1, -1, 0, 1])) == 0.0
