"""Columns under other names: which of the file's is which of ours."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from survey_app.responses.importing.files import Cells, FileRow
from survey_app.responses.importing.report import N_, ImportFileError, InvalidRowError

NAMES_OF_ID = ("submission_id", "id")
MADE_ID_LENGTH = 32
NO_ID = N_(
    "its first line names no column submission_id; names go in the first line,"
    " with commas, semicolons or tabs in between"
)


def under_our_names(
    rows: Iterator[FileRow],
    columns: Mapping[str, str] | None,
    *,
    make_ids: bool,
    is_table: bool,
) -> Iterator[FileRow]:
    """Rows with our names; a column that is not mapped is left out.

    Without a number of its own a row is called by what it holds: the same row again
    is the same response.
    """
    for row in rows:
        if isinstance(row.cells, InvalidRowError):
            yield row
            continue
        cells = row.cells if columns is None else _renamed(row.cells, columns)
        if make_ids and not any(cells.get(name) for name in NAMES_OF_ID):
            cells = {**cells, NAMES_OF_ID[0]: _made_of(row.cells)}
        if is_table and cells.keys().isdisjoint(NAMES_OF_ID):
            raise ImportFileError(NO_ID)
        yield replace(row, cells=cells)


def _renamed(cells: Cells, columns: Mapping[str, str]) -> Cells:
    return {ours: cells[theirs] for theirs, ours in columns.items() if theirs in cells}


def _made_of(cells: Cells) -> str:
    content = json.dumps(cells, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:MADE_ID_LENGTH]
