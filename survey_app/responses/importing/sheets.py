"""Workbooks of Excel and others: the first sheet, row by row, and never too much.

A workbook is a zip of XML: a small one can unpack to gigabytes, so that its parts are
measured before anything is unpacked. Entities are refused by defusedxml.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from survey_app.responses.importing.files import FileRow, refuse_repeated
from survey_app.responses.importing.report import N_, ImportFileError, InvalidRowError

MOST_UNPACKED = 600 << 20  # a sheet is read as it streams
MOST_SHARED = 100 << 20  # texts used more than once are kept in memory
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 2_000
SHARED = "sharedStrings.xml"
UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    IndexError,
    TypeError,
    AttributeError,
    NotImplementedError,
)


def sheet_rows(file: IO[bytes]) -> Iterator[FileRow]:
    """Rows under the names in the first row."""
    rows = _values(file)
    names = [_as_text(value).strip() for value in next(rows, ())]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise ImportFileError(N_("the file is empty"))
    refuse_repeated(names)
    for line, values in enumerate(rows, 2):
        cells = [_as_text(value) for value in values]
        if any(cells):
            yield FileRow(line, _named(names, cells))


def _named(names: Sequence[str], cells: list[str]) -> dict[str, Any] | InvalidRowError:
    if any(cells[len(names) :]):
        return InvalidRowError(N_("it has more cells than the header has names"))
    missing = [""] * (len(names) - len(cells))
    return dict(zip(names, [*cells[: len(names)], *missing], strict=True))


def _values(file: IO[bytes]) -> Iterator[Sequence[object]]:
    _measure(file)
    try:
        with closing(load_workbook(file, read_only=True, data_only=True)) as workbook:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # a sheet may claim more than it holds
            yield from sheet.iter_rows(
                max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True
            )
    except UNREADABLE as error:
        raise ImportFileError(
            N_("it cannot be read as a workbook; save it again as .xlsx or .csv")
        ) from error


def _measure(file: IO[bytes]) -> None:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ImportFileError(
            N_("it cannot be read as a workbook; save it again as .xlsx or .csv")
        ) from error
    shared = sum(part.file_size for part in parts if part.filename.endswith(SHARED))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or shared > MOST_SHARED:
        raise ImportFileError(
            N_("it unpacks to more than can be read; save it as .csv")
        )
    file.seek(0)


def _as_text(value: object) -> str:
    """A cell as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
