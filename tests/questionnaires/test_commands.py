"""The commands that check and publish a questionnaire."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from survey_app.db import Database
from survey_app.questionnaires.commands import questionnaire
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.wave_commands import wave
from tests.questionnaires.builders import EVERY_KIND, broken


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "every_kind_v1.toml"
    path.write_text(EVERY_KIND, "utf-8")
    return path


def test_validate_says_that_nothing_is_wrong(file: Path) -> None:
    result = CliRunner().invoke(questionnaire, ["validate", str(file)])

    assert result.exit_code == 0
    assert result.output == (
        "every_kind_v1.toml: every_kind 1.0.0, 6 pages, 7 questions, nothing wrong\n"
    )


def test_validate_fails_on_a_mistake(file: Path) -> None:
    file.write_text(broken('en = "Every kind"', 'en = ""'), "utf-8")

    result = CliRunner().invoke(questionnaire, ["validate", str(file)])

    assert result.exit_code == 1
    assert "every_kind_v1.toml:7:32: title.en: This text is empty." in result.output


def test_validate_fails_on_another_encoding(file: Path) -> None:
    file.write_bytes(EVERY_KIND.replace("soorten", "crème").encode("latin-1"))

    result = CliRunner().invoke(questionnaire, ["validate", str(file)])

    assert result.exit_code == 1
    assert "is not UTF-8" in result.output


def test_validate_lists_warnings_and_lets_them_pass(file: Path) -> None:
    file.write_text(broken("Welke winkel?", "Welke 'winkel'?"), "utf-8")

    result = CliRunner().invoke(questionnaire, ["validate", str(file)])

    assert result.exit_code == 0
    first, last = result.output.splitlines()
    assert first.startswith("every_kind_v1.toml:23:11: pages[0].questions[0].title.nl:")
    assert first.endswith("[W_STRAIGHT_QUOTES]")
    assert last.endswith("7 questions, 1 warning")


def test_validate_tells_machines_what_it_found(file: Path) -> None:
    file.write_text(broken('en = "Every kind"', 'en = ""'), "utf-8")

    result = CliRunner().invoke(questionnaire, ["validate", "--json", str(file)])

    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "file": "every_kind_v1.toml",
        "valid": False,
        "problems": [
            {
                "code": "E_EMPTY_TEXT",
                "line": 7,
                "column": 32,
                "path": "title.en",
                "sentence": "This text is empty.",
                "fix": "Write it, or leave it out.",
            }
        ],
    }


def test_publish_opens_the_questionnaire(
    file: Path, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))

    result = CliRunner().invoke(questionnaire, ["publish", str(file)])

    assert result.output == "every_kind 1.0.0 is published\n"
    with database.read() as session:
        assert session.scalars(select(Questionnaire.state)).all() == ["open"]


def test_publish_refuses_other_content_under_the_same_version(
    file: Path, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))
    CliRunner().invoke(questionnaire, ["publish", str(file)])
    file.write_text(broken("Alle soorten", "Anders"), "utf-8")

    result = CliRunner().invoke(questionnaire, ["publish", str(file)])

    assert result.exit_code == 1
    assert "Give this one a new version number." in result.output


def test_diff_says_what_may_still_be_compared(file: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.toml"
    changed = broken('"1.0.0"', '"1.1.0"').replace("Welke winkel?", "Welk filiaal?")
    newer.write_text(changed, "utf-8")

    result = CliRunner().invoke(questionnaire, ["diff", str(file), str(newer)])

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:3] == [
        "shop: other words: comparable, with a note",
        "    “title” is worded differently.",
        "channels: same",
    ]
    assert any("W_TRANSLATION_STALE" in line for line in lines)


def test_diff_fails_on_what_could_not_be_published(file: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.toml"
    newer.write_text(broken('"text_short"', '"text_long"'), "utf-8")

    result = CliRunner().invoke(
        questionnaire, ["diff", "--json", str(file), str(newer)]
    )

    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["publishable"] is False
    assert told["questions"][0] == {
        "id": "shop",
        "change": "meaning",
        "reasons": ["It was of type text_short and is of type text_long."],
    }
    codes = [problem["code"] for problem in told["problems"]]
    assert codes == ["E_MEANING_CHANGED", "E_VERSION_NOT_HIGHER"]


def test_waves_are_renamed_and_ended_by_command(
    file: Path, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))
    of = ["--questionnaire", "every_kind"]
    run = CliRunner().invoke
    run(questionnaire, ["publish", str(file)])
    run(wave, ["add", "w1", "--name", "Een", "--from", "2026-03-01", *of])

    renamed = run(wave, ["rename", "w1", "--name", "Voorjaar", *of])
    ended = run(wave, ["end", "w1", "--on", "2026-04-30", *of])
    unknown = run(wave, ["end", "w2", *of])

    assert renamed.output == "Wave w1 is called Voorjaar.\n"
    assert ended.output == "Wave w1 ends on 2026-04-30.\n"
    assert unknown.output == "Error: every_kind has no wave 'w2'\n"
    assert run(wave, ["list"]).output == "w1\t2026-03-01\t2026-04-30\tVoorjaar\n"
