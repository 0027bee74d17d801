"""The demo's true patterns are found by the real import and the real analysis."""

import io
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.clock import now
from survey_app.db import Database, connected
from survey_app.demo.shop import open_shop
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, Mention
from survey_app.insights.service import analyse_pending
from survey_app.interviews.models import Interview
from survey_app.migrations import migrate
from survey_app.personas.models import Persona
from survey_app.questionnaires.models import Wave
from survey_app.responses.importing import import_answers
from survey_app.responses.models import Answer, Response
from survey_app.touchpoints.service import Finding, Keeper, Naming, add_touchpoint


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


SPOKEN_OF = {
    "nl": (
        "De laadpaal op jullie parkeerplaats deed het niet.",
        "Goed geholpen in de winkel, maar alle laadpalen waren bezet",
        "Top dat er nu een snellaadpaal staat",
        "Kon mijn elektrische auto nergens laden.",  # by likeness to an example
    ),
    "en": (
        "The charging point in the car park was out of order",
        "Great that you have charging points now!",
    ),
}
NOT_SPOKEN_OF = {
    "nl": ("De pagina laadde traag", "De paal van de schutting was krom."),
    "en": ("You charged me twice", "What is the point of an app?"),
}
CHARGING_POINT = Finding(
    cues_nl=("laadpaal",),
    cues_en=("charging point",),
    examples=(
        "Ik kon mijn elektrische auto niet laden.",
        "Laden duurde lang.",
        "Could not charge my electric car.",
    ),
)


def test_a_touchpoint_of_ones_own_is_found_among_all_answers(
    shop: Database, tmp_path: Path
) -> None:
    with _copied(shop, tmp_path / "copy.db") as database, _executor() as executor:
        _send_in(database, SPOKEN_OF, "a")
        _send_in(database, NOT_SPOKEN_OF, "b")
        while analyse_pending(database, executor):
            pass
        assert _texts_with(database, "own_laadpaal") == set()
        _add_charging_point(database)

        while analyse_pending(database, executor):
            pass

        wanted = {text for texts in SPOKEN_OF.values() for text in texts}
        assert _texts_with(database, "own_laadpaal") == wanted


@contextmanager
def _copied(shop: Database, path: Path) -> Iterator[Database]:
    file = shop.engine.url.database
    assert file is not None
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    with connected(f"sqlite:///{path}") as database:
        yield database


def _executor() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1)


def _send_in(
    database: Database, said: Mapping[str, Sequence[str]], prefix: str
) -> None:
    rows = [
        {
            "submission_id": f"new-{prefix}-{language}-{number}",
            "respondent_id": f"new-{prefix}-{language}-{number}",
            "wave": "w3",
            "language": language,
            "submitted_at": "2026-10-20T12:00:00+02:00",
            "q4_interactions": text,
        }
        for language, texts in said.items()
        for number, text in enumerate(texts)
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    report = import_answers(
        database,
        io.BytesIO(lines.encode()),
        questionnaire_slug="standard",
        file_format="jsonl",
        now=now(),
    )
    assert report.created == len(rows)


def _add_charging_point(database: Database) -> None:
    with database.transaction() as session:
        researcher = session.scalars(select(StaffMember.id)).first()
        assert researcher is not None
        add_touchpoint(
            session,
            Naming(name_nl="Laadpaal", name_en="Charging point", phase="experience"),
            CHARGING_POINT,
            Keeper(staff_id=researcher, at=now()),
        )


def _texts_with(database: Database, touchpoint: str) -> set[str | None]:
    with database.read() as session:
        found = session.scalars(
            select(Answer.text)
            .join(AnalysedText, AnalysedText.answer_id == Answer.id)
            .join(Mention, Mention.analysed_text_id == AnalysedText.id)
            .where(in_current(Mention), Mention.touchpoint == touchpoint)
        )
        return set(found)


def test_demo_data_names_no_address_or_number() -> None:
    data = Path(__file__).parents[2] / "survey_app" / "demo" / "data"

    texts = [path.read_text("utf-8") for path in data.rglob("*.*")]

    assert [text for text in texts if "@" in text] == []
