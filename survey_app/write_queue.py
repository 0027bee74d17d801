"""Writers of one SQLite file take turns, across threads and processes."""

import os
import sqlite3
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: SQLite's busy handler has to do
    fcntl = None  # type: ignore[assignment]


class QueuedConnection(sqlite3.Connection):
    """A connection that holds its turn to write until the commit is on disk."""

    _turn: int | None = None

    def begin_write(self, lock_file: Path) -> None:
        """Wait for our turn, then start a transaction that can write at once."""
        self._turn = _wait_for_turn(lock_file)
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._pass_on()
            raise

    def commit(self) -> None:
        super().commit()
        self._pass_on()

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


def _wait_for_turn(lock_file: Path) -> int:
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
