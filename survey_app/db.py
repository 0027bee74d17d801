"""The database: one engine, sessions that read and sessions that write.

A reading session cannot write (the database itself refuses), so no GET can change
anything. Writers on SQLite queue before BEGIN IMMEDIATE, and share the wait for the
disk when they commit.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from survey_app.config import InvalidSettingError
from survey_app.write_queue import QueuedConnection

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BUSY_TIMEOUT_MS = 5_000
CHECKPOINT_TIMEOUT_MS = 500  # respondents go first
POSTGRESQL = frozenset({"postgresql", "postgres"})


class Database:
    """The engine of one installation, and a ``reader`` that can change nothing.

    On SQLite the reader has connections of its own: to let one write now and not then
    makes SQLite prepare all its statements anew, each time.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _make_engine(url)
        reader: Engine
        if self.engine.dialect.name == "postgresql":
            reader = self.engine.execution_options(postgresql_readonly=True)
        else:
            reader = _make_engine(url, only_reads=True)
        self.reader = reader.execution_options(reads_only=True)

    def read(self) -> Session:
        return Session(self.reader, expire_on_commit=False)

    def write(self) -> Session:
        # Reading an expired row after the commit would take another turn to write.
        return Session(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing session that commits at the end, or rolls back on an error."""
        with self.write() as session, session.begin():
            yield session

    def forget_deleted(self) -> None:
        """Empty SQLite's journal, which still holds pages as they were before.

        While somebody else reads an older page this does nothing; the next will do.
        """
        if self.engine.dialect.name != "sqlite":
            return
        with closing(self.engine.raw_connection()) as connection:
            connection.execute(f"PRAGMA busy_timeout={CHECKPOINT_TIMEOUT_MS}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    def dispose(self) -> None:
        self.reader.dispose()
        self.engine.dispose()


@contextmanager
def connected(url: str) -> Iterator[Database]:
    """A database for as long as a command runs."""
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def _make_engine(url: str, *, only_reads: bool = False) -> Engine:
    parsed = _read_url(url)
    if parsed.get_backend_name() in POSTGRESQL:
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"), hide_parameters=True
        )
    _keep_to_ourselves(Path(str(parsed.database)))
    engine = create_engine(
        parsed, connect_args={"factory": QueuedConnection}, hide_parameters=True
    )
    _prepare_sqlite(engine, Path(str(parsed.database)), only_reads=only_reads)
    return engine


def _read_url(url: str) -> URL:
    """Never quoted in a complaint: it may hold a password."""
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() in POSTGRESQL:
            return parsed
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            return parsed
    raise InvalidSettingError(
        "DATABASE_URL must name a database as sqlite:////path/to/file.db or"
        " postgresql://user:password@host/name"
    )


def _keep_to_ourselves(file: Path) -> None:
    """A new database is readable by its owner alone; its WAL takes after it."""
    with suppress(FileExistsError, FileNotFoundError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(engine: Engine, file: Path, *, only_reads: bool) -> None:
    @event.listens_for(engine, "connect")
    def _set_up(connection: QueuedConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("PRAGMA journal_mode=WAL")
        # The write queue itself waits for the disk at every commit (decision 22).
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # erased words are overwritten
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA query_only={int(only_reads)}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        raw = cast("QueuedConnection", connection.connection.dbapi_connection)
        if only_reads:
            raw.execute("BEGIN")
            return
        try:
            raw.begin_write(file)
        except (sqlite3.Error, OSError) as error:  # a file locked, read-only or gone
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def get_database() -> Database:
    return cast("Database", current_app.extensions["database"])


def get_session() -> Session:
    """The session of this request: reading for safe methods, writing for others."""
    if "session" not in g:
        database = get_database()
        reads = request and request.method in SAFE_METHODS
        g.session = database.read() if reads else database.write()
    return cast("Session", g.session)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close_session)


def _close_session(_error: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
