"""Generations of the analysis: figures stay as they are until a new one is whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from survey_app.insights.models import AnalysedText, Generation, Mention

CURRENT, FILLING, PREVIOUS = "current", "filling", "previous"
REMOVED_AT_A_TIME = 500  # texts: whoever waits to write waits no longer than for these


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a new analysis is, in texts."""

    done: int
    texts: int


def in_current(table: type[AnalysedText] | type[Mention]) -> ColumnElement[bool]:
    """What every read for people says, but for one that compares generations."""
    return table.generation == current_number()


def current_number() -> ColumnElement[int]:
    """The number of the current generation, as part of a statement.

    A workspace in which nothing was analysed yet has no generation: then the first.
    """
    current = select(Generation.id).where(Generation.place == CURRENT)
    return func.coalesce(current.scalar_subquery(), 1)


def find_current(session: Session) -> int:
    return session.scalar(select(current_number())) or 1


def read_mark(session: Session) -> tuple[int, int]:
    """Other numbers after every text that the current generation took in."""
    current = select(Generation.id, Generation.done).where(Generation.place == CURRENT)
    row = session.execute(current).one_or_none()
    return (0, 0) if row is None else (row.id, row.done)


def find_progress(session: Session) -> Progress | None:
    """None: no new analysis is under way."""
    row = session.execute(
        select(Generation.done, Generation.texts).where(Generation.place == FILLING)
    ).one_or_none()
    return None if row is None else Progress(min(row.done, row.texts), row.texts)


def find_number_for(session: Session, version: str) -> int | None:
    """The generation that texts are to be read for; None: it has to begin first."""
    rows = _placed(session)
    goal = rows.get(FILLING) or rows.get(CURRENT)
    return goal.id if goal is not None and goal.version == version else None


def begin_generation(
    session: Session, version: str, *, texts: int, at: datetime
) -> int:
    """The generation that this version fills, from now on if need be.

    Where there is nothing to keep, figures come as texts are read: it is the current
    one at once. A version that is current again needs no new generation.
    """
    rows = lock_generations(session)
    filling, current = rows.get(FILLING), rows.get(CURRENT)
    if filling is not None and filling.version == version:
        return filling.id
    if filling is not None:
        filling.place = None
    if current is not None and current.version == version:
        return current.id
    is_first = not _has_texts(session, current.id if current else 1)
    if is_first and current is not None:
        current.place = None
    session.flush()  # places are unique
    begun = Generation(
        id=_next_number(session),
        version=version,
        place=CURRENT if is_first else FILLING,
        texts=texts,
        begun_at=at,
        finished_at=at if is_first else None,
    )
    session.add(begun)
    session.flush()
    return begun.id


def finish_generation(session: Session, number: int, *, at: datetime) -> bool:
    """Let all figures speak of this generation; the one before stays to compare with.

    The caller knows, in this transaction, that no text is left to be read for it.
    """
    rows = lock_generations(session)
    filling = rows.get(FILLING)
    if filling is None or filling.id != number:
        return False
    for place, becomes in ((PREVIOUS, None), (CURRENT, PREVIOUS), (FILLING, CURRENT)):
        if place in rows:
            rows[place].place = becomes
            session.flush()  # one by one: places are unique
    filling.finished_at = at
    return True


def lock_generations(session: Session) -> dict[str, Generation]:
    """Those that have a place; nobody moves them before this transaction ends."""
    return _placed(session, for_update=True)


def count_done(session: Session, number: int, *, done: int, new: int) -> None:
    session.execute(
        update(Generation)
        .where(Generation.id == number)
        .values(done=Generation.done + done, texts=Generation.texts + new)
        .execution_options(synchronize_session=False)
    )


def find_emptying(session: Session) -> int | None:
    """A generation that nobody needs any more and that still has texts."""
    return session.scalar(
        select(Generation.id)
        .where(Generation.place.is_(None), Generation.emptied_at.is_(None))
        .order_by(Generation.id)
        .limit(1)
    )


def remove_some(session: Session, number: int, *, at: datetime) -> bool:
    """Remove a few of its texts with their mentions; True when there may be more."""
    few = (
        select(AnalysedText.id)
        .where(AnalysedText.generation == number)
        .limit(REMOVED_AT_A_TIME)
    )
    ids: Sequence[int] = session.scalars(few).all()
    if ids:
        session.execute(delete(AnalysedText).where(AnalysedText.id.in_(ids)))
        return True
    emptied = update(Generation).where(Generation.id == number)
    session.execute(emptied.values(emptied_at=at))
    return False


def _placed(session: Session, *, for_update: bool = False) -> dict[str, Generation]:
    statement = select(Generation).where(Generation.place.is_not(None))
    if for_update:
        statement = statement.order_by(Generation.id).with_for_update()
        statement = statement.execution_options(populate_existing=True)
    return {row.place or "": row for row in session.scalars(statement)}


def _has_texts(session: Session, number: int) -> bool:
    found = select(AnalysedText.id).where(AnalysedText.generation == number).limit(1)
    return session.scalar(found) is not None


def _next_number(session: Session) -> int:
    return (session.scalar(select(func.max(Generation.id))) or 0) + 1
