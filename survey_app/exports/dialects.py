"""How a CSV file is written for whom: programs, Dutch Excel, English Excel."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TextIO

from survey_app.cells import guard
from survey_app.exports.values import Gap, Value

BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    delimiter: str = ","
    bom: bool = False
    decimal: str = "."
    time: str = "%Y-%m-%dT%H:%M:%SZ"


EXCEL_TIME = "%Y-%m-%d %H:%M:%S"  # UTC too, in a form that Excel takes for a time
DIALECTS: Mapping[str, Dialect] = {
    "plain": Dialect(),
    "excel-nl": Dialect(delimiter=";", bom=True, decimal=",", time=EXCEL_TIME),
    "excel-en": Dialect(bom=True, time=EXCEL_TIME),
}


class CsvFile:
    """Rows onto a stream (opened with ``newline=""``); texts guarded unless raw."""

    def __init__(self, stream: TextIO, dialect: Dialect, *, raw: bool = False) -> None:
        self._dialect = dialect
        self._raw = raw
        if dialect.bom:
            stream.write(BOM)
        self._writer = csv.writer(
            stream, delimiter=dialect.delimiter, lineterminator="\r\n"
        )

    def write(self, row: Iterable[Value]) -> None:
        self._writer.writerow(list(self._cells(row)))

    def write_all(self, rows: Iterable[Iterable[Value]]) -> None:
        self._writer.writerows([list(self._cells(row)) for row in rows])

    def _cells(self, row: Iterable[Value]) -> Iterator[str]:
        for value in row:
            yield self._cell(value)

    def _cell(self, value: Value) -> str:
        if isinstance(value, str):
            return value if self._raw else guard(value)
        if value is None or isinstance(value, Gap):
            return ""
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime(self._dialect.time)
        if isinstance(value, date):
            return value.isoformat()
        return plain_number(value).replace(".", self._dialect.decimal)


def plain_number(value: float) -> str:
    """Never with an exponent: no spreadsheet and no reader has to guess.

    >>> plain_number(12), plain_number(0.00001), plain_number(-2.5)
    ('12', '0.00001', '-2.5')
    """
    if isinstance(value, int):
        return str(value)
    return f"{value:.12f}".rstrip("0").rstrip(".") or "0"
