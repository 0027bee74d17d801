"""What people said at each touchpoint in a few words: quotes, actions and wishes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.redaction import redact
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.memory import remembered
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview, Turn
from survey_app.responses.models import Answer

CANDIDATES = 8  # of each lane and polarity at each touchpoint
MIN_LENGTH, MAX_LENGTH = 10, 70  # code points that fit a cell of the map
LANES = ("action", "wish")
SENTENCE_ENDS = frozenset(".!?…;\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A short piece of evidence in somebody's own words, personal data masked."""

    touchpoint: str
    lane: str  # action, wish, quote
    polarity: str
    words: str
    is_whole: bool  # begins and ends where a sentence does
    respondent_id: int
    source: str  # which answer or turn, by its id
    start: int
    end: int
    language: str


Excerpts = dict[tuple[str, str], tuple[Excerpt, ...]]


def choose_excerpts(session: Session, filters: FigureFilter) -> Excerpts:
    """The surest short evidence by touchpoint and lane, in two reads for a map."""
    return remembered(session, ("excerpts", filters), lambda: _choose(session, filters))


def _choose(session: Session, filters: FigureFilter) -> Excerpts:
    found: dict[tuple[str, str], list[Excerpt]] = defaultdict(list)
    for row in _read(session, _candidates(session, filters)):
        excerpt = _excerpt(row)
        found[excerpt.touchpoint, excerpt.lane].append(excerpt)
    return {key: tuple(excerpts) for key, excerpts in found.items()}


def _candidates(session: Session, filters: FigureFilter) -> Sequence[int]:
    lane = case((Mention.stance.in_(LANES), Mention.stance), else_="quote")
    sureness = Mention.confidence * func.abs(Mention.score)
    place = func.row_number().over(
        partition_by=(Mention.touchpoint, lane, Mention.polarity),
        order_by=(sureness.desc(), Mention.id),
    )
    length = Mention.end - Mention.start
    ranked = (
        select(Mention.id, place.label("place"), sureness.label("sureness"))
        .where(*filters.conditions(), length.between(MIN_LENGTH, MAX_LENGTH))
        .subquery()
    )
    return session.scalars(
        select(ranked.c.id)
        .where(ranked.c.place <= CANDIDATES)
        .order_by(ranked.c.sureness.desc(), ranked.c.id)
    ).all()


def _read(session: Session, mention_ids: Sequence[int]) -> list[Any]:
    turn_text = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    statement = (
        select(
            Mention,
            func.coalesce(Answer.text, turn_text).label("text"),
            Answer.id.label("answer_id"),
            Turn.id.label("turn_id"),
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .outerjoin(Answer, Answer.id == AnalysedText.answer_id)
        .outerjoin(Turn, Turn.id == AnalysedText.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
        .where(Mention.id.in_(mention_ids))
    )
    by_id = {row.Mention.id: row for row in session.execute(statement)}
    return [by_id[mention_id] for mention_id in mention_ids if mention_id in by_id]


def _excerpt(row: Any) -> Excerpt:  # noqa: ANN401 - a row of mixed columns
    mention: Mention = row.Mention
    source = f"a{row.answer_id}" if row.answer_id is not None else f"t{row.turn_id}"
    before, after = row.text[: mention.start].rstrip(), row.text[mention.end :].strip()
    words = row.text[mention.start : mention.end]
    masked = redact(row.text, [(mention.start, mention.end)])  # cues stand around them
    [(start, end)] = masked.spans
    return Excerpt(
        touchpoint=mention.touchpoint,
        lane=mention.stance if mention.stance in LANES else "quote",
        polarity=mention.polarity,
        words=masked.text[start:end],
        is_whole=_is_whole(before, words, after),
        respondent_id=mention.respondent_id,
        source=source,
        start=mention.start,
        end=mention.end,
        language=mention.language,
    )


def _is_whole(before: str, words: str, after: str) -> bool:
    begins = not before or before[-1] in SENTENCE_ENDS
    ends = not after or words.rstrip()[-1:] in SENTENCE_ENDS
    return begins and ends
