"""Reading and judging a response before taking a turn to write.

What a page says is looked at before its turn comes, and written only if nobody changed
the response since: on SQLite one writer keeps all others waiting, on PostgreSQL a lock
of its own would take one more trip.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy.orm import Session

from survey_app.db import get_database, get_session
from survey_app.responses.visits import OvertakenError, Visit, get_visit

Answer = TypeVar("Answer")


def in_turn(key: str, act: Callable[[Visit], Answer]) -> Answer:
    """Act on the response as it stands; when overtaken, once more while others wait.

    Answers that are changed after they were sent come seldom, and always wait.
    """
    with suppress(OvertakenError):
        with reading() as session:
            visit = get_visit(session, key)
        if not visit.is_sent:
            return act(visit)
    session = get_session()
    session.rollback()
    return act(get_visit(session, key, lock=True))


@contextmanager
def reading() -> Iterator[Session]:
    """A session for what a writing request only reads, before its turn."""
    if get_database().engine.dialect.name == "sqlite":
        with get_database().read() as session:
            yield session
    else:
        yield get_session()
