"""The sentences behind a figure: whose, where, and what was seen in them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.memory import remembered
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview, Turn
from survey_app.responses.models import Answer

CANDIDATES = 8  # sentences of each polarity to choose quotes from
READABLE = range(20, 240)  # code points of a sentence that speaks for itself
QUOTES = 3
CUES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A mention with its text: ``text[start:end]`` is the evidence."""

    mention_id: int
    analysed_text_id: int
    respondent_id: int
    text: str
    start: int
    end: int
    touchpoint: str
    polarity: str
    score: float
    confidence: float
    emotion: str
    stance: str
    method: str
    cues: tuple[str, ...]
    language: str
    source: str  # survey, interview
    role: str | None
    question_id: str | None
    response_id: int | None
    interview_id: int | None
    interview_title: str | None


@dataclass(frozen=True, slots=True)
class CueCount:
    cue: str
    people: int


def list_sentences(
    session: Session,
    filters: FigureFilter,
    touchpoint: str,
    *,
    polarity: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Sentence]:
    """Sentences about a touchpoint, the surest first."""
    chosen = (
        select(Mention.id)
        .where(*_about(filters, touchpoint, polarity))
        .order_by(Mention.confidence.desc(), Mention.id)
        .limit(limit)
        .offset(offset)
    )
    return read_sentences(session, session.scalars(chosen).all())


def count_sentences(
    session: Session, filters: FigureFilter, touchpoint: str
) -> dict[str, int]:
    """How many sentences there are of each polarity."""
    statement = (
        select(Mention.polarity, func.count())
        .where(*_about(filters, touchpoint, None))
        .group_by(Mention.polarity)
    )
    return dict(session.execute(statement).all())


def choose_quotes(
    session: Session, filters: FigureFilter, touchpoint: str
) -> tuple[Sentence, ...]:
    """A few sentences that show how people speak: the dissent among them too."""
    key = ("quotes", filters, touchpoint)
    return remembered(session, key, lambda: _quotes(session, filters, touchpoint))


def count_cues(
    session: Session, filters: FigureFilter, touchpoint: str, *, at_least: int
) -> tuple[CueCount, ...]:
    """The words that decided most often, in people; rare ones could point at one."""
    key = ("cues", filters, touchpoint, at_least)
    return remembered(
        session, key, lambda: _cues(session, filters, touchpoint, at_least)
    )


def _quotes(
    session: Session, filters: FigureFilter, touchpoint: str
) -> tuple[Sentence, ...]:
    place = func.row_number().over(
        partition_by=Mention.polarity,
        order_by=(Mention.confidence.desc(), Mention.id),
    )
    ranked = (
        select(Mention.id, place.label("place"))
        .where(*_about(filters, touchpoint, None))
        .subquery()
    )
    ids = session.scalars(select(ranked.c.id).where(ranked.c.place <= CANDIDATES))
    found = read_sentences(session, ids.all())
    shares = count_sentences(session, filters, touchpoint)
    return _pick(sorted(found, key=_reads_well), shares)


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


def _cues(
    session: Session, filters: FigureFilter, touchpoint: str, at_least: int
) -> tuple[CueCount, ...]:
    statement = select(Mention.respondent_id, Mention.cues).where(
        *_about(filters, touchpoint, None)
    )
    said = {
        (respondent_id, cue.casefold())
        for respondent_id, cues in session.execute(statement)
        for cue in cues
    }
    people = Counter(cue for _, cue in said)
    ordered = sorted(people.items(), key=lambda item: (-item[1], item[0]))
    return tuple(CueCount(cue, n) for cue, n in ordered[:CUES] if n >= at_least)


def _about(
    filters: FigureFilter, touchpoint: str, polarity: str | None
) -> list[ColumnElement[bool]]:
    conditions = [Mention.touchpoint == touchpoint, *filters.conditions()]
    if polarity is not None:
        conditions.append(Mention.polarity == polarity)
    return conditions


def read_sentences(session: Session, mention_ids: Sequence[int]) -> list[Sentence]:
    """These mentions with their texts, in the order asked for."""
    rows = session.execute(_with_texts().where(Mention.id.in_(mention_ids)))
    by_id = {row.Mention.id: _sentence(row) for row in rows}
    return [by_id[mention_id] for mention_id in mention_ids if mention_id in by_id]


def _with_texts() -> Select[Mention, str, int, str, int, str]:
    turn_text = func.substr(Interview.text, Turn.start + 1, Turn.end - Turn.start)
    return (
        select(
            Mention,
            func.coalesce(Answer.text, turn_text).label("text"),
            Answer.response_id,
            Answer.question_id,
            Turn.interview_id,
            Interview.title,
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .outerjoin(Answer, Answer.id == AnalysedText.answer_id)
        .outerjoin(Turn, Turn.id == AnalysedText.turn_id)
        .outerjoin(Interview, Interview.id == Turn.interview_id)
    )


def _sentence(row: Any) -> Sentence:  # noqa: ANN401 - a row of mixed columns
    mention: Mention = row.Mention
    return Sentence(
        mention_id=mention.id,
        analysed_text_id=mention.analysed_text_id,
        respondent_id=mention.respondent_id,
        text=row.text or "",
        start=mention.start,
        end=mention.end,
        touchpoint=mention.touchpoint,
        polarity=mention.polarity,
        score=mention.score,
        confidence=mention.confidence,
        emotion=mention.emotion,
        stance=mention.stance,
        method=mention.method,
        cues=tuple(mention.cues),
        language=mention.language,
        source=mention.source,
        role=mention.role,
        question_id=row.question_id,
        response_id=row.response_id,
        interview_id=row.interview_id,
        interview_title=row.title,
    )
