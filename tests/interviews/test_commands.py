"""The command that imports interviews."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.interviews.commands import import_interview_command
from survey_app.interviews.models import Interview, Speaker, Turn
from tests.interviews.documents import p, word


@pytest.fixture(autouse=True)
def _settings(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_interview_command, list(map(str, arguments)))


def test_a_word_document_is_stored_and_reported(
    tmp_path: Path, session: Session
) -> None:
    file = tmp_path / "eerste_gesprek.docx"
    file.write_bytes(word(p("Jan: Hoe ging het?") + p("Anna: Goed.") + p("Jan: Ja?")))

    result = run(file, "--role", "Jan=interviewer", "--role", "Anna = participant")

    assert result.output == (
        "eerste_gesprek.docx: 3 turns; docx\n"
        "  Jan: interviewer, 2 turns, 4 words\n"
        "  Anna: participant, 1 turns, 1 words\n"
    )
    assert [turn.text for turn in session.scalars(select(Turn))] == [
        "Hoe ging het?",
        "Goed.",
        "Ja?",
    ]


def test_an_encoding_is_asked_and_then_used(tmp_path: Path, session: Session) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Anna: Café\nAnna: ja".encode("cp1252"))

    asked = run(file)
    told = run(file, "--encoding", "cp1252")

    assert asked.exit_code == 1
    assert "--encoding cp1252\n    Anna: Café\n" in asked.stderr
    assert told.exit_code == 0
    assert session.scalars(select(Interview.text)).one() == "Anna: Café\nAnna: ja"


def test_good_files_are_stored_beside_bad_ones(
    tmp_path: Path, session: Session
) -> None:
    (tmp_path / "a.txt").write_text("Interviewer: Hoe?\nAnna: Zo.\nAnna: Ja.")
    (tmp_path / "b.txt").write_text("Alleen een verhaal.")
    (tmp_path / "c.mp3").write_bytes(b"ID3")

    result = run(*(tmp_path / name for name in ("b.txt", "c.mp3", "a.txt")))

    assert result.exit_code == 1
    assert "b.txt: not imported: Nobody is named in it." in result.stderr
    assert "c.mp3: not imported: A file of this kind (MP3) cannot be read. These" in (
        result.stderr
    )
    assert session.scalars(select(Interview.source_name)).all() == ["a.txt"]


def test_one_person_who_speaks_all_through(tmp_path: Path, session: Session) -> None:
    file = tmp_path / "dagboek.txt"
    file.write_text("Maandag was goed.\n\nDinsdag niet.")

    result = run(file, "--speaker", "Notulist")

    assert result.exit_code == 0
    assert session.scalars(select(Speaker.role)).all() == ["other"]


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.vtt"
    file.write_text(
        "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000\n<v Anna>Ja.</v>\n<v Bram>Nee."
    )

    shown = run(file).output

    assert "Notes and styles among the subtitles, left out: 1" in shown
    assert "all count as participants (Anna, Bram)" in shown


def test_a_file_can_be_tried_first(tmp_path: Path, session: Session) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Anna: Zo.\nBram: Ja.\nAnna: Dag.")

    shown = run(file, "--dry-run").output

    assert shown.startswith("a.txt: 3 turns; txt, utf-8 (valid)\n  Anna: participant,")
    assert session.scalars(select(Interview)).all() == []


def test_the_same_file_twice(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Anna: Zo.\nAnna: Ja.")

    assert run(file).exit_code == 0
    assert run(file).output == "a.txt: already imported, nothing changed\n"


@pytest.mark.parametrize("role", ["Jan", "=interviewer", "Jan=baas"])
def test_a_role_that_is_none(tmp_path: Path, role: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Anna: Zo.")

    result = run(file, "--role", role)

    assert result.exit_code == 2
    assert "write it as 'Anna=interviewer'" in result.stderr
