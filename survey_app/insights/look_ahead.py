"""A look through all answers before a touchpoint is kept, beside the pages."""

import logging
import random
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from threading import Event
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from survey_app.db import Database
from survey_app.insights.masking import mask_words
from survey_app.insights.own_lessons import read_lessons
from survey_app.responses.counting import counts
from survey_app.responses.models import SEALED, Answer

if TYPE_CHECKING:
    from analysis.own_preview import OwnFinder

log = logging.getLogger(__name__)

MOST = 20_000  # answers: of more, as many are drawn at random
BATCH = 200
SHOWN = 3
AROUND = 120  # code points on each side of what was found
PATIENCE = 1.0  # seconds that a page waits, so that most looks need no second page
KEPT = 16  # looks of one database
ANEW = "1"  # the key of a look that nobody has begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a touchpoint would be found; ``code`` None: it is not there yet."""

    code: str | None
    cues_nl: tuple[str, ...]
    cues_en: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass
class Look:
    """What was found so far, in how many of how many texts; sentences are masked."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    answers: int = 0  # that there are
    texts: int = 0  # of those to be looked at
    done: int = 0
    by_phrase: int = 0
    by_likeness: int = 0
    sentences: list[str] = field(default_factory=list)
    has_failed: bool = False
    over: Event = field(default_factory=Event)

    @property
    def is_under_way(self) -> bool:
        return not self.over.is_set()

    @property
    def is_sample(self) -> bool:
        return self.texts < self.answers

    @property
    def found(self) -> int:
        return self.by_phrase + self.by_likeness


_Looks = OrderedDict[tuple[str, Wanted], Look]
_looks: WeakKeyDictionary[Pool, _Looks] = WeakKeyDictionary()


def look_ahead(database: Database, wanted: Wanted, *, key: str) -> Look:
    """The look with this key, or one that is begun; it may still be under way.

    Another process, which has not begun it yet, does so under the same key.
    """
    known = _looks.setdefault(database.reader.pool, OrderedDict())
    look = known.get((key, wanted))
    if look is None:
        look = Look() if key == ANEW else Look(key=key)
        known[look.key, wanted] = look
        if len(known) > KEPT:
            known.popitem(last=False)
        _looker().submit(_look, database, wanted, look)
    look.over.wait(PATIENCE)
    return look


@cache
def _looker() -> ThreadPoolExecutor:
    """One look at a time: whoever answers meanwhile needs the processor, too."""
    return ThreadPoolExecutor(1, thread_name_prefix="look ahead")


def _look(database: Database, wanted: Wanted, look: Look) -> None:
    try:
        finder = _finder(database, wanted)
        with database.read() as session:
            ids = session.scalars(_answers()).all()
        drawn = draw(ids, MOST)
        look.answers, look.texts = len(ids), len(drawn)
        for texts in _batches(database, drawn):
            _count(look, texts, finder)
    except Exception as error:
        look.has_failed = True
        log.exception("a look ahead failed: %s", type(error).__name__)
    finally:
        look.over.set()


def draw(ids: Sequence[int], most: int) -> Sequence[int]:
    """All, or so many at random: the same ones as long as no more answers come."""
    if len(ids) <= most:
        return ids
    return sorted(random.Random(len(ids)).sample(ids, most))  # noqa: S311 - no secret


def _finder(database: Database, wanted: Wanted) -> "OwnFinder":
    # Loads spaCy, and an encoder where likeness is asked for, which no page needs.
    from analysis.own_lessons import NO_LESSONS  # noqa: PLC0415
    from analysis.own_preview import OwnFinder  # noqa: PLC0415
    from analysis.own_touchpoints import OwnTouchpoint, OwnWords  # noqa: PLC0415
    from analysis.trained_encoder import load_encoder  # noqa: PLC0415

    with database.read() as session:
        lessons = read_lessons(session).get(wanted.code or "", NO_LESSONS)
    own = OwnTouchpoint(
        code=wanted.code or "",
        dutch=OwnWords(cues=wanted.cues_nl),
        english=OwnWords(cues=wanted.cues_en),
        examples=wanted.examples,
        lessons=lessons,
    )
    return OwnFinder(own, load_encoder() if own.teaches else None)


def _batches(database: Database, ids: Sequence[int]) -> Iterator[Sequence[str]]:
    """A short read each: a long one would keep the journal from being emptied."""
    for start in range(0, len(ids), BATCH):
        with database.read() as session:
            yield _read(session, ids[start : start + BATCH])


def _read(session: Session, ids: Sequence[int]) -> Sequence[str]:
    texts = session.scalars(select(Answer.text).where(Answer.id.in_(ids)))
    return [text or "" for text in texts]


def _answers() -> Select[int]:
    return (
        select(Answer.id)
        .join(Answer.response)
        .where(Answer.text.is_not(None), Answer.on_path, counts())
        .where(func.coalesce(Answer.role, "") != SEALED)
        .order_by(Answer.id)
    )


def _count(look: Look, texts: Sequence[str], finder: "OwnFinder") -> None:
    for text, sighting in zip(texts, finder.find(texts), strict=True):
        if sighting is None:
            continue
        if sighting.by_phrase:
            look.by_phrase += 1
        else:
            look.by_likeness += 1
        if len(look.sentences) < SHOWN:
            look.sentences.append(_around(mask_words(text), sighting.place))
    look.done += len(texts)


def _around(text: str, place: int) -> str:
    start, end = max(0, place - AROUND), place + AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"
