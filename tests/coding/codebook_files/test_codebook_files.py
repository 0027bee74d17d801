"""Codebooks as tables, ours and Taguette's, both ways."""

import csv
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from survey_app.coding.codebook_files.reading import ReadTable, read_csv, read_xlsx
from survey_app.coding.codebook_files.rows import KINDS, CodebookRow, joined, split
from survey_app.coding.codebook_files.writing import write_csv, write_xlsx
from survey_app.coding.file_notices import RefusedFileError
from survey_app.coding.refi.codes import SiblingNames

BOUNDED = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
SIGNS = st.characters(
    blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufffe\uffff"
)
NAMES = (
    st.text(st.sampled_from("ab.\\ =é😀'") | SIGNS, max_size=8)
    .map(str.strip)
    .filter(bool)
)
CELLS = st.text(st.sampled_from("ab =+-'\"\n;,\t") | SIGNS, max_size=20).map(str.strip)
COLORS = st.none() | st.from_regex("#[0-9a-f]{6}", fullmatch=True)


@st.composite
def codebooks(draw: st.DrawFn) -> tuple[CodebookRow, ...]:
    names = SiblingNames()
    rows: list[CodebookRow] = []
    chain: tuple[str, ...] = ()
    for _ in range(draw(st.integers(1, 5))):
        parent = chain[: draw(st.integers(0, len(chain)))]
        chain = (*parent, names.free(parent, draw(NAMES)))
        rows.append(
            CodebookRow(
                path=chain,
                kind=draw(st.none() | st.sampled_from(KINDS)),
                definition=draw(CELLS),
                include_rule=draw(CELLS),
                exclude_rule=draw(CELLS),
                example=draw(CELLS),
                color=draw(COLORS),
                is_codable=draw(st.booleans()),
                is_archived=draw(st.booleans()),
                line=len(rows) + 2,
            )
        )
    return tuple(rows)


def as_csv(rows: tuple[CodebookRow, ...]) -> bytes:
    file = BytesIO()
    write_csv(rows, file)
    return file.getvalue()


def as_xlsx(rows: tuple[CodebookRow, ...]) -> bytes:
    file = BytesIO()
    assert write_xlsx(rows, file) == ()
    return file.getvalue()


def without_lines(rows: tuple[CodebookRow, ...]) -> list[dict[str, object]]:
    fields = [name for name in CodebookRow.__slots__ if name != "line"]
    return [{name: getattr(row, name) for name in fields} for row in rows]


def told(read: ReadTable) -> dict[str, tuple[str, ...]]:
    return {notice.code: notice.places for notice in read.notices}


@BOUNDED
@given(rows=codebooks())
def test_csv_is_read_again_as_it_was(rows: tuple[CodebookRow, ...]) -> None:
    read = read_csv(as_csv(rows))

    assert without_lines(read.rows) == without_lines(rows)
    assert read.notices == ()


@BOUNDED
@given(rows=codebooks())
def test_workbook_is_read_again_as_it_was(rows: tuple[CodebookRow, ...]) -> None:
    content = as_xlsx(rows)

    assert without_lines(read_xlsx(content).rows) == without_lines(rows)
    assert content == as_xlsx(rows)


@given(path=st.lists(NAMES, min_size=1, max_size=4).map(tuple))
def test_path_is_split_as_it_was_joined(path: tuple[str, ...]) -> None:
    assert split(joined(path)) == path


@BOUNDED
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (read_csv, read_xlsx):
        with suppress(RefusedFileError):
            read(content)


def test_codebook_of_taguette_is_read(foreign: Path) -> None:
    read = read_csv((foreign / "peer" / "taguette_1.5.2_codebook.csv").read_bytes())

    assert [(row.path, row.definition, row.is_codable) for row in read.rows] == [
        (("interesting",), "Further review required", True),
        (("phase",), "", False),
        (("phase", "search"), "def of phase.search", True),
        (("phase", "purchase"), "def of phase.purchase", True),
        (("pain point / déçu",), "def of pain point / déçu", True),
    ]
    assert told(read) == {"made_folder": ("phase",)}


