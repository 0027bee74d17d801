"""A codebook as CSV and as a workbook.

Taguette reads the CSV too: it takes the path and the description, which therefore
holds the rules once more; it would refuse a column called name beside the path.
"""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import TextIOWrapper
from typing import IO
from uuid import UUID

import xlsxwriter

from survey_app.cells import guard
from survey_app.coding.codebook_files.rows import CodebookRow, joined
from survey_app.coding.file_notices import Fault
from survey_app.coding.refi.description import description_of
from survey_app.coding.refi.project import Code

COLUMNS = (
    *("path", "kind", "definition", "include_rule", "exclude_rule", "example"),
    *("color", "codable", "archived", "description"),
)
LONGEST_CELL = 32_767
MARK = " […]"
DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook knows no zones


def write_csv(
    rows: Iterable[CodebookRow], file: IO[bytes], *, guarded: bool = True
) -> None:
    """UTF-8 with its mark; guarded against formulas unless a machine reads it."""
    text = TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = _cells(row)
        writer.writerow([guard(cell) for cell in cells] if guarded else cells)
    text.detach()


def write_xlsx(rows: Iterable[CodebookRow], file: IO[bytes]) -> tuple[Fault, ...]:
    """One sheet; cells that are too long are cut with a mark, and told."""
    faults = []
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": DAY})
        sheet = book.add_worksheet("codebook")
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(_cells(row)):
                if len(cell) > LONGEST_CELL:
                    faults.append(Fault("cut_cell", joined(row.path), COLUMNS[column]))
                    cell = cell[: LONGEST_CELL - len(MARK)] + MARK  # noqa: PLW2901
                sheet.write_string(line, column, cell)
    return tuple(faults)


def _cells(row: CodebookRow) -> list[str]:
    return [
        joined(row.path),
        row.kind or "",
        row.definition,
        row.include_rule,
        row.exclude_rule,
        row.example,
        row.color or "",
        "1" if row.is_codable else "0",
        "1" if row.is_archived else "0",
        _description(row),
    ]


def _description(row: CodebookRow) -> str:
    """Definition and rules in one, as REFI-QDA has them."""
    code = Code(
        guid=UUID(int=0),
        name=row.path[-1],
        definition=row.definition,
        include_rule=row.include_rule,
        exclude_rule=row.exclude_rule,
        example=row.example,
    )
    return description_of(code)
