"""Rows of CSV and JSON Lines files, one at a time, whatever wrote the file."""

import codecs
import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Any, Literal

from survey_app.responses.importing.report import ImportFileError, InvalidRowError

FileFormat = Literal["csv", "jsonl"]
DELIMITERS = ",;\t"
CHUNK = 1 << 20
MAX_LINE = 1 << 20
NAMES_OF_ID = frozenset({"submission_id", "id"})
OVERFLOW = "\x00more cells than the header"  # no column can be called this

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileRow:
    line: int
    cells: Cells | InvalidRowError


def find_encoding(file: IO[bytes]) -> str:
    """UTF-8, UTF-16 with its mark, else the encoding of old Windows programs."""
    start = file.read(4)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = "cp1252"
    file.seek(0)
    return found


@contextmanager
def as_text(file: IO[bytes], encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text; closing it is left to who opened it."""
    text = TextIOWrapper(file, encoding, newline="")
    try:
        yield text
    except UnicodeDecodeError as error:
        raise ImportFileError(
            "it holds bytes that are no text; save it again as UTF-8"
        ) from error
    finally:
        text.detach()


def find_delimiter(text: TextIOWrapper) -> str:
    """The one that occurs most in the header, outside quotes."""
    header = text.readline(MAX_LINE)
    text.seek(0)
    plain = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=plain.count)


def csv_rows(text: TextIOWrapper, delimiter: str) -> Iterator[FileRow]:
    reader = csv.DictReader(
        text, delimiter=delimiter, restkey=OVERFLOW, restval="", strict=True
    )
    if not reader.fieldnames:
        raise ImportFileError("the file is empty")
    reader.fieldnames = [name.strip().lstrip("\ufeff") for name in reader.fieldnames]
    _refuse_repeated(list(reader.fieldnames))
    if NAMES_OF_ID.isdisjoint(reader.fieldnames):
        raise ImportFileError(
            "its first line names no column submission_id; names go in the first line,"
            " with commas, semicolons or tabs in between"
        )
    line = reader.line_num + 1
    try:
        for cells in reader:
            yield FileRow(line, _whole(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportFileError(
            f"line {line} cannot be read: {error}; look for a quote that is not closed"
        ) from error
    except UnicodeDecodeError as error:
        raise ImportFileError(f"line {line} holds unreadable bytes") from error


def jsonl_rows(text: TextIOWrapper) -> Iterator[FileRow]:
    for line, content in enumerate(text, 1):
        if content.strip():
            yield FileRow(line, _object(content))


def _whole(cells: Cells) -> Cells | InvalidRowError:
    if any(cell.strip() for cell in cells.pop(OVERFLOW, [])):
        return InvalidRowError("it has more cells than the header has names")
    return cells


def _object(content: str) -> Cells | InvalidRowError:
    if len(content) > MAX_LINE:
        return InvalidRowError("it is longer than a million characters")
    try:
        cells = json.loads(content)
    except (ValueError, RecursionError) as error:
        return InvalidRowError(f"it is not JSON: {error}")
    if not isinstance(cells, dict):
        return InvalidRowError("it is JSON, but not an object")
    return cells


def _refuse_repeated(names: list[str]) -> None:
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise ImportFileError(f"two columns are called {', '.join(repeated)}")
