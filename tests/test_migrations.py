"""Bringing a database of an older version up to this one loses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from survey_app.db import Database
from survey_app.insights.lots import lot_of
from survey_app.insights.models import AnalysedText, Generation, Mention
from survey_app.migrations import _config, migrate
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Answer, Response
from survey_app.responses.quality import fingerprint
from tests.conftest import _administer
from tests.factories import A_MOMENT, make_response, make_version

OLD_ROWS = """
INSERT INTO questionnaires (id, slug, state) VALUES (1, 'old', 'open');
INSERT INTO questionnaire_versions
  (id, questionnaire_id, version, content_hash, source, published_at)
  VALUES (1, 1, '1.0.0', 'h', 's', '2026-01-01');
UPDATE questionnaires SET active_version_id = 1;
INSERT INTO respondents (id, created_at) VALUES (1, '2026-01-01');
INSERT INTO responses (id, version_id, respondent_id, state, source, row_version,
  language_started, started_at, last_activity_at)
  VALUES (1, 1, 1, 'submitted', 'link', 0, 'nl', '2026-01-01', '2026-01-01');
INSERT INTO answers (id, response_id, question_id, position, text, on_path, updated_at)
  VALUES (1, 1, 'q', 0, 'Prima', true, '2026-01-01'),
    (2, 1, 'why', 0, 'De levering duurde veel te lang.', true, '2026-01-01'),
    (3, 1, 'how', 0, 'De app is traag.', true, '2026-01-01');
UPDATE answers SET analysis_version = '2-old' WHERE id = 1;
UPDATE answers SET analysis_version = '2-new' WHERE id = 2;
INSERT INTO analysed_texts
  (id, answer_id, respondent_id, source, language, week, version, analysed_at)
  VALUES (1, 1, 1, 'survey', 'nl', 739610, '2-old', '2026-01-01'),
    (2, 2, 1, 'survey', 'nl', 739610, '2-new', '2026-01-02');
INSERT INTO mentions (id, analysed_text_id, start, "end", touchpoint, polarity, score,
  confidence, emotion, stance, cues, method, respondent_id, source, language, week)
  VALUES (1, 2, 0, 32, 'delivery', 'negative', -0.6,
  0.8, 'none', 'fact', '[]', 'model', 1, 'survey', 'nl', 739610)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/old.db")
        yield database
        database.dispose()
        return
    server = request.getfixturevalue("postgresql_server")
    _administer(server, "CREATE DATABASE old")
    url = make_url(server).set(database="old").render_as_string(hide_password=False)
    database = Database(url)
    yield database
    database.dispose()
    _administer(server, "DROP DATABASE old WITH (FORCE)")


def upgrade_from_the_first(empty: Database) -> None:
    config = _config()
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    migrate(empty.engine)


def test_upgrade_keeps_what_there_was(empty: Database) -> None:
    upgrade_from_the_first(empty)

    with empty.read() as session:
        response = session.scalars(select(Response)).one()
        said = [answer.text for answer in response.answers]
        assert said == ["Prima", "De levering duurde veel te lang.", "De app is traag."]
        assert response.privacy_mode == "pseudonymous"
        marks = [answer.text_fingerprint for answer in response.answers]
        assert marks == [None, fingerprint(said[1] or ""), None]
        assert len(response.public_id) == len("0" * 26)


def test_what_was_analysed_before_generations_is_the_first(empty: Database) -> None:
    """What an older version had read is still to be read again, in its place."""
    upgrade_from_the_first(empty)

    with empty.read() as session:
        generation = session.scalars(select(Generation)).one()
        assert (generation.id, generation.version, generation.place) == (
            1,
            "2-new",
            "current",
        )
        marks = select(Answer.analysis_version).order_by(Answer.id)
        assert session.scalars(marks).all() == ["2-old", "1", None]
        numbers = select(AnalysedText.generation).order_by(AnalysedText.id)
        assert session.scalars(numbers).all() == [1, 1]
        assert session.scalars(select(Mention.generation)).all() == [1]
        lots = session.execute(select(AnalysedText.answer_id, AnalysedText.lot)).all()
        assert len(lots) == 2
        assert all(lot == lot_of(answer_id=of, turn_id=None) for of, lot in lots)
    with empty.write() as session, pytest.raises(DBAPIError, match="one_source"):
        session.execute(update(AnalysedText).values(answer_id=None))


def test_foreign_keys_hold_again_after_migrating(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.db")
    migrate(database.engine)

    row = {"response_id": 1, "question_id": "q", "code": "a", "updated_at": A_MOMENT}
    with database.write() as session, pytest.raises(DBAPIError, match="FOREIGN KEY"):
        session.execute(insert(Answer), [row])
    database.dispose()


def test_published_version_cannot_be_changed(database: Database) -> None:
    with database.transaction() as session:
        make_response(session, make_version(session))

    change = update(QuestionnaireVersion).values(source="other")
    with database.write() as session, pytest.raises(DBAPIError, match="never changed"):
        session.execute(change)
