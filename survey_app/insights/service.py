"""The bridge: texts in, the analysis called, mentions and factors stored."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from analysis.records import Factor, Text, TextAnalysis
from analysis.records import Mention as FoundMention
from survey_app.clock import day_of, now
from survey_app.db import Database
from survey_app.insights import engine
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.insights.overrides import (
    complete_sources,
    corrections_by_source,
    heed_corrections,
    source_key,
)
from survey_app.insights.queries import (
    PendingText,
    list_pending,
    list_still_pending,
)
from survey_app.insights.replaying import as_json
from survey_app.insights.told import heed_respondent
from survey_app.interviews.models import Turn
from survey_app.responses.models import Answer

CHUNK = 200  # texts handed over at a time: small enough that a killed one costs little
CHUNKS_IN_FLIGHT = 10

Analysed = Sequence[tuple[PendingText, TextAnalysis | None]]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with the mentions that hold, and as found where people judged them."""

    item: PendingText
    analysis: TextAnalysis
    mentions: Sequence[FoundMention]
    machine_said: Sequence[FoundMention] | None


def analyse_pending(database: Database, executor: Executor) -> int:
    """Analyse a few chunks of what is left to do; how many texts were looked at.

    What is left is a question to the database, and each chunk is stored in one
    transaction with the mark that it is done: being killed anywhere loses nothing and
    doubles nothing.
    """
    version = engine.current_version()
    with database.read() as session:
        pending = list_pending(session, version=version, limit=CHUNK * CHUNKS_IN_FLIGHT)
    futures = {
        executor.submit(engine.analyse_chunk, _as_texts(chunk)): chunk
        for chunk in _chunks(pending)
    }
    for future in as_completed(futures):
        results = list(zip(futures[future], future.result(), strict=True))
        with database.transaction() as session:
            store_analyses(session, results, version=version)
    return len(pending)


def store_analyses(session: Session, results: Analysed, *, version: str) -> None:
    """Replace what was found in these texts, unless they changed in the meantime."""
    still_open = list_still_pending(
        session, [item for item, _analysis in results], version=version
    )
    wanted = set(still_open)
    results = [pair for pair in results if pair[0] in wanted]
    _forget(session, still_open)
    kept = [(item, analysis) for item, analysis in results if analysis is not None]
    _store_texts(session, kept, version=version)
    _mark_done(session, still_open, version=version)


def _store_texts(
    session: Session,
    results: Sequence[tuple[PendingText, TextAnalysis]],
    *,
    version: str,
) -> None:
    if not results:
        return
    read = _read(session, results)
    ids = session.scalars(
        insert(AnalysedText).returning(AnalysedText.id, sort_by_parameter_order=True),
        [_text_row(each, version) for each in read],
    ).all()
    mentions: list[dict[str, Any]] = []
    factors: list[dict[str, Any]] = []
    for text_id, each in zip(ids, read, strict=True):
        mentions += [_mention_row(text_id, each, one) for one in each.mentions]
        factors += [
            _factor_row(text_id, each.item, one) for one in each.analysis.factors
        ]
    if mentions:
        session.execute(insert(Mention), mentions)
    if factors:
        session.execute(insert(FoundFactor), factors)


def _read(
    session: Session, results: Sequence[tuple[PendingText, TextAnalysis]]
) -> list[ReadText]:
    """What the machine found, and what holds after what people said of it."""
    items = [item for item, _analysis in results]
    corrections = corrections_by_source(session, items)
    complete = complete_sources(session, items)
    read = []
    for item, analysis in results:
        source = source_key(item.answer_id, item.turn_id)
        told = heed_respondent(analysis, item.text, item.about)
        said = corrections.get(source, [])
        is_complete = source in complete
        held = heed_corrections(told, said, is_complete=is_complete)
        is_judged = bool(said) or is_complete
        read.append(ReadText(item, analysis, held, told if is_judged else None))
    return read


def _forget(session: Session, items: Sequence[PendingText]) -> None:
    answer_ids, turn_ids = _source_ids(items)
    session.execute(delete(AnalysedText).where(AnalysedText.answer_id.in_(answer_ids)))
    session.execute(delete(AnalysedText).where(AnalysedText.turn_id.in_(turn_ids)))


def _mark_done(session: Session, items: Sequence[PendingText], *, version: str) -> None:
    answer_ids, turn_ids = _source_ids(items)
    done = {"analysis_version": version}
    session.execute(update(Answer).where(Answer.id.in_(answer_ids)).values(done))
    session.execute(update(Turn).where(Turn.id.in_(turn_ids)).values(done))


def _source_ids(items: Sequence[PendingText]) -> tuple[list[int], list[int]]:
    answers = [item.answer_id for item in items if item.answer_id is not None]
    turns = [item.turn_id for item in items if item.turn_id is not None]
    return answers, turns


def _text_row(read: ReadText, version: str) -> dict[str, Any]:
    item, analysis, said = read.item, read.analysis, read.machine_said
    return {
        "answer_id": item.answer_id,
        "turn_id": item.turn_id,
        "respondent_id": item.respondent_id,
        "wave_id": item.wave_id,
        "source": item.source,
        "role": item.role,
        "language": analysis.language.value,
        "week": item.week,
        "overall": analysis.overall.value if analysis.overall else None,
        "version": version,
        "analysed_at": day_of(now()) if item.is_anonymous else now(),
        "machine_said": None if said is None else [as_json(each) for each in said],
    }


def _mention_row(text_id: int, read: ReadText, found: FoundMention) -> dict[str, Any]:
    item = read.item
    return {
        "analysed_text_id": text_id,
        "start": found.start,
        "end": found.end,
        "touchpoint": found.touchpoint,
        "polarity": found.polarity.value,
        "score": found.score,
        "confidence": found.confidence,
        "emotion": found.emotion.value,
        "stance": found.stance.value,
        "cues": list(found.cues),
        "method": found.method.value,
        "respondent_id": item.respondent_id,
        "wave_id": item.wave_id,
        "source": item.source,
        "role": item.role,
        "language": read.analysis.language.value,
        "week": item.week,
    }


def _factor_row(text_id: int, item: PendingText, factor: Factor) -> dict[str, Any]:
    return {
        "analysed_text_id": text_id,
        "respondent_id": item.respondent_id,
        "factor": factor.factor,
        "direction": factor.direction,
    }


def _as_texts(chunk: Sequence[PendingText]) -> list[Text]:
    return [
        engine.as_text(item.text, role=item.role, language=item.language)
        for item in chunk
    ]


def _chunks(items: Sequence[PendingText]) -> Iterator[Sequence[PendingText]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
