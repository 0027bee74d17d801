"""Importing on the pages: upload, match the columns, try, import."""

import json
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.accounts.models import AuditEntry
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.imports import service
from survey_app.imports.errands import forget_uploads, import_uploads
from survey_app.imports.models import ImportRun
from survey_app.imports.routes import LARGEST
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Answer, Response
from tests.factories import A_MOMENT, STANDARD
from tests.responses.stored import Stored
from tests.responses.test_staff_pages import words
from tests.staff_visits import counted_statements, sign_in

FOREIGN = (
    "Tijdstempel;Hoe heeft u ons gevonden?;Waarom heeft u voor ons gekozen;Kleur\n"
    "14-03-2026 10:00;Op een beurs of evenement;Advies;rood\n"
    "15-03-2026 10:00;telepathie;Snel;blauw\n"
    "gisteren;Op een beurs of evenement;Fijn;geel\n"
)
Upload = Callable[..., str]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a key for tests only",
        instance=tmp_path / "instance",
    )


@pytest.fixture
def app(settings: Settings) -> Any:
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def researcher(app: Flask, session: Session) -> FlaskClient:
    publish(session, STANDARD, published_at=A_MOMENT)
    session.commit()
    return sign_in(app, session, "researcher")


@pytest.fixture
def upload(researcher: FlaskClient) -> Upload:
    """Upload a file; the address of its import."""

    def send(content: str | bytes, name: str = "answers.csv") -> str:
        data = content if isinstance(content, bytes) else content.encode()
        page = researcher.post(
            "/staff/imports/",
            data={"questionnaire": "standard", "file": (BytesIO(data), name)},
        )
        assert page.status == "302 FOUND"
        return str(page.location)

    return send


def uploads(settings: Settings) -> list[str]:
    folder = settings.instance / "uploads"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def mapped(**columns: str) -> dict[str, str]:
    return {f"column_{place}": column for place, column in enumerate(columns.values())}


CHOSEN = {
    **mapped(time="submitted_at", found="q1_found_us", why="q8_why_us", colour=""),
    "make_ids": "on",
    "language": "nl",
}


def test_a_foreign_file_is_matched_tried_and_imported_once(
    researcher: FlaskClient, upload: Upload, stored: Stored, settings: Settings
) -> None:
    where = upload(FOREIGN)
    page = researcher.get(where).text
    assert "with a semicolon between the columns. 4 columns." in words(page)
    chosen = [
        '<option value="submitted_at" selected>',
        '<option value="q1_found_us" selected>',
        '<option value="q8_why_us" selected>',
    ]
    assert [option in page for option in chosen] == [True] * 3

    tried = researcher.post(f"{where}/try", data=CHOSEN, follow_redirects=True)
    said = words(tried.text)
    assert "would be new 1 would be updated 0 unchanged 0 rows refused 2" in said
    assert "3 q1_found_us &#39;telepathie&#39; is no answer; answers are" in said
    assert "4 submitted_at &#39;gisteren&#39; is no date" in said
    assert stored.one(select(func.count(Response.id))) == 0

    done = researcher.post(f"{where}/commit", follow_redirects=True)
    assert "new 1 updated 0 unchanged 0 rows refused 2" in words(done.text)
    assert stored.one(select(Response.state)) == "submitted"
    assert stored.all(select(Answer.text).order_by(Answer.id)) == [None, "Advies"]
    assert uploads(settings) == []
    entry = stored.one(select(AuditEntry))
    assert (entry.action, entry.detail) == (
        "import_answers",
        {"created": 1, "updated": 0},
    )

    again = upload(FOREIGN)
    data = {**CHOSEN, "unknown": "other"}
    said = words(researcher.post(f"{again}/try", data=data, follow_redirects=True).text)
    assert "would be new 1 would be updated 0 unchanged 1 rows refused 1" in said


