"""Killing a server under load, again and again, and counting what is left."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from typing import Self

from sqlalchemy import select

from survey_app.db import Database
from survey_app.responses.models import Answer, Response
from tests.answering import Acknowledged, Respondent
from tests.served import ServedWorkspace


class Crowd:
    """Respondents who go on answering, whatever happens to the server."""

    def __init__(self, address: str, size: int, known: Acknowledged) -> None:
        self._address = address
        self._known = known
        self._numbers = count(1)
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._go_on) for _ in range(size)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            respondent = Respondent(self._address, self._known)
            with suppress(OSError, HTTPException, IndexError):
                while not self._stopping.is_set():
                    respondent.answer(f"Mijn woorden nummer {next(self._numbers)}")
            respondent.close()
            self._stopping.wait(0.05)


def kill_under_load(
    workspace: ServedWorkspace, *, pauses: Iterable[float], size: int
) -> Acknowledged:
    """Kill the server after each pause and start it again; what it had said it had."""
    known = Acknowledged()
    workspace.start()
    with Crowd(workspace.address, size, known):
        for pause in pauses:
            time.sleep(pause)
            workspace.kill()
            workspace.start()
        time.sleep(0.5)
    workspace.stop()
    return known


def missing_and_doubled(
    database: Database, known: Acknowledged
) -> tuple[set[str], set[str]]:
    """Acknowledged texts that are not there, and texts that are there twice."""
    with database.read() as session:
        rows = session.execute(
            select(Answer.text, Response.state)
            .join(Answer.response)
            .where(Answer.text.is_not(None))
        ).all()
    stored = Counter(str(text) for text, _state in rows)
    sent = {str(text) for text, state in rows if state == "submitted"}
    missing = (known.texts - stored.keys()) | (known.sent - sent)
    return missing, {text for text, times in stored.items() if times > 1}
