"""Rows of CSV and JSON Lines files, one at a time, whatever wrote the file."""

import codecs
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Any, Literal

from survey_app.responses.importing.report import N_, ImportFileError, InvalidRowError

FileFormat = Literal["csv", "jsonl", "json", "xlsx"]
DELIMITERS = ",;\t"
CHUNK = 1 << 20
MAX_LINE = 1 << 20
MAX_JSON = 50 << 20  # characters of a file that has to be read whole
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
            N_("it holds bytes that are no text; save it again as UTF-8")
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
        raise ImportFileError(N_("the file is empty"))
    reader.fieldnames = [name.strip().lstrip("\ufeff") for name in reader.fieldnames]
    refuse_repeated(reader.fieldnames)
    line = reader.line_num + 1
    try:
        for cells in reader:
            yield FileRow(line, _whole(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportFileError(
            N_(
                "line %(line)s cannot be read: %(trouble)s;"
                " look for a quote that is not closed"
            ),
            line=str(line),
            trouble=str(error),
        ) from error
    except UnicodeDecodeError as error:
        raise ImportFileError(
            N_("line %(line)s holds unreadable bytes"), line=str(line)
        ) from error


def jsonl_rows(text: TextIOWrapper) -> Iterator[FileRow]:
    for line, content in enumerate(text, 1):
        if content.strip():
            yield FileRow(line, _object(content))


def _whole(cells: Cells) -> Cells | InvalidRowError:
    if any(cell.strip() for cell in cells.pop(OVERFLOW, [])):
        return InvalidRowError(N_("it has more cells than the header has names"))
    return cells


def json_rows(text: TextIOWrapper) -> Iterator[FileRow]:
    """One list of objects, read whole; the number of a row is its place in it."""
    content = text.read(MAX_JSON + 1)
    if len(content) > MAX_JSON:
        raise ImportFileError(
            N_("it is too long to read whole; save one object to a line, as .jsonl")
        )
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportFileError(
            N_("it is not JSON: %(trouble)s"), trouble=str(error)
        ) from error
    if not isinstance(rows, list):
        raise ImportFileError(N_("it is JSON, but not a list of objects"))
    for place, row in enumerate(rows, 1):
        yield FileRow(place, _an_object(row))


def _object(content: str) -> Cells | InvalidRowError:
    if len(content) > MAX_LINE:
        return InvalidRowError(N_("it is longer than a million characters"))
    try:
        return _an_object(json.loads(content))
    except (ValueError, RecursionError) as error:
        return InvalidRowError(N_("it is not JSON: %(trouble)s"), trouble=str(error))


def _an_object(row: object) -> Cells | InvalidRowError:
    if not isinstance(row, dict):
        return InvalidRowError(N_("it is JSON, but not an object"))
    return row


def refuse_repeated(names: Sequence[str]) -> None:
    counts = Counter(name for name in names if name)
    repeated = sorted(name for name, count in counts.items() if count > 1)
    if repeated:
        raise ImportFileError(
            N_("two columns are called %(names)s"), names=", ".join(repeated[:20])
        )