def test_a_workbook_is_imported(
    researcher: FlaskClient, upload: Upload, stored: Stored
) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["submission_id", "submitted_at", "q2_first_impression"])
    sheet.append([7, A_MOMENT.replace(tzinfo=None), "Rustig"])
    file = BytesIO()
    workbook.save(file)

    where = upload(file.getvalue(), "answers.xlsx")
    data = mapped(a="submission_id", b="submitted_at", c="q2_first_impression")
    researcher.post(f"{where}/try", data=data)
    researcher.post(f"{where}/commit")

    assert stored.one(select(Response.submission_id)) == "7"
    assert stored.one(select(Answer.text)) == "Rustig"


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ({}, "Say of at least one column which question it answers."),
        ({"column_1": "q1_found_us"}, "Say which column holds the number"),
        (
            {"column_1": "q8_why_us", "column_2": "q8_why_us", "make_ids": "on"},
            "Two columns are q8_why_us",
        ),
        ({"column_1": "nonsense", "make_ids": "on"}, "Say of at least one column"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(
    researcher: FlaskClient, upload: Upload, data: dict[str, str], answer: str
) -> None:
    page = researcher.post(f"{upload(FOREIGN)}/try", data=data)

    assert answer in words(page.text)


@pytest.mark.parametrize(
    ("content", "name", "answer"),
    [
        (b"", "a.csv", "the file is empty"),
        (b"id,id\n1,2\n", "a.csv", "two columns are called id"),
        (b"id\n", "a.csv", "it holds no rows"),
        (b"PK\x03\x04 no workbook", "a.xlsx", "cannot be read as a workbook"),
        (b"{", "a.json", "it holds no rows"),
        (b'["a"]', "a.json", "it holds no rows"),
        (b"\x00\xff\xfe\x81", "a.csv", "bytes that are no text"),
    ],
)
def test_a_file_that_cannot_be_used_is_not_kept(
    researcher: FlaskClient, settings: Settings, content: bytes, name: str, answer: str
) -> None:
    page = researcher.post(
        "/staff/imports/",
        data={"questionnaire": "standard", "file": (BytesIO(content), name)},
        follow_redirects=True,
    )

    assert answer in words(page.text)
    assert uploads(settings) == []


@pytest.mark.parametrize("data", [{}, {"questionnaire": "no"}])
def test_an_upload_without_a_file_asks_for_one(
    researcher: FlaskClient, data: dict[str, str]
) -> None:
    page = researcher.post("/staff/imports/", data=data, follow_redirects=True)

    assert "Choose a questionnaire and a file first." in words(page.text)


def test_a_large_file_is_left_to_the_worker(
    researcher: FlaskClient,
    upload: Upload,
    stored: Stored,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 10)
    where = upload(FOREIGN)

    page = researcher.post(f"{where}/try", data=CHOSEN, follow_redirects=True)
    assert "Waiting for its turn" in words(page.text)
    late = researcher.post(f"{where}/cancel", follow_redirects=True)
    assert "under way or over" in words(late.text)
    assert import_uploads(database, settings)
    assert "would be new 1" in words(researcher.get(where).text)
    researcher.post(f"{where}/commit")
    assert import_uploads(database, settings)
    assert not import_uploads(database, settings)
    assert stored.one(select(func.count(Response.id))) == 1
    assert uploads(settings)
    forget_uploads(database, settings)
    assert uploads(settings) == []


def test_an_import_that_was_killed_is_taken_up_again(
    researcher: FlaskClient,
    upload: Upload,
    database: Database,
    settings: Settings,
    stored: Stored,
) -> None:
    where = upload(FOREIGN)
    researcher.post(f"{where}/try", data=CHOSEN)
    fresh, old = now().isoformat(), (now() - timedelta(minutes=11)).isoformat()
    for beat, is_taken in ((fresh, False), (old, True)):
        with database.transaction() as session:
            run = session.scalars(select(ImportRun)).one()
            run.state, run.report = "running", {"beat": beat}
            run.options = {**run.options, "goal": "commit"}
        assert import_uploads(database, settings) is is_taken
    assert stored.one(select(ImportRun.state)) == "done"


def test_a_cancelled_import_leaves_no_file(
    researcher: FlaskClient, upload: Upload, settings: Settings
) -> None:
    where = upload(FOREIGN)
    assert len(uploads(settings)) == 1

    page = researcher.post(f"{where}/cancel", follow_redirects=True)

    assert "Cancelled; the file is deleted." in words(page.text)
    assert uploads(settings) == []
    assert "Nothing was imported" in words(researcher.get(where).text)
    assert "Cancelled" in words(researcher.get("/staff/imports/").text)


def test_uploads_and_quotes_are_forgotten_after_a_day(
    researcher: FlaskClient,
    upload: Upload,
    database: Database,
    settings: Settings,
    stored: Stored,
) -> None:
    upload(FOREIGN)
    done = upload(FOREIGN.replace("Advies", "Prijs"))
    researcher.post(f"{done}/try", data=CHOSEN)
    researcher.post(f"{done}/commit")
    forget_uploads(database, settings)
    assert len(uploads(settings)) == 1

    yesterday = now() - timedelta(hours=25)
    with database.transaction() as session:
        session.execute(update(ImportRun).values(created_at=yesterday))
        ended = update(ImportRun).where(ImportRun.finished_at.is_not(None))
        session.execute(ended.values(finished_at=yesterday))
    forget_uploads(database, settings)

    assert uploads(settings) == []
    runs = stored.all(select(ImportRun).order_by(ImportRun.id))
    assert [run.state for run in runs] == ["cancelled", "done"]
    assert runs[1].report["rejected"] == []


def test_what_a_killed_server_left_is_deleted_after_an_hour(
    upload: Upload, database: Database, settings: Settings
) -> None:
    wanted = upload(FOREIGN).rpartition("/")[2]
    folder = settings.instance / "uploads"
    for name, age in (("fresh", 0), ("left", 3700)):
        (folder / name).write_bytes(b"half of it")
        os.utime(folder / name, (now().timestamp() - age,) * 2)

    forget_uploads(database, settings)

    assert sorted(uploads(settings)) == sorted(["fresh", wanted])


@contextmanager
def little_room(most: int) -> Iterator[None]:
    """No file of this process may become longer, as on a disk that fills up."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_an_upload_that_cannot_be_kept_whole_leaves_nothing(
    upload: Upload, settings: Settings
) -> None:
    with little_room(200_000), pytest.raises(OSError, match="too large"):
        upload(b"x" * 400_000)

    assert uploads(settings) == []


def test_a_file_over_the_limit_is_told_how_large_it_may_be(
    researcher: FlaskClient, settings: Settings
) -> None:
    unread = BytesIO(b"the first of very many bytes")

    page = researcher.post(
        "/staff/imports/",
        input_stream=unread,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST + 1)},
    )

    assert page.status_code == 413
    assert "At most 200 MB fits; nothing of it was kept." in page.text
    assert (unread.tell(), uploads(settings)) == (0, [])


def test_a_file_that_is_gone_is_said_to_be(
    researcher: FlaskClient, upload: Upload, settings: Settings
) -> None:
    where = upload(FOREIGN)
    (settings.instance / "uploads" / where.rpartition("/")[2]).unlink()

    assert researcher.get(where).status_code == 410


def test_a_file_that_breaks_off_says_where(
    researcher: FlaskClient, upload: Upload
) -> None:
    rows = "".join(f"r{n},Advies\n" for n in range(300))
    where = upload(f'submission_id,q8_why_us\n{rows}r9,"open')
    data = mapped(a="submission_id", b="q8_why_us")

    page = researcher.post(f"{where}/try", data=data, follow_redirects=True)

    assert "line 302 cannot be read" in words(page.text)


def test_visitors_may_not_send_much(app: Flask) -> None:
    file = (BytesIO(b"x" * 100_000), "a.csv")

    page = app.test_client().post("/staff/imports/", data={"file": file})

    assert page.status_code in {302, 413}


def test_the_list_puts_as_many_questions_for_three_as_for_one(
    app: Flask, researcher: FlaskClient, upload: Upload
) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            upload(json.dumps([{"id": f"{more}{number}", "q8_why_us": "x"}]), "a.json")
        with counted_statements(app) as statements:
            assert researcher.get("/staff/imports/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]
