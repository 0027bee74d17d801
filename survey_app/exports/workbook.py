"""Answers as a workbook: responses, answers, segments, codebook, versions, notes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from survey_app.cells import guard
from survey_app.exports import codebook, segments
from survey_app.exports.extracts import Extract, Reads, read_records
from survey_app.exports.long import LongTable
from survey_app.exports.orders import Shape
from survey_app.exports.values import Gap, Value
from survey_app.exports.wide import WideTable
from survey_app.exports.wording import words

LONGEST_CELL = 32_767  # of Excel, in UTF-16 units
MOST_ROWS = 1_048_576
MOST_DIGITS = 10**15  # a larger number would be rounded: it is written as text
NOTE_WIDTH = 110


class Workbook:
    """A workbook written row by row, in a memory that does not grow with it."""

    def __init__(self, path: Path, *, raw: bool = False) -> None:
        self._book = xlsxwriter.Workbook(
            path,
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),  # swept there should a crash leave any
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._raw = raw
        self.text = self._book.add_format({"num_format": "@"})
        self.day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.head = self._book.add_format({"bold": True, "num_format": "@"})
        self.prose = self._book.add_format({"text_wrap": True, "num_format": "@"})
        self.cut = 0  # cells that were longer than a sheet can hold

    def sheet(self, name: str, header: Iterable[str]) -> "Sheet":
        return Sheet(self, name, list(header))

    def add_worksheet(self, name: str) -> Worksheet:
        return self._book.add_worksheet(name)

    def fitting(self, text: str) -> str:
        """What a cell can hold of a text, guarded, whole characters only."""
        text = text if self._raw else guard(text)
        if len(text) * 2 <= LONGEST_CELL:
            return text
        units = text.encode("utf-16-le", "surrogatepass")
        if len(units) <= 2 * LONGEST_CELL:
            return text
        self.cut += 1
        return units[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")

    def close(self) -> None:
        self._book.close()


class Sheet:
    """A sheet with a header; it goes on under another name where Excel's ends."""

    def __init__(self, book: Workbook, name: str, header: list[str]) -> None:
        self._book = book
        self._name = name
        self._header = header
        self._parts = 0
        self._open()

    def write_all(self, rows: Iterable[Iterable[Value]]) -> None:
        for row in rows:
            if self._row == MOST_ROWS:
                self._open()
            for place, value in enumerate(row):
                self._write(place, value)
            self._row += 1

    def _open(self) -> None:
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name} {self._parts}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        self._row = 0
        for place, title in enumerate(self._header):
            self._text(place, title, self._book.head)
        self._row = 1

    def _write(self, place: int, value: Value) -> None:
        if isinstance(value, str):
            if value:
                self._text(place, value, self._book.text)
        elif value is None or isinstance(value, Gap):
            return
        elif isinstance(value, datetime):
            at = value.astimezone(UTC).replace(tzinfo=None)
            self._sheet.write_datetime(self._row, place, at, self._book.moment)
        elif isinstance(value, date):
            self._day(place, value)
        elif abs(value) >= MOST_DIGITS:
            self._text(place, str(value), self._book.text)
        else:
            self._sheet.write_number(self._row, place, value)

    def _day(self, place: int, day: date) -> None:
        if day.year < 1900:  # noqa: PLR2004 - where Excel's calendar begins
            self._text(place, day.isoformat(), self._book.text)
            return
        at = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
        self._sheet.write_datetime(self._row, place, at, self._book.day)

    def _text(self, place: int, text: str, style: Format) -> None:
        self._sheet.write_string(self._row, place, self._book.fitting(text), style)


def write_workbook(
    path: Path, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    book = Workbook(path, raw=shape.raw)
    catalogue = extract.catalogue
    labels = catalogue.languages if shape.labels else ()
    wide = WideTable(catalogue, labels=labels)
    long = LongTable(catalogue, extract.slug, shape.language)
    responses = book.sheet("responses", wide.header())
    answers = book.sheet("answers", long.header())
    mentions = book.sheet("segments", segments.HEADER)
    done = 0
    batches = zip(
        read_records(source, extract),
        segments.read_segments(source, extract),
        strict=True,
    )
    for records, found in batches:
        responses.write_all(wide.row(record) for record in records)
        answers.write_all(row for record in records for row in long.rows(record))
        mentions.write_all(segment.row() for segment in found)
        done += len(records)
        yield done
    _describe(book, extract, shape)
    book.close()


def _describe(book: Workbook, extract: Extract, shape: Shape) -> None:
    sheet = book.sheet("codebook", codebook.CODEBOOK_HEADER)
    sheet.write_all(codebook.codebook_rows(extract.catalogue))
    versions = book.sheet("versions", codebook.VERSIONS_HEADER)
    versions.write_all(codebook.version_rows(extract))
    told = list(codebook.notes(extract, language=shape.language, raw=shape.raw))
    if book.cut:
        told.append(words(shape.language).cut.format(cells=book.cut))
    write_notes(book, told)


def write_notes(book: Workbook, told: Iterable[str]) -> None:
    notes = book.add_worksheet("notes")
    notes.set_column(0, 0, NOTE_WIDTH)
    for row, sentence in enumerate(told):
        notes.write_string(row, 0, sentence, book.prose)
