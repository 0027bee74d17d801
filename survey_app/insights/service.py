"""The bridge: texts in, the analysis called, mentions and factors stored."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from analysis.records import Text, TextAnalysis
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights import engine
from survey_app.insights.generations import (
    CURRENT,
    FILLING,
    begin_generation,
    count_done,
    find_current,
    find_emptying,
    find_number_for,
    finish_generation,
    lock_generations,
    remove_some,
)
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.insights.queries import (
    PendingText,
    count_texts,
    list_new,
    list_stale,
    list_still_pending,
)
from survey_app.insights.reading import read_texts
from survey_app.insights.recipes import read_recipe
from survey_app.insights.rows import factor_row, mention_row, text_row
from survey_app.interviews.models import Turn
from survey_app.responses.models import Answer

CHUNK = 200  # texts handed over at a time: small enough that a killed one costs little
AT_ONCE = 2_000
# What is read again goes in small portions: a new answer waits for no more than these.
CHUNK_AGAIN = 50
AT_ONCE_AGAIN = 500

Analysed = Sequence[tuple[PendingText, TextAnalysis | None]]


def analyse_pending(database: Database, executor: Executor) -> int:
    """Analyse a few chunks of what is left to do; how many texts were looked at.

    What is left is a question to the database, and each chunk is stored in one
    transaction with the mark that it is done: being killed anywhere loses nothing and
    doubles nothing. A generation that is filled takes its place when nothing is left.
    """
    with database.read() as session:
        recipe = read_recipe(session)
    version = engine.current_version(recipe)
    number = _take_up(database, version)
    with database.read() as session:
        new = list_new(session, limit=AT_ONCE)
        again = list_stale(session, generation=number, limit=AT_ONCE_AGAIN)
    futures = {
        executor.submit(engine.analyse_chunk, _as_texts(chunk), recipe): chunk
        for chunk in (*_chunks(new, CHUNK), *_chunks(again, CHUNK_AGAIN))
    }
    for future in as_completed(futures):
        results = list(zip(futures[future], future.result(), strict=True))
        with database.transaction() as session:
            store_analyses(session, results, generation=number, version=version)
    if len(again) < AT_ONCE_AGAIN:
        _finish(database, number)
    return len(new) + len(again)


def _take_up(database: Database, version: str) -> int:
    with database.read() as session:
        number = find_number_for(session, version)
        if number is not None:
            return number
        texts = count_texts(session)
    with database.transaction() as session:
        return begin_generation(session, version, texts=texts, at=now())


def _finish(database: Database, number: int) -> None:
    """New texts are no reason to wait: the current generation gets them anyway."""
    with database.read() as session:
        if find_current(session) == number:
            return
    with database.transaction() as session:
        lock_generations(session)
        if not list_stale(session, generation=number, limit=1):
            finish_generation(session, number, at=now())


def remove_old_generations(database: Database, _settings: Settings) -> bool:
    """Remove texts that only an older generation has; True when there may be more."""
    with database.read() as session:
        number = find_emptying(session)
    if number is None:
        return False
    with database.transaction() as session:
        remove_some(session, number, at=now())
    return True


def store_analyses(
    session: Session, results: Analysed, *, generation: int, version: str
) -> None:
    """Replace what was found in these texts, unless they changed in the meantime.

    A new text also goes into the current generation, so that it shows at once.
    """
    placed = lock_generations(session)
    current, goal = placed.get(CURRENT), placed.get(FILLING, placed.get(CURRENT))
    if current is None or goal is None or goal.id != generation:
        return  # another version has taken over since
    open_texts = list_still_pending(
        session, [item for item, _analysis in results], generation=generation
    )
    wanted = {item.source_key: item for item in open_texts}
    kept = [
        (wanted[item.source_key], analysis)
        for item, analysis in results
        if item.source_key in wanted and analysis is not None
    ]
    new = [item for item in open_texts if item.is_new]
    _forget(session, open_texts, generation)
    _store_texts(session, kept, generation, version)
    if current.id != generation:
        fresh = [pair for pair in kept if pair[0].is_new]
        _store_texts(session, fresh, current.id, version)
        count_done(session, current.id, done=len(new), new=len(new))
    count_done(session, generation, done=len(open_texts), new=len(new))
    _mark_done(session, open_texts, generation)


def _store_texts(
    session: Session,
    results: Sequence[tuple[PendingText, TextAnalysis]],
    generation: int,
    version: str,
) -> None:
    if not results:
        return
    own = {"generation": generation}
    read = read_texts(session, results)
    ids = session.scalars(
        insert(AnalysedText).returning(AnalysedText.id, sort_by_parameter_order=True),
        [text_row(each, version) | own for each in read],
    ).all()
    mentions: list[dict[str, Any]] = []
    factors: list[dict[str, Any]] = []
    for text_id, each in zip(ids, read, strict=True):
        mentions += [mention_row(text_id, each, one) | own for one in each.mentions]
        factors += [
            factor_row(text_id, each.item, one) for one in each.analysis.factors
        ]
    if mentions:
        session.execute(insert(Mention), mentions)
    if factors:
        session.execute(insert(FoundFactor), factors)


def _forget(session: Session, items: Sequence[PendingText], generation: int) -> None:
    """What is new may have been something else before: no generation keeps that."""
    new = _source_ids([item for item in items if item.is_new])
    again = _source_ids([item for item in items if not item.is_new])
    in_this = AnalysedText.generation == generation
    for (answer_ids, turn_ids), conditions in ((new, ()), (again, (in_this,))):
        for where in (
            AnalysedText.answer_id.in_(answer_ids),
            AnalysedText.turn_id.in_(turn_ids),
        ):
            session.execute(delete(AnalysedText).where(where, *conditions))


def _mark_done(session: Session, items: Sequence[PendingText], generation: int) -> None:
    answer_ids, turn_ids = _source_ids(items)
    done = {"analysis_version": str(generation)}
    session.execute(update(Answer).where(Answer.id.in_(answer_ids)).values(done))
    session.execute(update(Turn).where(Turn.id.in_(turn_ids)).values(done))


def _source_ids(items: Sequence[PendingText]) -> tuple[list[int], list[int]]:
    answers = [item.answer_id for item in items if item.answer_id is not None]
    turns = [item.turn_id for item in items if item.turn_id is not None]
    return answers, turns


def _as_texts(chunk: Sequence[PendingText]) -> list[Text]:
    return [
        engine.as_text(item.text, role=item.role, language=item.language)
        for item in chunk
    ]


def _chunks(items: Sequence[PendingText], size: int) -> Iterator[Sequence[PendingText]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
