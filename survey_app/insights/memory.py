"""Results kept in this process until the data they came from change."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from survey_app.db import Database
from survey_app.insights.generations import in_current, read_mark
from survey_app.insights.models import Correction, Mention, ReviewLimit
from survey_app.touchpoints.queries import read_changed

log = logging.getLogger(__name__)

LIMIT = 256
Made = TypeVar("Made")
DataVersion = tuple[object, ...]
_VERSION = "version of the data"


class Memory:
    """The newest ``LIMIT`` results of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._results: OrderedDict[Hashable, tuple[DataVersion, object]]
        self._results = OrderedDict()
        self._under_way: set[Hashable] = set()

    def recall(self, key: Hashable, version: DataVersion) -> object | None:
        with self._lock:
            made_from, result = self._results.get(key, ((), None))
            return result if made_from == version else None

    def recall_older(self, key: Hashable) -> object | None:
        with self._lock:
            return self._results.get(key, ((), None))[1]

    def begin(self, key: Hashable) -> bool:
        """True for who is to make it: nobody else is."""
        with self._lock:
            is_first = key not in self._under_way
            self._under_way.add(key)
            return is_first

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._under_way.discard(key)

    def keep(self, key: Hashable, version: DataVersion, result: object) -> None:
        with self._lock:
            self._results[key] = version, result
            self._results.move_to_end(key)
            if len(self._results) > LIMIT:
                self._results.popitem(last=False)


_memories: WeakKeyDictionary[Pool, Memory] = WeakKeyDictionary()


def remembered(session: Session, key: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` gave last time, when no mention or correction came since.

    The version is read before the data: what is kept may be newer than its version
    says, and is then made once more, but it is never older.
    """
    bind = session.get_bind()
    if not isinstance(bind, Engine):
        return make()
    memory = _memories.setdefault(bind.pool, Memory())
    version = _version_for(session)
    kept = memory.recall(key, version)
    if kept is None:
        kept = make()
        memory.keep(key, version, kept)
    return cast("Made", kept)


def made_beside(
    database: Database,
    session: Session,
    key: Hashable,
    make: Callable[[Session], Made],
) -> Made | None:
    """The same for what takes seconds: made in a thread of its own, one at a time.

    Meanwhile everybody gets what was made from older data, or None if nothing was.
    """
    memory = _memories.setdefault(database.reader.pool, Memory())
    kept = memory.recall(key, _version_for(session))
    if kept is None:
        kept = memory.recall_older(key)
        if memory.begin(key):
            _maker().submit(_make_apart, database, memory, key, make)
    return cast("Made | None", kept)


@cache
def _maker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="figures")


def wait_until_made() -> None:
    """Returns when nothing is being made beside; for who takes the database away."""
    if _maker.cache_info().currsize:
        _maker().submit(int).result()


def _make_apart(
    database: Database, memory: Memory, key: Hashable, make: Callable[[Session], object]
) -> None:
    try:
        with database.read() as session:
            version = _version_for(session)
            memory.keep(key, version, make(session))
    except Exception as error:  # noqa: BLE001 - the next visit tries again
        log.warning("figures could not be made: %s", type(error).__name__)
    finally:
        memory.end(key)


def _version_for(session: Session) -> DataVersion:
    """A session that only reads looks once: it shows what there was then, or newer."""
    if not session.get_bind().get_execution_options().get("reads_only"):
        return data_version(session)
    if _VERSION not in session.info:
        session.info[_VERSION] = data_version(session)
    return cast("DataVersion", session.info[_VERSION])


def data_version(session: Session) -> DataVersion:
    """Changes with every text analysed, mention corrected and person erased.

    What a generation that is still filled gets changes nothing.
    """
    mentions = select(func.count()).select_from(Mention).where(in_current(Mention))
    statement = select(
        mentions.scalar_subquery(),
        select(func.max(Correction.id)).scalar_subquery(),
        # One that was taken back may leave its id to the next.
        select(func.max(Correction.corrected_at)).scalar_subquery(),
        select(func.max(ReviewLimit.id)).scalar_subquery(),
    )
    found = session.execute(statement).one()
    return (read_changed(session), *read_mark(session), *found)
