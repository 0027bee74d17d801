"""How long filling in takes, told on the first page once enough people did it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.questionnaires.service import publish
from survey_app.responses.durations import measure_durations
from tests.factories import A_MOMENT, STANDARD, make_response


@pytest.mark.parametrize(
    ("completes", "words"),
    [(49, "ongeveer 4 minuten."), (50, "ongeveer 7 minuten.")],
)
def test_what_was_measured_replaces_what_was_guessed(
    session: Session,
    database: Database,
    settings: Settings,
    client: FlaskClient,
    completes: int,
    words: str,
) -> None:
    version = publish(session, STANDARD, published_at=A_MOMENT)
    for number in range(completes):
        took = timedelta(seconds=420 + number % 3 - 1)
        make_response(session, version, submitted_at=A_MOMENT + took)
    make_response(session, version, submitted_at=A_MOMENT + timedelta(hours=2))
    make_response(session, version, submitted_at=A_MOMENT, source="import")
    session.commit()

    assert measure_durations(database, settings) is False

    assert words in client.get("/q/standard/nl/").text
