"""Files of every format, and answers to every type of question."""

import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from survey_app.db import Database
from survey_app.questionnaires.service import publish
from survey_app.responses.importing import (
    ImportFileError,
    ImportPlan,
    ImportReport,
    Unsaid,
    carry_out,
    sheets,
)
from survey_app.responses.importing.files import FileFormat
from survey_app.responses.importing.sources import format_of
from survey_app.responses.models import Answer, Response
from tests.factories import A_MOMENT
from tests.questionnaires.builders import EVERY_TYPE
from tests.responses.stored import Stored

NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _published(database: Database) -> None:
    with database.transaction() as session:
        publish(session, EVERY_TYPE, published_at=A_MOMENT)


def take(
    database: Database,
    content: bytes,
    file_format: FileFormat = "json",
    *,
    dry_run: bool = False,
    **unsaid: Any,
) -> ImportReport:
    plan = ImportPlan(
        questionnaire_slug="every_type",
        file_format=file_format,
        now=NOW,
        unsaid=Unsaid(**unsaid),
        dry_run=dry_run,
    )
    return carry_out(database, BytesIO(content), plan)


def take_row(database: Database, **cells: Any) -> ImportReport:
    return take(database, json.dumps([{"submission_id": "s", **cells}]).encode())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"important": "speed | Prijs"}, ["speed", "price"]),
        ({"important": ["quality", "speed"]}, ["quality", "speed"]),
        ({"important__price": 2, "important__speed": "1"}, ["speed", "price"]),
        ({"with_whom": "Familie, Vrienden"}, ["family", "friends"]),
        ({"with_whom__family": "x", "with_whom__friends": "Friends"}, None),
        ({"with_whom__family": True, "with_whom__alone": 0}, ["family"]),
        ({"service__speed": 4}, ["4"]),
        ({"service__advice": "5"}, ["5"]),
        ({"channels__chat": "Vaak"}, ["often"]),
        ({"recommend": 9}, ["9"]),
        ({"recommend": "10"}, ["10"]),
        ({"visited_on": "14-03-2026"}, ["2026-03-14"]),
        ({"visited_on": "14/3/2026"}, ["2026-03-14"]),
        ({"visited_on": "2026-03-14T00:00:00"}, ["2026-03-14"]),
        ({"visits": "2,5"}, ["2.5"]),
        ({"again": "Ja"}, ["yes"]),
        ({"effort": 7}, ["7"]),
        ({"email": "jan@example.org"}, []),
    ],
)
def test_answers_to_every_type_are_understood(
    database: Database, stored: Stored, cells: dict[str, Any], said: list[str] | None
) -> None:
    report = take_row(database, **cells)

    assert report.rejected == []
    codes = stored.all(select(Answer.code).order_by(Answer.position))
    assert codes == (["family", "friends"] if said is None else said)
    named = stored.all(select(Answer.question_id).distinct())
    assert set(named) <= {*cells, *(name.split("__")[0] for name in cells)}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"recommend": 11}, "recommend"),
        ({"service__speed": "goed"}, "service__speed"),
        ({"important__price": "0"}, "important__price"),
        ({"important__price": "²"}, "important__price"),
        ({"with_whom__family": "misschien"}, "with_whom__family"),
        ({"visited_on": "31-02-2026"}, "visited_on"),
        ({"visited_on": "gisteren"}, "visited_on"),
        ({"visits": "veel"}, "visits"),
        ({"reason": "honger"}, "reason"),
        ({"city": {"a": 1}}, "city"),
    ],
)
def test_what_is_no_answer_is_refused(
    database: Database, cells: dict[str, Any], column: str
) -> None:
    report = take_row(database, **cells)

    assert [(row.line, row.column) for row in report.rejected] == [(1, column)]
    assert report.refused == 1


def test_an_unknown_option_is_kept_as_something_else(
    database: Database, stored: Stored
) -> None:
    rows = [
        {"submission_id": "a", "reason": "honger"},
        {"submission_id": "b", "reason": "iets anders", "reason__detail": "dorst"},
        {"submission_id": "c", "again": "misschien"},
    ]

    report = take(database, json.dumps(rows).encode(), unknown_as_other=True)

    assert [row.line for row in report.rejected] == [3]
    assert stored.said() == [
        ("reason", "other", "honger"),
        ("reason", "other", "dorst"),
    ]


