from time import process_time

import numpy as np
import pytest

from analysis.agreement import (
    Caution,
    Figure,
    Measure,
    Over,
    Resampling,
    Spread,
    compare_all,
    compare_pairs,
    unit_table,
)
from analysis.agreement.coefficients import cohens_kappa
from analysis.agreement.sets import SetValues
from tests.analysis.agreement.builders import coded_units, of_cells, same_documents
from tests.analysis.approximate import about


def spread(measure: Measure) -> Spread:
    assert isinstance(measure, Figure)
    assert measure.spread is not None
    return measure.spread


@pytest.mark.parametrize(("documents", "over"), [(4, Over.UNITS), (5, Over.DOCUMENTS)])
def test_units_are_drawn_where_documents_are_few(documents: int, over: Over) -> None:
    table = unit_table(same_documents(documents))

    everyone = compare_all(table)

    assert spread(compare_pairs(table)[0].by_code["x"].kappa).over is over
    assert spread(everyone.by_code["x"].alpha).over is over
    assert spread(everyone.by_kind["theme"].alpha).over is over


def test_same_seed_same_interval() -> None:
    table = unit_table(same_documents(6))

    assert compare_pairs(table) == compare_pairs(table)
    assert compare_pairs(table) != compare_pairs(table, Resampling(seed=1))


def test_two_thousand_samples_unless_said_otherwise() -> None:
    table = unit_table(same_documents(6))

    kappa = spread(compare_pairs(table)[0].by_code["x"].kappa)

    assert (kappa.draws, kappa.usable) == (2000, 2000)


def test_interval_of_kappa_is_that_of_drawing_one_by_one() -> None:
    """Units drawn plainly, without equal ones being counted together."""
    (pair,) = compare_pairs(unit_table(of_cells(20, 5, 10, 15)))
    rng = np.random.default_rng(5)

    kinds = np.repeat(np.eye(4), [20, 5, 10, 15], axis=0)
    drawn = kinds[rng.integers(50, size=(20_000, 50))].sum(axis=1)
    low, high = np.quantile(cohens_kappa(drawn), [0.025, 0.975])

    interval = spread(pair.by_code["x"].kappa).interval
    assert interval.low == about(low, within=0.02)
    assert interval.high == about(high, within=0.02)


def test_interval_over_documents_is_that_of_drawing_one_by_one() -> None:
    table = unit_table(same_documents(12))
    (first, *_) = compare_pairs(table)
    rng = np.random.default_rng(5)

    an, bo = table.present[0, :, 0], table.present[1, :, 0]
    cells = np.stack([an & bo, an & ~bo, ~an & bo, ~an & ~bo], axis=-1)
    by_document = cells.reshape(12, 10, 4).sum(axis=1)
    drawn = by_document[rng.integers(12, size=(20_000, 12))].sum(axis=1)
    low, high = np.quantile(cohens_kappa(drawn.astype(float)), [0.025, 0.975])

    interval = spread(first.by_code["x"].kappa).interval
    assert interval.low == about(low, within=0.02)
    assert interval.high == about(high, within=0.02)


def test_samples_that_never_drew_the_code_are_not_counted() -> None:
    values = {f"d{at}": ["x" if at == 0 else "", ""] for at in range(6)}
    table = unit_table(coded_units({"An": values, "Bo": values}))

    kappa = spread(compare_pairs(table)[0].by_code["x"].kappa)

    assert kappa.usable / kappa.draws == about(1 - (5 / 6) ** 6, within=0.03)
    assert (kappa.interval.low, kappa.interval.high) == (1.0, 1.0)


def test_nothing_to_draw_from_no_interval() -> None:
    table = unit_table(coded_units({"An": {"d": ["x"]}, "Bo": {"d": [""]}}))

    (pair,) = compare_pairs(table)

    assert pair.by_code["x"].percent == Figure(0.0, 1, None, Caution.TOO_FEW)


def test_alpha_over_sets_resamples_like_alpha() -> None:
    """One code: both coefficients are the same function of the same documents."""
    values = {
        name: {f"d{at}": said for at in range(8)}
        for name, said in (("An", ["x", "", "x"]), ("Bo", ["x", "x", ""]))
    }
    values["Bo"]["d3"] = ["x", "", "x"]
    everyone = compare_all(unit_table(coded_units(values)))

    by_code, by_set = everyone.by_code["x"].alpha, everyone.by_kind["theme"].alpha

    assert spread(by_set).interval.low == about(spread(by_code).interval.low)
    assert spread(by_set).interval.high == about(spread(by_code).interval.high)


def test_sets_are_numbered_alike_for_all_coders() -> None:
    present = np.array([[[True, False], [False, True]], [[True, False], [True, False]]])

    values = SetValues.of(present, np.ones((2, 2), dtype=np.bool_))

    assert values.value_of.tolist() == [[0, 1], [0, 0]]


def test_no_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Resampling(draws=0)


def test_two_thousand_samples_of_many_codes_take_seconds() -> None:
    """Four coders, 600 units of which few are alike, 40 codes; processor time."""
    rng = np.random.default_rng(1)
    names = np.array([f"c{at:02}" for at in range(40)])
    truth = rng.random((600, 40)) < 0.1
    said = truth ^ (rng.random((4, 600, 40)) < 0.03)
    table = unit_table(
        coded_units(
            {
                f"p{who}": {"d": [" ".join(names[row]) for row in said[who]]}
                for who in range(4)
            }
        )
    )

    started = process_time()
    pairs, everyone = compare_pairs(table), compare_all(table)
    seconds = process_time() - started

    assert (len(pairs), everyone.units) == (6, 600)
    assert seconds < 10  # measured under 2
