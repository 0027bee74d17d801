"""What a person is asked to judge next: what the machine doubts, and a random part.

The random part draws whole texts, each as likely as any other, and asks everything of
them: only so can one say how much is right, and how much is missed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, select
from sqlalchemy.orm import Session

from survey_app.clock import day_of
from survey_app.insights.corrections import Drawn
from survey_app.insights.generations import in_current
from survey_app.insights.judging import (
    find_newest,
    is_unjudged,
    was_judged,
    was_passed,
)
from survey_app.insights.models import (
    AnalysedText,
    Correction,
    Mention,
    TextJudgement,
)
from survey_app.touchpoints.queries import is_shown

DOUBTED_PER_RANDOM = 2  # mentions that the machine doubts, for each random text
STEP = 0.02  # by so much surer is what one judges of the same kind once more today
PRIME, FACTOR = 2**31 - 1, 1_103_515_245


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to judge: a mention, or whether a text holds no more than it says."""

    text_id: int
    mention_id: int | None
    drawn: Drawn


def find_next(session: Session, staff_id: int, at: datetime) -> Item | None:
    """None: there is nothing left that this person has not judged or passed over."""
    finders = [_next_doubted, _next_random]
    if _is_random_turn(session, staff_id, at):
        finders.reverse()
    for find in finders:
        item = find(session, staff_id, at)
        if item is not None:
            return item
    return None


def _is_random_turn(session: Session, staff_id: int, at: datetime) -> bool:
    """A text that was begun is finished first."""
    newest = find_newest(session, staff_id, at)
    if isinstance(newest, Correction) and newest.drawn == Drawn.RANDOM:
        return True
    doubted = session.scalar(
        select(func.count(Correction.id)).where(
            Correction.corrected_by == staff_id,
            Correction.drawn == Drawn.UNCERTAIN,
            Correction.corrected_at >= day_of(at),
        )
    )
    finished = session.scalar(
        select(func.count(TextJudgement.id)).where(
            TextJudgement.judged_by == staff_id,
            TextJudgement.drawn == Drawn.RANDOM,
            TextJudgement.judged_at >= day_of(at),
        )
    )
    return (doubted or 0) >= DOUBTED_PER_RANDOM * ((finished or 0) + 1)


def _next_doubted(session: Session, staff_id: int, at: datetime) -> Item | None:
    """Of each touchpoint and language the mention least sure; of those the least.

    Each judgement today makes its own touchpoint and language wait a little longer.
    """
    judged = _judged_today(session, at)
    rows = session.execute(_least_sure(staff_id)).all()
    if not rows:
        return None
    chosen = min(
        rows,
        key=lambda row: (
            row.confidence + STEP * judged[row.touchpoint, row.language],
            row.analysed_text_id,  # a row that was taken back has another id
            row.start,
        ),
    )
    return Item(chosen.analysed_text_id, chosen.id, Drawn.UNCERTAIN)


def _least_sure(staff_id: int) -> Select[int, int, str, str, float, int]:
    place = func.row_number().over(
        partition_by=(Mention.touchpoint, Mention.language),
        order_by=(Mention.confidence, Mention.analysed_text_id, Mention.start),
    )
    ranked = (
        select(
            Mention.id,
            Mention.analysed_text_id,
            Mention.touchpoint,
            Mention.language,
            Mention.confidence,
            Mention.start,
            place.label("place"),
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .where(in_current(Mention), is_shown(Mention.touchpoint))
        .where(is_unjudged(), ~was_passed(staff_id))
        .subquery()
    )
    columns = ranked.c
    return select(
        columns.id,
        columns.analysed_text_id,
        columns.touchpoint,
        columns.language,
        columns.confidence,
        columns.start,
    ).where(columns.place == 1)


def _judged_today(session: Session, at: datetime) -> Counter[tuple[str, str]]:
    """By anybody, so that colleagues who judge at once spread out too."""
    is_its = (AnalysedText.answer_id == Correction.answer_id) | (
        AnalysedText.turn_id == Correction.turn_id
    )
    rows = session.execute(
        select(Correction.machine_touchpoint, AnalysedText.language, func.count())
        .join(AnalysedText, is_its)
        .where(
            in_current(AnalysedText),
            Correction.drawn == Drawn.UNCERTAIN,
            Correction.corrected_at >= day_of(at),
            Correction.machine_touchpoint.is_not(None),
        )
        .group_by(Correction.machine_touchpoint, AnalysedText.language)
    )
    return Counter({(str(name), language): n for name, language, n in rows})


def _next_random(session: Session, staff_id: int, at: datetime) -> Item | None:
    """The next text in an order that has nothing to do with what it says."""
    del at
    text_id = session.scalar(
        select(AnalysedText.id)
        .where(in_current(AnalysedText), ~was_judged(), ~was_passed(staff_id))
        .order_by(_shuffled(staff_id), AnalysedText.id)
        .limit(1)
    )
    if text_id is None:
        return None
    mention_id = session.scalar(
        select(Mention.id)
        .where(Mention.analysed_text_id == text_id, is_unjudged())
        .order_by(Mention.start, Mention.id)
        .limit(1)
    )
    return Item(text_id, mention_id, Drawn.RANDOM)


def _shuffled(staff_id: int) -> ColumnElement[int]:
    """A number for each text that stays the same, whatever is analysed or added.

    Permanent random numbers, as statistical offices draw samples (Ohlsson 1995): the
    texts judged are those with the lowest, which is a random sample at any moment.
    Everybody begins elsewhere, so that two people do not judge the same text.
    """
    source = case(
        (AnalysedText.turn_id.is_not(None), AnalysedText.turn_id * 2 + 1),
        else_=AnalysedText.answer_id * 2,
    )
    number = cast(source, BigInteger)
    mixed = (number * FACTOR + 12_345) % PRIME
    mixed = (mixed * mixed + number) % PRIME  # squared: neighbours part for good
    mixed = (mixed * FACTOR + 40_692) % PRIME
    return (mixed + staff_id * 514_229_017) % PRIME
