"""What stands behind the figure of one touchpoint: a few quotes, and the words used."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.memory import remembered
from survey_app.insights.models import Mention
from survey_app.insights.sentences import Sentence, about, read_sentences

CANDIDATES = 8  # sentences of each polarity to choose quotes from
READABLE = range(20, 240)  # code points of a sentence that speaks for itself
QUOTES = 3
CUES = 6


@dataclass(frozen=True, slots=True)
class CueCount:
    cue: str
    people: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quotes show how people speak, the dissent among them too; cues count people."""

    quotes: tuple[Sentence, ...]
    cues: tuple[CueCount, ...]


class _Said(NamedTuple):
    mention_id: int
    respondent_id: int
    polarity: str
    confidence: float
    cues: str  # as JSON


def read_evidence(
    session: Session, filters: FigureFilter, touchpoint: str, *, at_least: int
) -> Evidence:
    """Words that fewer than ``at_least`` people used stay out: they could point at one.

    Everything comes from one read of the touchpoint's mentions.
    """
    key = ("evidence", filters, touchpoint, at_least)
    return remembered(
        session, key, lambda: _read(session, filters, touchpoint, at_least)
    )


def _read(
    session: Session, filters: FigureFilter, touchpoint: str, at_least: int
) -> Evidence:
    statement = select(
        Mention.id,
        Mention.respondent_id,
        Mention.polarity,
        Mention.confidence,
        cast(Mention.cues, Text),
    ).where(*about(filters, touchpoint, None))
    said = [_Said(*row) for row in session.execute(statement)]
    return Evidence(_choose_quotes(session, said), _count_cues(said, at_least))


def _choose_quotes(session: Session, said: Iterable[_Said]) -> tuple[Sentence, ...]:
    by_polarity: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for each in said:
        by_polarity[each.polarity].append((-each.confidence, each.mention_id))
    surest = (nsmallest(CANDIDATES, found) for found in by_polarity.values())
    ids = [mention_id for found in surest for _, mention_id in found]
    shares = {polarity: len(found) for polarity, found in by_polarity.items()}
    return _pick(sorted(read_sentences(session, ids), key=_reads_well), shares)


def _reads_well(sentence: Sentence) -> tuple[bool, bool, float, int]:
    """What machine and reader agree on first: no neutral remarks, no fragments."""
    return (
        sentence.polarity == "neutral",
        len(sentence.text) not in READABLE,
        -sentence.confidence,
        sentence.mention_id,
    )


def _pick(found: Sequence[Sentence], shares: dict[str, int]) -> tuple[Sentence, ...]:
    """Two of how most people speak and one that says otherwise, by three people."""
    order = sorted(shares, key=lambda each: (each == "neutral", -shares[each], each))
    picked: list[Sentence] = []
    for polarity in (*order[:1], *order, *order[:1]):
        sentence = _next(found, polarity, picked)
        if sentence is not None and len(picked) < QUOTES:
            picked.append(sentence)
    return tuple(picked)


def _next(
    found: Sequence[Sentence], polarity: str, picked: Collection[Sentence]
) -> Sentence | None:
    heard = {each.respondent_id for each in picked}
    for sentence in found:
        if sentence.polarity == polarity and sentence.respondent_id not in heard:
            return sentence
    return None


def _count_cues(said: Iterable[_Said], at_least: int) -> tuple[CueCount, ...]:
    spoken = {(each.respondent_id, cue) for each in said for cue in _cues_in(each.cues)}
    people = Counter(cue for _, cue in spoken)
    ordered = sorted(people.items(), key=lambda item: (-item[1], item[0]))
    return tuple(CueCount(cue, n) for cue, n in ordered[:CUES] if n >= at_least)


@lru_cache(maxsize=4096)
def _cues_in(text: str) -> tuple[str, ...]:
    """The same few lists come back all the time."""
    return tuple(cue.casefold() for cue in json.loads(text))
