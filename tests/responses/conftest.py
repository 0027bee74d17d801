"""Two published questionnaires: the standard one, and one of every kind."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from survey_app.clock import now
from survey_app.db import Database
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import ensure_wave, publish
from tests.questionnaires.builders import EVERY_KIND
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

STANDARD = shipped_question_set("standard_v1.toml")


@pytest.fixture
def published(database: Database) -> None:
    with database.transaction() as session:
        version = publish(
            session, STANDARD, published_at=now(), organisation="Schroef & Plank"
        )
        publish(session, EVERY_KIND, published_at=now())
        ensure_wave(
            session,
            version.questionnaire,
            code="w1",
            name="Voorjaar",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 4, 30),
        )


@pytest.fixture
def stored(database: Database) -> Stored:
    return Stored(database)


@pytest.fixture
def visit(app: Flask, published: None) -> Callable[..., Visitor]:  # noqa: ARG001 - it is there
    """A new respondent on the first page."""
    return lambda slug="standard", language="nl": Visitor(app, slug, language)
