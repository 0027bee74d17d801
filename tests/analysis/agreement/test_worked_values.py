"""Values worked out by hand or printed with the method."""

import numpy as np
import pytest

from analysis.agreement import (
    Caution,
    CodedRound,
    Coding,
    Figure,
    Measure,
    NotDefined,
    Reason,
    compare_all,
    compare_boundaries,
    compare_characters,
    compare_pairs,
    unit_table,
)
from analysis.agreement.coefficients import cohens_kappa, percent_agreement
from analysis.agreement.nominal import gwet_ac1, krippendorff_alpha
from tests.analysis.agreement.builders import coded_units, of_cells, value
from tests.analysis.approximate import about

SHIFTED = [
    (200, 0.50, 0.0, 0.0025),
    (1_000, 0.90, 0.4444, 0.4447),
    (10_000, 0.99, 0.4949, 0.4950),
    (100_000, 0.999, 0.4995, 0.4995),
]


def test_table_of_fifty_units() -> None:
    table = unit_table(of_cells(20, 5, 10, 15))

    (pair,) = compare_pairs(table)
    everyone = compare_all(table).by_code["x"]

    figures = pair.by_code["x"]
    assert value(figures.percent) == about(0.70)
    assert value(figures.kappa) == about(0.40)
    assert value(figures.positive) == about(0.7273, within=5e-5)
    assert value(figures.pabak) == about(0.40)
    assert value(figures.prevalence_index) == about(0.10)
    assert value(figures.bias_index) == about(-0.10)
    assert value(everyone.percent) == about(0.70)
    assert value(everyone.alpha) == about(0.40)
    assert value(everyone.ac1) == about(0.40594, within=5e-6)


@pytest.mark.parametrize(("length", "percent", "kappa", "alpha"), SHIFTED)
def test_shifted_passages(
    length: int, percent: float, kappa: float, alpha: float
) -> None:
    cells = np.array([50.0, 50, 50, length - 150])
    counts = np.repeat([[0.0, 2], [1, 1], [2, 0]], [50, 100, length - 150], axis=0)

    assert float(percent_agreement(cells)) == about(percent)
    assert float(cohens_kappa(cells)) == about(kappa, within=5e-5)
    assert float(krippendorff_alpha(counts)) == about(alpha, within=5e-5)


@pytest.mark.parametrize(("length", "percent", "kappa", "alpha"), SHIFTED[:2])
def test_shifted_passages_in_units(
    length: int, percent: float, kappa: float, alpha: float
) -> None:
    table = unit_table(of_cells(50, 50, 50, length - 150))

    (pair,) = compare_pairs(table)

    assert value(pair.by_code["x"].percent) == about(percent)
    assert value(pair.by_code["x"].kappa) == about(kappa, within=5e-5)
    everyone = compare_all(table).by_code["x"]
    assert value(everyone.alpha) == about(alpha, within=5e-5)


@pytest.mark.parametrize(("length", "percent", "kappa"), [row[:3] for row in SHIFTED])
def test_shifted_passages_in_characters(
    length: int, percent: float, kappa: float
) -> None:
    plain = coded_units({"An": {"d": []}, "Bo": {"d": []}})
    coded = CodedRound.of(
        coders=plain.coders,
        codes=plain.codes,
        units=[],
        done=plain.done,
        codings=[Coding("d", 0, 100, "x", "An"), Coding("d", 50, 150, "x", "Bo")],
    )

    (pair,) = compare_characters(coded, {"d": length})

    assert value(pair.by_code["x"].percent) == about(percent)
    assert value(pair.by_code["x"].kappa) == about(kappa, within=5e-5)


def test_strings_of_two_values() -> None:
    counts = np.array([[2.0, 0], [0, 2], [1, 1]])

    assert float(krippendorff_alpha(counts)) == about(0.4444, within=5e-5)


def test_four_coders_five_values_some_missing() -> None:
    """The data of Krippendorff 2011, section D; AC1 as Gwet's own program gives it."""
    said = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ]
    counts = np.stack([(np.array(said) == at).sum(0) for at in range(1, 6)], axis=-1)

    assert float(krippendorff_alpha(counts)) == about(0.743, within=5e-4)
    assert float(gwet_ac1(counts)) == about(0.77544, within=5e-6)