def test_taguette_finds_what_it_needs_in_ours() -> None:
    """One column of names, a description, UTF-8 with its mark."""
    row = CodebookRow(path=("Fase", "Zoeken"), definition="Kijken", example="Google")
    content = as_csv((row,))

    header, line = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    cells = dict(zip(header, line, strict=True))
    assert content.startswith(b"\xef\xbb\xbf")
    assert len({"tag", "name", "path"} & set(header)) == 1
    assert cells["path"] == "Fase.Zoeken"
    assert cells["description"] == "Kijken\n\nExample: Google"


def test_formula_is_guarded_unless_a_machine_reads() -> None:
    row = CodebookRow(path=("=1+1",), definition="@x")
    plain, guarded = BytesIO(), as_csv((row,)).decode("utf-8-sig")
    write_csv((row,), plain, guarded=False)

    assert "'=1+1,,'@x" in guarded
    assert "\n=1+1,,@x" in plain.getvalue().decode("utf-8-sig")
    assert read_csv(as_csv((row,))).rows[0].path == ("=1+1",)


def test_names_under_parents_are_read_in_any_order() -> None:
    read = read_csv(
        "Naam;Ouder;Soort;Kleur;Codeerbaar\n"
        "Google;Online;touchpoint;#F00;ja\n"
        "Online;Zoeken;Pain point;paars;nee\n"
        "Zoeken;;sfeer;;\n"
        "Winkel;Straat.Hoek;;;\n".encode("cp1252")
    )

    assert [(row.path, row.kind, row.color) for row in read.rows] == [
        (("Zoeken",), None, None),
        (("Zoeken", "Online"), "pain_point", None),
        (("Zoeken", "Online", "Google"), "touchpoint", "#ff0000"),
        (("Straat",), None, None),
        (("Straat", "Hoek"), None, None),
        (("Straat", "Hoek", "Winkel"), None, None),
    ]
    assert [row.is_codable for row in read.rows[:3]] == [True, False, True]
    assert told(read) == {
        "no_color": ("Zoeken.Online",),
        "unknown_kind": ("Zoeken (sfeer)",),
        "made_folder": ("Straat", "Straat.Hoek"),
    }


def test_rows_that_cannot_be_read_are_told_by_their_line() -> None:
    read = read_csv(b"path,definition,extra\nA,x,\n,iets,\nB,x,,te veel\nA,y,\n")

    assert [row.path for row in read.rows] == [("A",), ("A (2)",)]
    assert told(read) == {
        "unread_column": ("extra",),
        "row_too_long": ("4",),
        "row_without_name": ("3",),
        "renamed_code": ("A (2)",),
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable_rows"),
        (b"soort,kleur\nx,y\n", "no_name_column"),
        (b"path,kind\n,\n", "no_codes"),
        (b"name,parent\nA,B\nB,A\n", "circle_of_parents"),
        (b'path\n"open', "unreadable_rows"),
    ],
)
def test_table_without_codes_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_csv(content)

    assert caught.value.code == code


def test_workbook_with_numbers_and_ticks_is_read() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Path", "Codable", "Archived", "Definition"])
        sheet.write_row(1, 0, [2026, False, True, "een jaar"])

    [row] = read_xlsx(file.getvalue()).rows
    assert (row.path, row.is_codable, row.is_archived) == (("2026",), False, True)


def test_cell_that_is_too_long_is_cut_and_told() -> None:
    file = BytesIO()

    [fault, again] = write_xlsx(
        [CodebookRow(path=("Lang",), definition="x" * 40_000)], file
    )

    cell = str(load_workbook(BytesIO(file.getvalue()))["codebook"]["C2"].value)
    assert (fault.code, fault.place, again.detail) == (
        "cut_cell",
        "Lang",
        "description",
    )
    assert (len(cell), cell[-3:]) == (32_767, "[…]")
