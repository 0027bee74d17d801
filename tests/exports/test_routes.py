"""The pages of exports, as staff see them."""

import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports.forgetting import forget_exports
from survey_app.exports.models import ExportJob
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.responses.models import ErasedResponse
from survey_app.responses.said import Said
from tests.exports.builders import answer_everything, publish_every
from tests.staff_visits import counted_statements, sign_in

PAGE = "/staff/exports/"
CHOSEN = {"format": "csv", "dialect": "plain", "language": "nl"}


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    version = publish_every(session)
    for name in ("een", "twee"):
        answer_everything(session, version, {"name": Said((), name)})
    session.commit()
    return version


def post(client: FlaskClient, version: QuestionnaireVersion, **chosen: Any) -> Any:
    slug = version.questionnaire.slug
    data = {"questionnaire": slug, **CHOSEN, **chosen}
    return client.post(PAGE, data=data, buffered=True)


def only_job(database: Database) -> ExportJob:
    """Read in a session of its own: a writing one would keep the pages waiting."""
    with database.read() as session:
        return session.scalars(select(ExportJob)).one()


def folder(settings: Settings) -> Path:
    return settings.instance / "exports"


def test_page_without_a_questionnaire_teaches(app: Flask, session: Session) -> None:
    page = sign_in(app, session, "researcher").get(PAGE)

    assert "Nothing to export yet" in page.text


def test_small_export_is_downloaded_at_once(
    app: Flask,
    database: Database,
    session: Session,
    version: QuestionnaireVersion,
    settings: Settings,
) -> None:
    client = sign_in(app, session, "researcher")

    page = post(client, version)

    slug = version.questionnaire.slug
    assert page.status == "200 OK"
    assert page.mimetype == "text/csv"
    assert f"filename={slug}-csv-" in page.headers["Content-Disposition"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.text.count("\r\n") == 3
    [file] = folder(settings).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder(settings).stat().st_mode) == 0o700
    job = only_job(database)
    assert (job.state, job.done, job.size) == ("done", 2, file.stat().st_size)
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "export")
    ).one()
    assert (entry.subject, entry.detail["format"]) == (f"questionnaire {slug}", "csv")
    session.commit()
    again = client.get(f"{PAGE}{job.public_id}/file", buffered=True)
    assert again.data == page.data


def test_workbook_is_downloaded_whole(
    app: Flask, session: Session, version: QuestionnaireVersion
) -> None:
    page = post(sign_in(app, session, "admin"), version, format="xlsx", labels="y")

    book = load_workbook(io.BytesIO(page.data))
    assert book["responses"].max_row == 3


def test_mistakes_come_back_with_what_was_chosen(
    app: Flask, session: Session, version: QuestionnaireVersion
) -> None:
    client = sign_in(app, session, "researcher")

    backwards = post(client, version, since="2026-10-02", until="2026-10-01")
    nonsense = post(client, version, since="gisteren", format="doc", wave="9")

    assert backwards.status_code == 422
    assert "The last day lies before the first." in backwards.text
    assert 'value="2026-10-02"' in backwards.text
    assert "Write a day as 31-12-2026." in nonsense.text
    assert nonsense.text.count("Choose one of the answers shown.") >= 2
    assert session.scalars(select(ExportJob)).all() == []
    session.commit()


def test_large_export_is_left_to_the_worker_and_can_be_stopped(
    app: Flask,
    database: Database,
    session: Session,
    version: QuestionnaireVersion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("survey_app.exports.service.MADE_AT_ONCE", 1)
    client = sign_in(app, session, "researcher")

    page = post(client, version)
    job = only_job(database)
    assert page.location == f"{PAGE}{job.public_id}/"
    told = client.get(f"{page.location}status").get_json()
    assert (told["state"], told["total"]) == ("queued", 2)
    assert "Waiting" in client.get(page.location).text
    client.post(f"{page.location}cancel")

    assert "Stopped" in client.get(page.location).text
    assert client.get(f"{page.location}file").status_code == 302


def test_file_goes_when_a_response_is_erased(
    app: Flask,
    database: Database,
    session: Session,
    version: QuestionnaireVersion,
    settings: Settings,
) -> None:
    client = sign_in(app, session, "researcher")
    post(client, version)
    job = only_job(database)
    session.add(
        ErasedResponse(
            public_id="e" * 26,
            questionnaire_id=version.questionnaire_id,
            erased_on=now().date(),
            reason="asked",
        )
    )
    session.commit()

    assert client.get(f"{PAGE}{job.public_id}/file").status_code == 302
    assert "out of date" in client.get(f"{PAGE}{job.public_id}/").text
    forget_exports(database, settings)
    job = only_job(database)
    assert (job.state, job.stale_at is not None) == ("expired", True)
    assert list(folder(settings).iterdir()) == []
    session.commit()

    assert client.post(f"{PAGE}{job.public_id}/again", buffered=True).status == "200 OK"


def test_file_goes_after_a_week(
    app: Flask,
    database: Database,
    session: Session,
    version: QuestionnaireVersion,
    settings: Settings,
) -> None:
    client = sign_in(app, session, "researcher")
    post(client, version)
    job = only_job(database)
    forget_exports(database, settings)
    assert len(list(folder(settings).iterdir())) == 1
    session.execute(update(ExportJob).values(expires_at=now() - timedelta(seconds=1)))
    session.commit()

    forget_exports(database, settings)

    assert list(folder(settings).iterdir()) == []
    assert "Deleted" in client.get(f"{PAGE}{job.public_id}/").text


def test_marketer_gets_no_rows_of_responses(
    app: Flask, database: Database, session: Session, version: QuestionnaireVersion
) -> None:
    post(sign_in(app, session, "researcher"), version)
    job = only_job(database)
    session.commit()
    client = sign_in(app, session, "marketer")

    for form in ("csv", "csv-long", "segments", "xlsx", "sav", "package"):
        assert post(client, version, format=form).status_code == 422, form
    for address in ("", "file", "status"):
        assert client.get(f"{PAGE}{job.public_id}/{address}").status_code == 404
    assert client.post(f"{PAGE}{job.public_id}/again").status_code == 404
    assert job.public_id not in client.get(PAGE).text


def test_visitors_are_sent_to_sign_in(client: FlaskClient) -> None:
    assert "/staff/sign-in" in str(client.get(PAGE).location)


def test_list_costs_the_same_with_one_export_and_with_three(
    app: Flask, session: Session, version: QuestionnaireVersion
) -> None:
    client = sign_in(app, session, "researcher")
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            post(client, version)
        client.get(PAGE)
        with counted_statements(app) as statements:
            client.get(PAGE)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_questionnaires_can_be_chosen(
    app: Flask, session: Session, version: QuestionnaireVersion
) -> None:
    other = publish_every(session)
    session.commit()
    client = sign_in(app, session, "researcher")

    page = client.get(PAGE, query_string={"questionnaire": version.questionnaire.slug})

    assert f'value="{other.questionnaire.slug}"' in page.text
    assert "2 responses sent" in page.text
    assert client.get(f"{PAGE}?questionnaire=none").status_code == 404
    assert session.scalar(select(Questionnaire.id)) is not None
