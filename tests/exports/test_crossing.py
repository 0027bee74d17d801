"""From SQLite to PostgreSQL and back: a package loses nothing on the way."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click import Command
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.application import furnish
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports.commands import export_answers_command
from survey_app.exports.package.commands import import_package_command
from survey_app.insights.models import Correction
from survey_app.orm import Base
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.responses.models import Answer, Response, ResponseMark
from survey_app.responses.said import Said
from tests.exports.builders import answer_everything, keep_everything
from tests.staff_visits import sign_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Words that databases have mistaken before: composed, from right to left, many bytes.
WORDS = "Tre\u0301s bien 👩🏽‍🔧\tİstanbul ß\n\n'); DROP -- \\x00 %s عربى"
TAGS = ("zeer boos", "bel terug", "éénmalig", "à la carte")
NOTE = "Gebeld; nog eens op 3 november.\r\nKlinkt «tevreden» 🙂"
ADDRESS = "a@example.org"  # said to one question; no package holds addresses
OF_ROWS_HERE = frozenset({"id", "response_id", "answer_id", "questionnaire_id"})
NOT_CARRIED = frozenset(
    {  # staff and respondents are other rows there; what is worked out is made anew
        *("version_id", "wave_id", "respondent_id", "invitation_id", "published_by"),
        *("marked_by", "corrected_by", "row_version", "resume_key_hash", "start_nonce"),
        "analysis_version",
    }
)
Kept = dict[str, Any]
Run = Callable[..., str]
SLUG = "crossing"
PLAIN = {"dialect": "plain", "language": "nl"}


@pytest.fixture
def second_sqlite(tmp_path: Path, sqlite_template: Path) -> str:
    path = tmp_path / "second.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


KEPT = (
    select(QuestionnaireVersion),
    select(Wave),
    select(Response, Response.public_id, Response.privacy_mode),
    select(Answer, Response.public_id, Response.privacy_mode)
    .join(Answer.response)
    .where(Answer.question_id != "mail"),
    select(ResponseMark, Response.public_id, Response.privacy_mode).join(
        Response, Response.id == ResponseMark.response_id
    ),
    select(Correction, Answer.text).join(Answer, Answer.id == Correction.answer_id),
)


def all_that_is_kept(url: str) -> list[str]:
    """Every row that a package is about, in the words of the database itself."""
    database = Database(url)
    with database.read() as session:
        found = [
            repr((type(row).__name__, as_kept(row, "anonymous" in of), *of))
            for question in KEPT
            for row, *of in session.execute(question)
        ]
    database.dispose()
    return sorted(found)


def as_kept(row: Base, to_the_day: bool) -> Kept:  # noqa: FBT001 - of the table above
    def plain(value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        return str(value.date()) if to_the_day else value.timestamp()

    return {
        column.key: plain(getattr(row, column.key))
        for column in row.__table__.columns
        if column.key not in OF_ROWS_HERE | NOT_CARRIED
    }


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Run:
    def run_in(url: str, command: Command, *arguments: str) -> str:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("KLANTREIS_INSTANCE", str(settings.instance))
        done = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return str(done.output)

    return run_in


def elsewhere(app: Flask, settings: Settings, url: str) -> list[str]:
    furnish(app, replace(settings, database_url=url))
    with app.extensions["database"].write() as session:
        keeper = sign_in(app, session, "admin")
    pages = pages_of(app, keeper)
    app.extensions["database"].dispose()
    return pages


def pages_of(app: Flask, keeper: FlaskClient) -> list[str]:
    """What staff read of every response, without who marked it and when."""
    with app.extensions["database"].read() as session:
        ids = session.scalars(select(Response.id).order_by(Response.public_id)).all()
    return [shown(keeper, f"/staff/responses/{each}") for each in ids]


def shown(keeper: FlaskClient, address: str) -> str:
    page = keeper.get(address)
    assert page.status_code == 200
    read, _sep, _history = page.text.partition("What was done with it")
    main = read.split('class="beside')[1].replace(ADDRESS, "Skipped")
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def keeper(app: Flask, session: Session) -> FlaskClient:
    """Who gave a response tags and a note, on its page."""
    version = keep_everything(session)
    version.questionnaire.slug = SLUG
    response = answer_everything(
        session,
        version,
        {"words": Said((), WORDS), "seen": Said(("detail", "site"))},
        prefill={"channel": WORDS, "n": 1.5, "yes": True, "none": None},
    )
    address = f"/staff/responses/{response.id}"
    session.commit()
    keeper = sign_in(app, session, "admin")
    for tag in TAGS:
        keeper.post(f"{address}/tag", data={"tag": tag})
    keeper.post(f"{address}/note", data={"note": NOTE})
    return keeper


@pytest.fixture
def journey(
    keeper: FlaskClient,
    postgresql_url: str,
    second_sqlite: str,
    tmp_path: Path,
    run: Run,
) -> tuple[str, str]:
    """Out by a page, into PostgreSQL, out by a command, into another SQLite."""
    asked = {"questionnaire": SLUG, "format": "package", **PLAIN}
    download = keeper.post("/staff/exports/", data=asked, buffered=True)
    package, back = tmp_path / "package.zip", tmp_path / "back.zip"
    assert download.mimetype == "application/zip", download.text
    package.write_bytes(download.data)

    there = run(postgresql_url, import_package_command, str(package))
    take_out = ("--questionnaire", SLUG, "--format", "package", str(back))
    run(postgresql_url, export_answers_command, *take_out)
    home = run(second_sqlite, import_package_command, str(back))

    assert "6 new responses" in there
    assert "6 new responses" in home
    return postgresql_url, second_sqlite


def test_rows_are_the_same_in_two_kinds_of_database_and_back(
    settings: Settings, journey: tuple[str, str]
) -> None:
    here = all_that_is_kept(settings.database_url)

    for said in (*TAGS, "nog eens op 3 november.\\nKlinkt"):
        assert any(said in row for row in here)
    assert [all_that_is_kept(url) for url in journey] == [here, here]


def test_pages_are_the_same_in_two_kinds_of_database_and_back(
    app: Flask, settings: Settings, keeper: FlaskClient, journey: tuple[str, str]
) -> None:
    here = pages_of(app, keeper)

    assert any("İstanbul" in page and "éénmalig" in page for page in here)
    assert [elsewhere(app, settings, url) for url in journey] == [here, here]
