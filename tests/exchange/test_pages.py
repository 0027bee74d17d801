"""The keeper's pages and commands: upload a draft, download a format."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.cli import main
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.questionnaires.models import QuestionnaireDraft
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.service import publish
from tests.exchange.survey import survey
from tests.questionnaires.builders import EVERY_TYPE, every_type
from tests.staff_visits import sign_in


@pytest.fixture
def published(session: Session) -> None:
    publish(session, EVERY_TYPE, published_at=now())
    session.commit()


@pytest.fixture
def at_work(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)
    return CliRunner()


def test_keeper_uploads_a_survey_and_sees_what_stayed_behind(
    app: Flask, session: Session
) -> None:
    keeper = sign_in(app, session, "researcher")
    file = (BytesIO(survey(is_new=True)), "bezoek.lss")

    asked = keeper.get("/staff/exchange/new").text
    made = keeper.post("/staff/exchange/new", data={"file": file})
    draft = session.scalars(select(QuestionnaireDraft)).one()

    assert "LimeSurvey" in asked
    assert made.status_code == 200, made.text
    assert "11 questions are in the draft." in made.text
    assert "Each of its boxes is a question of its own." in made.text
    assert f"/staff/questionnaires/drafts/{draft.id}/" in made.text
    assert draft.name in {"Na uw bezoek", "After your visit"}


@pytest.mark.parametrize("name", ["", "x.pdf", "x.xlsx", "x.json", "x.lss"])
def test_other_files_are_refused_kindly(
    app: Flask, session: Session, name: str
) -> None:
    keeper = sign_in(app, session, "researcher")

    page = keeper.post(
        "/staff/exchange/new", data={"file": (BytesIO(b"nonsense"), name)}
    )

    assert page.status_code == 422
    assert 'href="#file"' in page.text


@pytest.mark.usefixtures("published")
def test_keeper_downloads_each_format_after_reading_what_stays_behind(
    app: Flask, session: Session
) -> None:
    keeper = sign_in(app, session, "marketer")
    base = f"/staff/exchange/every_type/{every_type().version}"

    offer = keeper.get(f"{base}/").text
    files = {
        name: keeper.get(f"{base}/{name}")
        for name in ("toml", "xlsform", "surveyjs", "ddi")
    }

    assert "Settings are not carried over." in offer
    assert {file.status_code for file in files.values()} == {200}
    assert files["surveyjs"].get_json()["surveyId"] == "every_type"
    assert files["xlsform"].data[:2] == b"PK"
    assert b"codeBook" in files["ddi"].data
    assert keeper.get(f"{base}/pdf").status_code == 404
    assert keeper.get("/staff/exchange/every_type/9.9.9/toml").status_code == 404


def test_readers_may_not_upload(app: Flask, session: Session) -> None:
    reader = sign_in(app, session, "marketer")

    assert reader.get("/staff/exchange/new").status_code == 403
    assert reader.post("/staff/exchange/new").status_code == 403


@pytest.mark.usefixtures("published")
def test_commands_export_and_import_again(
    at_work: CliRunner, tmp_path: Path, session: Session
) -> None:
    out, toml = tmp_path / "out.json", tmp_path / "back.toml"
    export = ["questionnaire", "export", "--format", "surveyjs"]

    exported = at_work.invoke(
        main, [*export, "--questionnaire", "every_type", str(out)]
    )
    bring = ["questionnaire", "import", "--format", "surveyjs", str(out)]
    imported = at_work.invoke(main, [*bring, "--output", str(toml), "--draft"])
    checked = at_work.invoke(main, ["questionnaire", "validate", str(toml)])
    unknown = at_work.invoke(main, [*export, "--questionnaire", "no", str(out)])
    wrong = at_work.invoke(
        main, ["questionnaire", "import", "--format", "lss", str(out)]
    )

    assert exported.exit_code == 0, exported.output
    assert "not carried over: settings" in exported.stderr
    assert (imported.exit_code, checked.exit_code) == (0, 0)
    assert session.scalars(select(QuestionnaireDraft.name)).one()
    assert (unknown.exit_code, wrong.exit_code) == (1, 1)
    assert "This is no .lss file." in wrong.output
    written = inspect_question_set(EVERY_TYPE).question_set
    assert written is not None
    assert out.read_bytes() == write_surveyjs(written)[0]
