"""The worker makes exports: killed at any point, it offers no half file."""

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports import making, service
from survey_app.exports.files import sha256_of
from survey_app.exports.making import make_exports
from survey_app.exports.models import ExportJob
from survey_app.exports.orders import Order
from survey_app.exports.selection import Selection
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish
from survey_app.responses.said import Said
from tests.exports.builders import answer_everything, publish_every
from tests.exports.reading import read_csv
from tests.factories import A_MOMENT, make_response

MANY = 500


def order(session: Session, questionnaire_id: int, form: str = "csv") -> ExportJob:
    wanted = Order(format=form, selection=Selection(questionnaire_id=questionnaire_id))
    job = service.order_export(session, wanted, requested_by=None, at=A_MOMENT)
    session.commit()
    return job


def ordered(session: Session, count: int = 3, form: str = "csv") -> ExportJob:
    version = publish_every(session)
    for number in range(count):
        answer_everything(session, version, {"name": Said((), f"n{number}")})
    return order(session, version.questionnaire_id, form)


def now_is(database: Database) -> ExportJob:
    with database.read() as session:
        return session.scalars(select(ExportJob)).one()


def start_worker(settings: Settings) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "survey_app", "work", "--until-done"]
    environ = os.environ | {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "KLANTREIS_INSTANCE": str(settings.instance),
    }
    return subprocess.Popen(command, env=environ)  # noqa: S603 - our own command


def test_export_is_made_step_by_step(
    database: Database, settings: Settings, session: Session
) -> None:
    ordered(session)

    while make_exports(database, settings):
        pass

    job = now_is(database)
    [file] = (settings.instance / "exports").iterdir()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert (job.file_name, job.sha256) == (file.name, sha256_of(file))
    assert len(read_csv(file)) == 3


def test_cancelled_export_leaves_nothing(
    database: Database,
    settings: Settings,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ordered(session, 1_100)
    monkeypatch.setattr(making, "STEP", 0)  # a look after every batch

    assert make_exports(database, settings)
    assert now_is(database).state == "running"
    session.execute(update(ExportJob).values(state="cancelled"))
    session.commit()
    while make_exports(database, settings):
        pass

    assert now_is(database).state == "cancelled"
    assert list((settings.instance / "exports").iterdir()) == []


def test_failed_export_says_so(
    database: Database,
    settings: Settings,
    session: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = ordered(session)
    session.execute(
        update(ExportJob).values(
            options=job.options | {"shape": job.options["shape"] | {"dialect": "no"}}
        )
    )
    session.commit()

    while make_exports(database, settings):
        pass

    assert (now_is(database).state, now_is(database).trouble) == ("failed", "KeyError")
    assert "failed: KeyError" in caplog.text
    assert list((settings.instance / "exports").iterdir()) == []


def test_killed_worker_leaves_no_half_file_and_is_followed_up(
    database: Database, settings: Settings, session: Session
) -> None:
    version = publish(
        session, shipped_question_set("standard_v1.toml"), published_at=A_MOMENT
    )
    for number in range(MANY):
        make_response(
            session, version, codes={"q6_bought": "bought" if number else "no"}
        )
    order(session, version.questionnaire_id, "xlsx")
    folder = settings.instance / "exports"

    worker = start_worker(settings)
    while now_is(database).state == "queued" and worker.poll() is None:
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    job = now_is(database)
    assert job.state == "running"
    assert not (folder / f"{job.public_id}.xlsx").exists()
    assert start_worker(settings).wait(timeout=120) == 0

    job = now_is(database)
    assert (job.state, job.done) == ("done", MANY)
    assert [path.name for path in folder.glob(f"{job.public_id}*")] == [job.file_name]
    assert sha256_of(folder / f"{job.public_id}.xlsx") == job.sha256
