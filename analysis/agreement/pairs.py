"""Two coders at a time: cells, coefficients and their averages over codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.agreement.coefficients import (
    Floats,
    bias_index,
    cells_of,
    cohens_kappa,
    pabak,
    percent_agreement,
    positive_agreement,
    prevalence_index,
)
from analysis.agreement.measures import Measure, NotDefined, caution_for
from analysis.agreement.resampling import Resampling, Sums
from analysis.agreement.table import UnitTable


@dataclass(frozen=True, slots=True)
class Cells:
    """On how many units both, one or neither of two coders used a code."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.only_first + self.only_second + self.neither


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFigures:
    """The cells and what is computed from them."""

    cells: Cells
    percent: Measure
    positive: Measure
    kappa: Measure
    pabak: Measure
    prevalence_index: Measure
    bias_index: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanFigures:
    """Unweighted means over codes; of each the codes for which it is not defined."""

    percent: Measure
    positive: Measure
    positive_without: tuple[str, ...]
    kappa: Measure
    kappa_without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Two coders on the units that both have done.

    ``pooled`` counts every unit × code as one cell: frequent codes weigh as they come.
    In ``mean`` every code weighs the same.
    """

    first: str
    second: str
    units: int
    documents: int
    by_code: Mapping[str, CellFigures]
    pooled: CellFigures
    mean: MeanFigures


_FORMULAS = {
    "percent": percent_agreement,
    "positive": positive_agreement,
    "kappa": cohens_kappa,
    "pabak": pabak,
    "prevalence_index": prevalence_index,
    "bias_index": bias_index,
}


def compare_pairs(
    table: UnitTable, resampling: Resampling | None = None
) -> tuple[PairAgreement, ...]:
    """Every pair of coders, in the order of the table; none for a single coder.

    Bases are units, of pooled figures cells (units × codes). Intervals are drawn over
    the documents that both have done.

    >>> from analysis.agreement.example import example_round
    >>> from analysis.agreement.table import unit_table
    >>> pair, = compare_pairs(unit_table(example_round()))
    >>> pair.by_code["price"].cells
    Cells(both=1, only_first=0, only_second=1, neither=2)
    >>> round(pair.by_code["price"].kappa.value, 2)
    0.5
    """
    chosen = resampling or Resampling()
    places = combinations(range(len(table.coders)), 2)
    return tuple(_compare(table, *pair, chosen) for pair in places)


def _compare(
    table: UnitTable, first: int, second: int, resampling: Resampling
) -> PairAgreement:
    common = table.done[first] & table.done[second]
    present, documents = table.present[:, common], table.document_of[common]
    sums = Sums.of(cells_of(present[first], present[second]), documents, resampling)
    keys = [code.key for code in table.codes]
    units, absent = len(documents), table.why_not(common)
    by_code = _cell_figures(sums, units, units, absent)
    pooled = _cell_figures(sums.pooled(), units, units * len(keys), absent)
    return PairAgreement(
        first=table.coders[first],
        second=table.coders[second],
        units=units,
        documents=len(np.unique(documents)),
        by_code=dict(zip(keys, by_code, strict=True)),
        pooled=pooled[0],
        mean=_means(sums, keys, units, absent),
    )


def _cell_figures(
    sums: Sums, units: int, base: int, absent: NotDefined | None
) -> list[CellFigures]:
    codes, caution = len(sums.observed), caution_for(units)
    columns = {
        name: [absent] * codes if absent else sums.figures(formula, base, caution)
        for name, formula in _FORMULAS.items()
    }
    return [
        CellFigures(
            cells=_cells(sums.observed[place]),
            **{name: column[place] for name, column in columns.items()},
        )
        for place in range(codes)
    ]


def _cells(counts: Floats) -> Cells:
    return Cells(*(int(count) for count in counts))


def _means(
    sums: Sums, keys: Sequence[str], units: int, absent: NotDefined | None
) -> MeanFigures:
    caution = caution_for(units)
    percent, positive, kappa = (
        absent or sums.mean(formula, units, caution)
        for formula in (percent_agreement, positive_agreement, cohens_kappa)
    )
    return MeanFigures(
        percent=percent,
        positive=positive,
        positive_without=_without(positive_agreement(sums.observed), keys),
        kappa=kappa,
        kappa_without=_without(cohens_kappa(sums.observed), keys),
    )


def _without(values: Floats, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        key for key, known in zip(keys, np.isfinite(values), strict=True) if not known
    )
