"""No cell runs as a formula, and none loses what was said."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from survey_app.cells import guard, unguard
from survey_app.exports.dialects import DIALECTS, CsvFile
from survey_app.exports.workbook import Workbook

FORMULAS = [
    "=1+1",
    "+31 6 12345678",
    "-",
    "@SUM(A1)",
    "\t=1",
    "\rx",
    "\nx",
    "   =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    "=cmd|' /C calc'!A0",
]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
SUSPECT = st.text(st.sampled_from("'=+-@\t\r\n \ufeff\uff1da"))


@pytest.mark.parametrize("text", FORMULAS)
def test_guard_takes_away_the_power_of_formulas(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "fijn", "'s avonds", "a=b", "1-2", "’t is goed"])
def test_guard_leaves_plain_texts_alone(text: str) -> None:
    assert guard(text) == text


@given(TEXTS | SUSPECT)
def test_guard_can_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.lists(TEXTS | SUSPECT, min_size=1), st.sampled_from(sorted(DIALECTS)))
def test_cells_come_back_from_every_dialect(cells: list[str], dialect: str) -> None:
    stream = io.StringIO(newline="")
    CsvFile(stream, DIALECTS[dialect]).write(["id", *cells])
    text = stream.getvalue().removeprefix("\ufeff")

    [row] = csv.reader(
        io.StringIO(text, newline=""), delimiter=DIALECTS[dialect].delimiter
    )

    assert [unguard(cell) for cell in row[1:]] == cells


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("plain", "-2.5,0.00001,7,,x\r\n"),
        ("excel-nl", "\ufeff-2,5;0,00001;7;;x\r\n"),
        ("excel-en", "\ufeff-2.5,0.00001,7,,x\r\n"),
    ],
)
def test_numbers_stay_numbers(dialect: str, expected: str) -> None:
    stream = io.StringIO(newline="")

    CsvFile(stream, DIALECTS[dialect]).write([-2.5, 0.00001, 7, None, "x"])

    assert stream.getvalue() == expected


def test_raw_writes_what_was_said() -> None:
    stream = io.StringIO(newline="")

    CsvFile(stream, DIALECTS["plain"], raw=True).write(["=1+1"])

    assert stream.getvalue() == "=1+1\r\n"


def test_headers_are_guarded_like_cells(tmp_path: Path) -> None:
    stream = io.StringIO(newline="")
    CsvFile(stream, DIALECTS["plain"]).write(["=q1", "q2"])
    book = Workbook(tmp_path / "out.xlsx")
    book.sheet("answers", ["=q1", "q2"])
    book.close()

    header = load_workbook(tmp_path / "out.xlsx")["answers"][1]

    assert stream.getvalue() == "'=q1,q2\r\n"
    assert [cell.value for cell in header] == ["'=q1", "q2"]
