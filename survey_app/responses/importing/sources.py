"""A file of any kind as rows; what it seems to be where nobody says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from survey_app.responses.importing.files import (
    FileFormat,
    FileRow,
    as_text,
    csv_rows,
    find_delimiter,
    find_encoding,
    json_rows,
    jsonl_rows,
)
from survey_app.responses.importing.sheets import sheet_rows

FORMATS: dict[str, FileFormat] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """``rows`` can be walked once; ``delimiter`` is of CSV only."""

    encoding: str
    delimiter: str | None
    rows: Iterator[FileRow]


def format_of(file_name: str, start: bytes = b"") -> FileFormat:
    """By its name; a workbook and a list of objects also by how they begin."""
    if start.startswith(ZIP):
        return "xlsx"
    named = FORMATS.get(PurePath(file_name).suffix.casefold())
    if named is None or named == "xlsx":
        return "csv"
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "jsonl" if named == "json" and begins == b"{" else named


@contextmanager
def open_rows(
    file: IO[bytes],
    file_format: FileFormat,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Iterator[Source]:
    """Read a file; its encoding and delimiter are found where they are not given."""
    if file_format == "xlsx":
        yield Source("xlsx", None, sheet_rows(file))
        return
    found = encoding or find_encoding(file)
    with as_text(file, found) as text:
        if file_format == "csv":
            between = delimiter or find_delimiter(text)
            yield Source(found, between, csv_rows(text, between))
            return
        read = json_rows if file_format == "json" else jsonl_rows
        yield Source(found, None, read(text))
