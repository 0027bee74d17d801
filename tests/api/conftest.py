"""A program with a key for everything, and two published questionnaires."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey_app.api.scopes import Scope
from survey_app.api.service import make_key
from survey_app.clock import now
from survey_app.db import Database
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish
from tests.api.program import Program
from tests.questionnaires.builders import EVERY_KIND


@pytest.fixture
def published(database: Database) -> None:
    with database.transaction() as session:
        publish(session, shipped_question_set("standard_v1.toml"), published_at=now())
        publish(session, EVERY_KIND, published_at=now())


@pytest.fixture
def program(app: Flask, database: Database) -> Callable[..., Program]:
    def with_scopes(*scopes: Scope) -> Program:
        with database.transaction() as session:
            _, text = make_key(
                session, name="Koppeling", scopes=scopes or tuple(Scope), at=now()
            )
        return Program(app, text)

    return with_scopes