@pytest.mark.parametrize("cells", [(20, 0, 0, 0), (0, 0, 0, 20)])
def test_constant_code(cells: tuple[int, int, int, int]) -> None:
    table = unit_table(of_cells(*cells))
    constant = NotDefined(Reason.CONSTANT)

    (pair,) = compare_pairs(table)
    everyone = compare_all(table)

    assert value(pair.by_code["x"].percent) == 1.0
    assert pair.by_code["x"].kappa == constant
    assert pair.pooled.kappa == constant
    assert pair.mean.kappa == constant
    assert pair.mean.kappa_without == ("x",)
    assert value(everyone.by_code["x"].percent) == 1.0
    assert everyone.by_code["x"].alpha == constant
    assert everyone.mean.alpha_without == ("x",)
    assert everyone.by_kind["theme"].alpha == constant


def test_nobody_used_the_code_so_no_use_is_shared() -> None:
    (pair,) = compare_pairs(unit_table(of_cells(0, 0, 0, 20)))

    assert pair.by_code["x"].positive == NotDefined(Reason.CONSTANT)
    assert pair.mean.positive_without == ("x",)


def test_one_coder() -> None:
    table = unit_table(coded_units({"An": {"d": ["x", ""]}}))
    alone = NotDefined(Reason.ONE_CODER)

    everyone = compare_all(table)

    assert compare_pairs(table) == ()
    assert _all_measures(everyone.by_code["x"]) == {alone}
    assert everyone.by_kind["theme"].alpha == alone
    assert everyone.mean.alpha == alone


def test_no_unit_with_two_values() -> None:
    table = unit_table(coded_units({"An": {"d": ["x", ""]}, "Bo": {"e": ["x", ""]}}))
    apart = NotDefined(Reason.NO_COMMON_UNITS)

    (pair,) = compare_pairs(table)
    everyone = compare_all(table)

    assert _all_measures(pair.by_code["x"]) == {apart}
    assert _all_measures(pair.pooled) == {apart}
    assert pair.mean.kappa == apart
    assert _all_measures(everyone.by_code["x"]) == {apart}
    assert everyone.by_kind["theme"].alpha == apart


def test_no_units() -> None:
    table = unit_table(coded_units({"An": {"d": []}, "Bo": {"d": []}}))
    nothing = NotDefined(Reason.NO_UNITS)

    (pair,) = compare_pairs(table)

    assert _all_measures(pair.by_code["x"]) == {nothing}
    assert _all_measures(compare_all(table).by_code["x"]) == {nothing}


@pytest.mark.parametrize(("units", "caution"), [(9, Caution.TOO_FEW), (10, None)])
def test_few_units_are_said(units: int, caution: Caution | None) -> None:
    table = unit_table(of_cells(units - 1, 0, 0, 1))

    (pair,) = compare_pairs(table)

    for measure in (
        pair.by_code["x"].kappa,
        pair.pooled.kappa,
        pair.mean.kappa,
        compare_all(table).by_code["x"].alpha,
        compare_all(table).by_kind["theme"].alpha,
    ):
        assert isinstance(measure, Figure)
        assert (measure.value, measure.caution) == (1.0, caution)


def test_averages_pool_cells_or_weigh_codes_alike() -> None:
    an = ["x"] * 4 + ["x y"] * 2 + [""] * 14
    bo = ["x"] * 4 + ["x"] * 2 + ["y"] * 2 + [""] * 12
    table = unit_table(coded_units({"An": {"d": an}, "Bo": {"d": bo}}))

    (pair,) = compare_pairs(table)
    everyone = compare_all(table)

    assert value(pair.by_code["x"].kappa) == 1.0
    assert value(pair.by_code["y"].kappa) == about(-1 / 9)  # cells 0 2 2 16
    assert value(pair.mean.kappa) == about((1 - 1 / 9) / 2)
    assert pair.pooled.cells.n == 40
    assert value(pair.pooled.kappa) == about((6 * 30 - 2 * 2) / (8 * 32))
    assert value(everyone.by_code["y"].alpha) == about(1 - 39 * 8 / (2 * 4 * 36))
    assert value(everyone.pooled.alpha) == about(1 - 79 * 8 / (2 * 16 * 64))


def test_boundaries_need_a_document_that_both_have_done() -> None:
    (pair,) = compare_boundaries(coded_units({"An": {"d": ["x"]}, "Bo": {"e": ["x"]}}))

    assert pair.pooled.exact.f1 == NotDefined(Reason.NO_COMMON_UNITS)


def _all_measures(record: object) -> set[Measure]:
    names = type(record).__dataclass_fields__  # type: ignore[attr-defined]
    return {getattr(record, name) for name in names if name != "cells"}
