"""Alembic's revisions, and how to apply them without a configuration file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def migrate(engine: Engine) -> None:
    """Create the tables, or bring them up to this version."""
    config = _config()
    with engine.connect() as connection, _undisturbed(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _undisturbed(connection: Connection) -> Iterator[None]:
    """Without foreign keys, where dropping a table would delete what refers to it.

    SQLite makes a table anew to alter it. The switch works outside a transaction only.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def is_migrated(engine: Engine) -> bool:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("survey_app") / "migrations"))
    return config
