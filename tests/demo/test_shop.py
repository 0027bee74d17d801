"""The demo's true patterns are found by the real import and the real analysis."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.demo.shop import open_shop
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints
from survey_app.interviews.models import Interview
from survey_app.migrations import migrate
from survey_app.personas.models import Persona
from survey_app.questionnaires.models import Wave
from survey_app.responses.models import Response


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('shop')}/shop.db")
    migrate(database.engine)
    open_shop(database, say=lambda _line: None)
    yield database
    database.dispose()


@pytest.fixture
def session(shop: Database) -> Iterator[Session]:
    with shop.read() as session:
        yield session


def test_everything_came_in(session: Session) -> None:
    counts = [
        session.scalar(select(func.count()).select_from(table))
        for table in (Response, Interview, Wave)
    ]

    assert counts == [410, 6, 3]


def test_delivery_dips_in_the_second_wave_and_recovers(session: Session) -> None:
    waves = session.scalars(select(Wave.id).order_by(Wave.starts_on)).all()
    figures = [
        report_touchpoints(session, FigureFilter(wave_id=wave)).find("delivery")
        for wave in waves
    ]

    negative = [
        figure.point.share_negative.value
        for figure in figures
        if figure and figure.point
    ]
    assert len(negative) == 3
    assert negative[1] > negative[0] + 0.1
    assert negative[1] > negative[2] + 0.1


def test_three_kinds_of_customers_are_found(session: Session) -> None:
    shares = session.scalars(select(Persona.base).order_by(Persona.position)).all()

    assert len(shares) == 3


def test_demo_data_names_no_address_or_number() -> None:
    data = Path(__file__).parents[2] / "survey_app" / "demo" / "data"

    texts = [path.read_text("utf-8") for path in data.rglob("*.*")]

    assert [text for text in texts if "@" in text] == []
