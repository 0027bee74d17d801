"""The worker as a process: killed at any point, it loses and doubles nothing."""

import os
import subprocess
import sys
import time
from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights.models import AnalysedText, Mention
from tests.factories import make_response, make_version

TEXTS = 600
KILLS = 2


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "survey_app", "work", "--until-done"]
    environ = os.environ | {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    return subprocess.Popen(command, env=environ)  # noqa: S603 - our own command


def analysed(database: Database) -> int:
    """Read in a session of its own: a writing one would keep the worker waiting."""
    with database.read() as session:
        return session.scalar(select(func.count(AnalysedText.id))) or 0


def wait_for_progress(
    worker: subprocess.Popen[bytes], database: Database, before: int
) -> None:
    while analysed(database) == before and worker.poll() is None:
        time.sleep(0.02)


def test_killed_worker_loses_and_doubles_nothing(
    settings: Settings, database: Database, session: Session
) -> None:
    version = make_version(session)
    for number in range(TEXTS // 3):
        make_response(
            session,
            version,
            {
                "deciding_factor": f"De verzendkosten zijn te hoog, keer {number}.",
                "website_experience": "Mooie site",
                "why_us": "weet niet",
            },
        )
    session.commit()

    for _kill in range(KILLS):
        before = analysed(database)
        worker = start_worker(settings)
        wait_for_progress(worker, database, before)
        worker.kill()
        worker.wait()
        assert analysed(database) < TEXTS  # or it was too quick for this test
    assert start_worker(settings).wait(timeout=120) == 0

    texts_per_answer = Counter(session.scalars(select(AnalysedText.answer_id)))
    assert (len(texts_per_answer), set(texts_per_answer.values())) == (TEXTS, {1})
    negatives = session.scalar(
        select(func.count(Mention.id)).where(
            Mention.touchpoint == "delivery", Mention.polarity == "negative"
        )
    )
    assert negatives == TEXTS // 3
