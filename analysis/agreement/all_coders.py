"""All coders together: alpha and AC1 for each code, alpha over sets for each kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.agreement.coefficients import Floats
from analysis.agreement.measures import Measure, NotDefined, caution_for
from analysis.agreement.nominal import (
    ac1_of_sums,
    ac1_statistics,
    alpha_of_sums,
    alpha_statistics,
    observed_agreement,
)
from analysis.agreement.resampling import Formula, Resampling, Sums
from analysis.agreement.sets import SetValues, set_alpha
from analysis.agreement.table import Bools, Ints, UnitTable


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderFigures:
    """Percent is that of pairs of coders, averaged over units."""

    percent: Measure
    alpha: Measure
    ac1: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanCoderFigures:
    """Unweighted means over codes, and the codes without an alpha."""

    percent: Measure
    alpha: Measure
    alpha_without: tuple[str, ...]
    ac1: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class KindAgreement:
    """A unit's value is the set of its codes of this kind."""

    kind: str
    codes: tuple[str, ...]
    alpha: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class AllCoderAgreement:
    """All coders on the units that at least two of them have done.

    ``pooled`` counts every unit × code as one cell; in ``mean`` every code weighs the
    same.
    """

    units: int
    documents: int
    by_code: Mapping[str, CoderFigures]
    by_kind: Mapping[str, KindAgreement]
    pooled: CoderFigures
    mean: MeanCoderFigures


def compare_all(
    table: UnitTable, resampling: Resampling | None = None
) -> AllCoderAgreement:
    """All coders of the table at once.

    Bases are units, of pooled figures cells (units × codes).

    >>> from analysis.agreement.example import example_round
    >>> from analysis.agreement.table import unit_table
    >>> agreement = compare_all(unit_table(example_round()))
    >>> round(agreement.by_code["price"].alpha.value, 4)
    0.5333
    >>> agreement.by_code["delivery"].alpha
    NotDefined(reason=<Reason.CONSTANT: 'constant'>)
    """
    chosen = resampling or Resampling()
    pairable = table.done.sum(axis=0) > 1
    done, documents = table.done[:, pairable], table.document_of[pairable]
    present = table.present[:, pairable]
    sums = Sums.of(_statistics(present, done), documents, chosen)
    keys = [code.key for code in table.codes]
    units, absent = len(documents), table.why_not(pairable)
    by_code = _figures(sums, units, units, absent)
    return AllCoderAgreement(
        units=units,
        documents=len(np.unique(documents)),
        by_code=dict(zip(keys, by_code, strict=True)),
        by_kind={
            kind.kind: kind
            for kind in _kinds(table, present, done, documents, chosen, absent)
        },
        pooled=_figures(sums.pooled(), units, units * len(keys), absent)[0],
        mean=_means(sums, keys, units, absent),
    )


def _statistics(present: Bools, done: Bools) -> Floats:
    """Those of alpha and then of AC1 (units, codes, 8) of the values no and yes."""
    used = present.sum(axis=0, dtype=np.float64)
    asked = done.sum(axis=0, dtype=np.float64)[:, None]
    counts = np.stack([asked - used, used], axis=-1)
    return np.concatenate([alpha_statistics(counts), ac1_statistics(counts)], axis=-1)


def _percent(sums: Floats) -> Floats:
    return observed_agreement(sums[..., 3:])


def _alpha(sums: Floats) -> Floats:
    return alpha_of_sums(sums[..., :3])


def _ac1(sums: Floats) -> Floats:
    return ac1_of_sums(sums[..., 3:])


_FORMULAS: dict[str, Formula] = {"percent": _percent, "alpha": _alpha, "ac1": _ac1}


def _figures(
    sums: Sums, units: int, base: int, absent: NotDefined | None
) -> list[CoderFigures]:
    codes, caution = len(sums.observed), caution_for(units)
    columns = {
        name: [absent] * codes if absent else sums.figures(formula, base, caution)
        for name, formula in _FORMULAS.items()
    }
    return [
        CoderFigures(**{name: column[place] for name, column in columns.items()})
        for place in range(codes)
    ]


def _means(
    sums: Sums, keys: Sequence[str], units: int, absent: NotDefined | None
) -> MeanCoderFigures:
    means = {
        name: absent or sums.mean(formula, units, caution_for(units))
        for name, formula in _FORMULAS.items()
    }
    known = np.isfinite(_alpha(sums.observed))
    without = tuple(key for key, one in zip(keys, known, strict=True) if not one)
    return MeanCoderFigures(**means, alpha_without=without)


def _kinds(
    table: UnitTable,
    present: Bools,
    done: Bools,
    documents: Ints,
    resampling: Resampling,
    absent: NotDefined | None,
) -> list[KindAgreement]:
    kinds = np.array([code.kind for code in table.codes])
    return [
        KindAgreement(
            kind=str(kind),
            codes=tuple(code.key for code in table.codes if code.kind == kind),
            alpha=absent
            or set_alpha(
                SetValues.of(present[..., kinds == kind], done), documents, resampling
            ),
        )
        for kind in np.unique(kinds)
    ]
