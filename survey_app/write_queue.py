"""Writers of one SQLite file take turns, and share the wait for the disk.

SQLite's own busy handler sleeps and polls; a lock file wakes the next writer at once.
And where ``synchronous=FULL`` has each commit wait for the disk while it keeps the
others waiting, here a writer passes its turn on first. Whoever then waits for the disk
waits for all commits before it, so that one ``fdatasync`` serves everybody who came in
the meantime. A commit still returns only when it is on disk.
"""

import os
import sqlite3
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: SQLite's busy handler has to do
    fcntl = None  # type: ignore[assignment]


SYNC = getattr(os, "fdatasync", os.fsync)  # macOS has the latter alone


class WriteQueue:
    """The queue before one database file, as this process sees it."""

    def __init__(self, database_file: str) -> None:
        self._lock_file = f"{database_file}.lock"
        self._log_file = f"{database_file}-wal"
        self._changed = threading.Condition()
        self._committed = 0  # commits of this process that were written
        self._durable = 0  # the first so many of them are on disk
        self._syncing = False

    def wait_for_turn(self) -> int:
        """An open file that holds our turn until it is closed."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self._lock_file, flags, 0o600)
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor

    def wait_until_durable(self) -> None:
        """Return when what was committed before this call is on disk."""
        with self._changed:
            self._committed += 1
            mine = self._committed
            while self._durable < mine:
                if self._syncing:
                    self._changed.wait()
                    continue
                self._sync_all()

    def _sync_all(self) -> None:
        """One wait for the disk; who commits meanwhile waits for the next one."""
        self._syncing = True
        upto = self._committed
        self._changed.release()
        try:
            _sync(self._log_file)
        finally:
            self._changed.acquire()
            self._syncing = False
            self._changed.notify_all()
        self._durable = max(self._durable, upto)


@cache
def queue_of(database_file: str) -> WriteQueue:
    return WriteQueue(database_file)


def _sync(log_file: str) -> None:
    """Opened each time, as the log may be a new file by now.

    Without a log, SQLite has moved all of it into the database, and synced that.
    """
    with suppress(FileNotFoundError):
        descriptor = os.open(log_file, os.O_RDWR | os.O_CLOEXEC)
        try:
            SYNC(descriptor)
        finally:
            os.close(descriptor)


class QueuedConnection(sqlite3.Connection):
    """A connection that holds its turn to write until it has committed."""

    _turn: int | None = None
    _queue: WriteQueue | None = None

    def begin_write(self, database_file: Path) -> None:
        """Wait for our turn, then start a transaction that can write at once."""
        self._queue = queue_of(str(database_file))
        self._turn = self._queue.wait_for_turn()
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._pass_on()
            raise

    def commit(self) -> None:
        wrote = self._turn is not None and self.in_transaction
        super().commit()
        self._pass_on()
        if wrote and self._queue is not None:
            try:
                self._queue.wait_until_durable()
            except OSError as error:  # the disk is full or broken: nothing is certain
                raise sqlite3.OperationalError(f"not on disk: {error}") from error

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._pass_on()

    def close(self) -> None:
        super().close()
        self._pass_on()

    def _pass_on(self) -> None:
        if self._turn is not None:
            os.close(self._turn)  # closing the file gives the lock back
            self._turn = None
