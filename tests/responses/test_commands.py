"""The command that imports answers."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from survey_app.db import Database
from survey_app.responses.commands import import_answers_command
from survey_app.responses.models import Answer
from tests.responses.stored import Stored

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture(autouse=True)
def _settings(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))


def test_import_says_what_it_did(tmp_path: Path, stored: Stored) -> None:
    file = tmp_path / "reviews.csv"
    file.write_text("id,text\nv1,Snelle levering\n", "utf-8")

    result = CliRunner().invoke(
        import_answers_command, [str(file), "--question", "review"]
    )

    assert result.exit_code == 0
    assert (
        result.output == "1 new, 0 updated, 0 unchanged, 0 rejected (read as utf-8)\n"
    )
    assert stored.one(select(Answer.role)) == "review"


def test_import_fails_when_a_row_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(
        '{"submission_id": "a"}\n{"q1_found_us": "event", "x": 1}\n', "utf-8"
    )

    result = CliRunner().invoke(import_answers_command, [str(file)])

    assert result.exit_code == 1
    assert "1 new, 0 updated, 0 unchanged, 1 rejected" in result.stdout
    assert "ignored: x" in result.stdout
    assert result.stderr.startswith("line 2, submission_id: it has no submission_id")


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("", [], "the file is empty"),
        ("id\n", ["--questionnaire", "nothing"], "publish it first"),
    ],
)
def test_import_that_cannot_begin_says_why(
    tmp_path: Path, content: str, options: list[str], words: str
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(content, "utf-8")

    result = CliRunner().invoke(import_answers_command, [str(file), *options])

    assert result.exit_code == 1
    assert words in result.output
