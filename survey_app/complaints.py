"""What went wrong with a command, in one line that says what to do about it."""

import sqlite3

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from survey_app.config import InvalidSettingError
from survey_app.vault import WrongContactKeyError

NOT_READY = "the database is not ready; run: klantreis migrate"
NO_TABLE = ("no such table", "does not exist", "no such column")


def explain(error: Exception) -> str | None:
    """None for what we did not foresee: its traceback tells more."""
    if isinstance(error, InvalidSettingError | WrongContactKeyError):
        return str(error)
    if isinstance(error, CommandError):
        return "the database was made by another, newer version of Klantreis; use that"
    if isinstance(error, DBAPIError | sqlite3.Error):
        return _of_the_database(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}"
    return None


def _of_the_database(error: DBAPIError | sqlite3.Error) -> str:
    """Its first line; those after it may quote what was said."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    first = (str(origin).strip().splitlines() or [type(origin).__name__])[0]
    if any(words in first for words in NO_TABLE):
        return NOT_READY
    return f"the database cannot be used: {first}"