def test_rows_without_a_number_are_called_by_what_they_hold(
    database: Database, stored: Stored
) -> None:
    rows = b"city\nUtrecht\nZwolle\nUtrecht\n"

    for _twice in range(2):
        take(database, rows, "csv", make_ids=True)

    assert stored.one(select(func.count(Response.id))) == 2


def test_columns_go_by_the_names_they_were_given(
    database: Database, stored: Stored
) -> None:
    columns = {"Nr": "submission_id", "Stad": "city"}

    take(database, b"Nr,Stad,city\n1,Utrecht,Parijs\n", "csv", columns=columns)

    assert stored.said() == [("city", None, "Utrecht")]


def test_trying_stores_nothing(database: Database, stored: Stored) -> None:
    report = take(database, b"id,city\n1,Utrecht\n2,Zwolle\n", "csv", dry_run=True)

    assert (report.created, report.updated) == (2, 0)
    assert stored.one(select(func.count(Response.id))) == 0


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_gives_days_numbers_and_ticks(
    database: Database, stored: Stored
) -> None:
    names = ["submission_id", "visited_on", "visits", "with_whom__family", "city", None]
    row = [12.0, date(2026, 3, 14), 2.5, True, "=1+1", None]

    report = take(database, workbook(names, row, [None] * 6), "xlsx")

    assert (report.created, report.encoding, report.rejected) == (1, "xlsx", [])
    assert stored.said() == [
        ("visited_on", "2026-03-14", None),
        ("visits", "2.5", None),
        ("with_whom", "family", None),
    ]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"no zip at all", "cannot be read as a workbook"),
        (workbook(), "the file is empty"),
        (workbook(["id", "id"], [1, 2]), "two columns are called id"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(
    database: Database, content: bytes, trouble: str
) -> None:
    with pytest.raises(ImportFileError, match=trouble):
        take(database, content, "xlsx")


def test_a_row_longer_than_the_header_is_refused(database: Database) -> None:
    report = take(database, workbook(["id", "city"], ["1", "a", "b"]), "xlsx")

    assert [row.line for row in report.rejected] == [2]


def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1 << 20)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (2 << 20))

    assert len(file.getvalue()) < 10_000
    with pytest.raises(ImportFileError, match="unpacks to more"):
        take(database, file.getvalue(), "xlsx")


def test_a_workbook_with_entities_is_refused(database: Database) -> None:
    billion = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    original = BytesIO(workbook(["id", "city"], ["1", "a"]))
    file = BytesIO()
    with zipfile.ZipFile(original) as good, zipfile.ZipFile(file, "w") as bad:
        for part in good.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            bad.writestr(part, billion if is_sheet else good.read(part))

    with pytest.raises(ImportFileError, match=r"cannot be read|empty"):
        take(database, file.getvalue(), "xlsx")


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"[{]", "it is not JSON"),
        (b'"text"', "not a list of objects"),
        (b"[" * 100_000, "it is not JSON"),
    ],
)
def test_json_that_is_no_list_of_rows_says_why(
    database: Database, content: bytes, trouble: str
) -> None:
    with pytest.raises(ImportFileError, match=trouble):
        take(database, content)


@pytest.mark.parametrize(
    ("name", "start", "file_format"),
    [
        ("a.csv", b"a,b", "csv"),
        ("a.TXT", b"a,b", "csv"),
        ("a.xlsx", b"PK\x03\x04", "xlsx"),
        ("a.csv", b"PK\x03\x04", "xlsx"),
        ("a.xlsx", b"a;b", "csv"),
        ("a.json", b" [", "json"),
        ("a.json", b"\xef\xbb\xbf{", "jsonl"),
        ("a.ndjson", b"{", "jsonl"),
        ("", b"", "csv"),
    ],
)
def test_a_format_is_known_by_name_and_by_how_it_begins(
    name: str, start: bytes, file_format: str
) -> None:
    assert format_of(name, start) == file_format
