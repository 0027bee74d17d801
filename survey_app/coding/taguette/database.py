"""A database from anywhere: only plain tables, only reading, not for long.

It is opened in memory, so that nothing on this machine can be touched by it.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from survey_app.coding.file_notices import RefusedFileError

LARGEST = 50 << 20
SIGNATURE = b"SQLite format 3\0"
WRITE_VERSION = slice(18, 20)  # of the header: 2 would want a log beside the file
ROLLBACK = b"\x01\x01"
MOST_STEPS = 2_000  # of a thousand instructions of the database
MOST_ROWS = 200_000
LONGEST_VALUE = 20 << 20
TABLES = {
    "projects": ("id", "name", "description"),
    "documents": ("id", "project_id", "name", "description", "contents"),
    "tags": ("id", "project_id", "path", "description"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
PLAIN_TABLE = re.compile(r"CREATE\s+TABLE\b", re.IGNORECASE)
COMPUTED = re.compile(r"\bGENERATED\b|\bAS\s*\(", re.IGNORECASE)
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}

Row = tuple[int | str | None, ...]


class Tables:
    """The rows of those tables of Taguette that we read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, name: str) -> list[Row]:
        """In the order of their first column; whatever is no number or text is None."""
        # Not in quotes: a column that is not there would be taken for a text.
        columns = ", ".join(TABLES[name])
        query = f"SELECT {columns} FROM {name} LIMIT {MOST_ROWS}"  # noqa: S608 - ours
        found = [
            tuple(value if isinstance(value, int | str) else None for value in row)
            for row in self._connection.execute(query)
        ]
        return sorted(found, key=lambda row: (str(type(row[0])), row[0] or 0))


@contextmanager
def open_tables(content: bytes) -> Iterator[Tables]:
    """Refuses what is no project of Taguette, or more than a project."""
    if len(content) > LARGEST:
        raise RefusedFileError("too_large", most=LARGEST >> 20)
    if not content.startswith(SIGNATURE):
        raise RefusedFileError("no_taguette")
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            _load(connection, content)
            yield Tables(connection)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError, MemoryError) as error:
        raise RefusedFileError("no_taguette") from error


def _load(connection: sqlite3.Connection, content: bytes) -> None:
    plain = bytearray(content)
    plain[WRITE_VERSION] = ROLLBACK
    connection.deserialize(bytes(plain))
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    steps = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1_000)
    _refuse_other_tables(connection)
    connection.set_authorizer(_authorize)


def _refuse_other_tables(connection: sqlite3.Connection) -> None:
    """A view or a computed column could do anything but hold rows."""
    query = "SELECT name, type, sql FROM sqlite_master WHERE name IN (?, ?, ?, ?, ?)"
    found = {
        name: str(sql or "")
        for name, kind, sql in connection.execute(query, tuple(TABLES))
        if kind == "table"
    }
    if set(found) != set(TABLES):
        raise RefusedFileError("no_taguette")
    for sql in found.values():
        if not PLAIN_TABLE.match(sql) or COMPUTED.search(sql):
            raise RefusedFileError("no_taguette")


def _authorize(action: int, *_where: str | None) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY
