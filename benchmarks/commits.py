"""Durable commits on SQLite: our write queue beside what SQLite does by itself.

    .venv/bin/python -m benchmarks.commits

Two processes of four threads each store a response and its answer, one transaction
each, for a few seconds a way. What counts is how long the slowest in a hundred waits.
"""

import multiprocessing
import os
import sqlite3
import tempfile
import threading
import time
from pathlib import Path

from survey_app.write_queue import QueuedConnection

PROCESSES = 2
THREADS = 4
SECONDS = 4.0
BLOCK = b"x" * 4096
TABLE = "CREATE TABLE said (id INTEGER PRIMARY KEY, response TEXT, answer TEXT)"
INSERT = "INSERT INTO said (response, answer) VALUES (?, ?)"
ROW = ("r", "De bezorging duurde lang, maar het was keurig ingepakt")


class FullConnection(QueuedConnection):
    """Leaves the waiting to SQLite, within the turn."""

    def commit(self) -> None:
        sqlite3.Connection.commit(self)
        self._pass_on()


class Alone:
    """SQLite as it comes: ``synchronous=FULL``, and its busy handler for a queue."""

    synchronous = "FULL"
    factory: type[QueuedConnection] = FullConnection

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection = sqlite3.connect(
            file, factory=self.factory, isolation_level=None, timeout=60
        )
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(f"PRAGMA synchronous={self.synchronous}")

    def commit(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(INSERT, ROW)
        self.connection.execute("COMMIT")


class Queued(Alone):
    """A queue before the transaction; each waits for the disk in its turn."""

    def commit(self) -> None:
        self.connection.begin_write(self.file)
        self.connection.execute(INSERT, ROW)
        self.connection.commit()


class Shared(Queued):
    """A queue, and one wait for the disk for all who are there: what we use."""

    synchronous = "NORMAL"
    factory = QueuedConnection


WAYS: dict[str, type[Alone]] = {
    "SQLite alone, FULL": Alone,
    "with a queue, FULL": Queued,
    "with a queue and a shared wait": Shared,
}


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        disk = syncs_per_second(Path(folder))
        print(f"fdatasync of one block on this disk: {disk:,.0f}/s")
        print(f"{PROCESSES} processes of {THREADS} threads, every commit on disk\n")
        print(f"{'':32} {'commits/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'max':>8}")
        for name, way in WAYS.items():
            _tell(name, _measure(way, Path(folder) / f"{way.__name__}.db"))


def _measure(way: type[Alone], file: Path) -> list[float]:
    way(file).connection.execute(TABLE)
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        found = pool.starmap(_process, [(way, file)] * PROCESSES, chunksize=1)
    return sorted(wait for waits in found for wait in waits)


def _process(way: type[Alone], file: Path) -> list[float]:
    waits: list[float] = []
    threads = [
        threading.Thread(target=_go_on, args=(way, file, waits)) for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _go_on(way: type[Alone], file: Path, waits: list[float]) -> None:
    writer = way(file)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        started = time.perf_counter()
        writer.commit()
        waits.append(1000 * (time.perf_counter() - started))
    writer.connection.close()


def _tell(name: str, waits: list[float]) -> None:
    rate = len(waits) / SECONDS
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    print(f"{name:32} {rate:10,.0f} {p50:8.1f} {p99:8.1f} {waits[-1]:8.1f}")


def syncs_per_second(folder: Path) -> float:
    """How often a second this disk can be waited for."""
    with (folder / "block").open("wb", buffering=0) as file:
        count, until = 0, time.monotonic() + 1
        while time.monotonic() < until:
            file.seek(0)
            file.write(BLOCK)
            os.fdatasync(file.fileno())
            count += 1
    return float(count)


if __name__ == "__main__":
    main()
