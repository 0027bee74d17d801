"""Answers as an SPSS file: numbers with labels, and why a value is missing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from survey_app.exports.extracts import Extract, Reads, read_records
from survey_app.exports.orders import Shape
from survey_app.exports.spss_variables import (
    DAY,
    LONGEST_LABEL,
    LONGEST_NAME,
    MOMENT,
    Names,
    Variable,
    shortened,
    variable_of,
)
from survey_app.exports.wide import FACTS, NOT_SHOWN, PREFILL, WideTable
from survey_app.exports.wording import Wording, words

TRUNCATED = "__truncated"
MOMENTS = frozenset({"started_at", "submitted_at", "changed_at"})
NUMBERS = MOMENTS | {"duration_s"}


def write_spss(
    path: Path, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    """The file's writer wants all rows at once: they are kept as short as they can."""
    names = Names()
    variables = _variables(extract, shape.language, names)
    table = WideTable(extract.catalogue)
    done = 0
    for records in read_records(source, extract):
        for record in records:
            for variable, value in zip(variables, table.row(record), strict=True):
                variable.take(value)
        done += len(records)
        yield done
    told = words(shape.language)
    _write(path, list(_with_flags(variables, names, told)), extract, shape)


def _variables(extract: Extract, language: str, names: Names) -> list[Variable]:
    told = words(language)
    catalogue = extract.catalogue
    facts = [_fact(name, told, names) for name in (*(f.name for f in FACTS), NOT_SHOWN)]
    prefilled = [
        Variable(name=names.valid(f"{PREFILL}{name}"), label=name, is_text=True)
        for name in catalogue.prefill
    ]
    answers = [variable_of(column, language, names) for column in catalogue.columns]
    return [*facts, *prefilled, *answers]


def _fact(name: str, told: Wording, names: Names) -> Variable:
    return Variable(
        name=names.valid(name),
        label=told.facts[name],
        measure="scale" if name in NUMBERS else "nominal",
        form=MOMENT if name in MOMENTS else None,
        is_text=name not in NUMBERS,
    )


def _with_flags(
    variables: list[Variable], names: Names, told: Wording
) -> Iterator[Variable]:
    """Behind a text of which something was cut off: of which responses."""
    for variable in variables:
        yield variable
        if variable.cut:
            label = f"{variable.label} – {told.truncated}"
            yield Variable(
                name=names.valid(variable.name, TRUNCATED),
                label=shortened(label, LONGEST_LABEL),
                values=[int(n in variable.cut) for n in range(len(variable.values))],
            )


def _write(
    path: Path, variables: list[Variable], extract: Extract, shape: Shape
) -> None:
    pyreadstat.write_sav(
        pd.DataFrame({each.name: _series(each) for each in variables}),
        str(path),
        file_label=shortened(extract.title(shape.language), LONGEST_NAME),
        column_labels={each.name: each.label for each in variables},
        variable_value_labels=_by_name(variables, lambda each: dict(each.labels)),
        missing_ranges=_by_name(variables, Variable.missing_values),
        variable_measure={each.name: each.measure for each in variables},
        variable_format=_by_name(variables, lambda each: each.form),
        row_compress=True,
    )


def _by_name(
    variables: Iterable[Variable], read: Callable[[Variable], Any]
) -> dict[str, Any]:
    """What those that have it have, by name."""
    return {each.name: found for each in variables if (found := read(each))}


def _series(variable: Variable) -> Any:  # noqa: ANN401 - pandas tells no more
    if variable.is_text:
        return pd.Series(variable.values, dtype=object)
    if variable.form == DAY:
        days = [each if isinstance(each, date) else None for each in variable.values]  # noqa: PD011 - a list of ours
        return pd.Series(days, dtype=object)
    if variable.form == MOMENT:
        return pd.Series(pd.to_datetime(variable.values))
    return pd.Series(variable.values, dtype="float64")
