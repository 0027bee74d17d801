"""Exports made and read back the way their users' programs do."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from survey_app.db import Database
from survey_app.exports.formats import get_format, write_export
from survey_app.exports.orders import Order, Shape
from survey_app.exports.selection import Selection

Rows = list[dict[str, str]]


def export(
    database: Database, folder: Path, form: str, selection: Selection, **shape: Any
) -> Path:
    path = folder / f"out.{get_format(form).extension}"
    order = Order(format=form, selection=selection, shape=Shape(**shape))
    for _ in write_export(database, order, path):
        pass
    return path


def read_csv(path: Path, *, delimiter: str = ",") -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def read_sheet(path: Path, sheet: str) -> list[dict[str, Any]]:
    book = load_workbook(path)
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]
