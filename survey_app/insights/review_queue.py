"""What a person is asked to judge next: what the machine doubts, and a random part.

The random part draws whole texts, each as likely as any other, and asks everything of
them: only so can one say how much is right, and how much is missed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session, aliased

from survey_app.clock import day_of
from survey_app.insights.corrections import Drawn
from survey_app.insights.generations import in_current
from survey_app.insights.judging import (
    find_newest,
    was_judged,
    was_passed,
)
from survey_app.insights.lots import begins_at
from survey_app.insights.models import (
    AnalysedText,
    Correction,
    Mention,
    TextJudgement,
    is_unjudged,
)
from survey_app.touchpoints.queries import is_shown

DOUBTED_PER_RANDOM = 2  # mentions that the machine doubts, for each random text
STEP = 0.02  # by so much surer is what one judges of the same kind once more today


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
    ids = session.scalars(_least_sure(staff_id)).all()
    rows = session.execute(_facts().where(Mention.id.in_(ids))).all()
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


def _facts() -> Select[int, int, int, str, str, float]:
    return select(
        Mention.id,
        Mention.analysed_text_id,
        Mention.start,
        Mention.touchpoint,
        Mention.language,
        Mention.confidence,
    )


def _least_sure(staff_id: int) -> Select[int | None]:
    """One id for each touchpoint and language; None where nothing is left of it.

    Reads the first rows of each off an index, however many there are.
    """
    kinds = _kinds()
    like = aliased(Mention)
    least = (
        select(like.id)
        .join(AnalysedText, AnalysedText.id == like.analysed_text_id)
        .where(
            in_current(like),
            like.touchpoint == Mention.touchpoint,
            like.language == Mention.language,
            is_unjudged(like),
            ~was_passed(staff_id),
        )
        .order_by(like.confidence, like.analysed_text_id, like.start)
        .limit(1)
        .correlate(Mention)
        .scalar_subquery()
    )
    return (
        select(least)
        .select_from(kinds)
        .join(Mention, Mention.id == kinds.c.id)
        .where(is_shown(Mention.touchpoint))
    )


def _kinds() -> CTE:
    """The first unjudged mention of each touchpoint and language there is.

    From one to the next: a list of all that differ would read every mention.
    """
    first = select(Mention.id).where(in_current(Mention), is_unjudged())
    first = first.order_by(Mention.touchpoint, Mention.language).limit(1)
    kinds = select(first.scalar_subquery().label("id")).cte("kinds", recursive=True)
    following = func.coalesce(_next_language(), _next_touchpoint())
    step = select(following).select_from(kinds).join(Mention, Mention.id == kinds.c.id)
    return kinds.union_all(step)


def _next_language() -> ScalarSelect[int]:
    later = aliased(Mention)
    return _first_of(
        later,
        later.touchpoint == Mention.touchpoint,
        later.language > Mention.language,
    )


def _next_touchpoint() -> ScalarSelect[int]:
    later = aliased(Mention)
    return _first_of(later, later.touchpoint > Mention.touchpoint)


def _first_of(
    later: type[Mention], *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    return (
        select(later.id)
        .where(in_current(later), is_unjudged(later), *conditions)
        .order_by(later.touchpoint, later.language)
        .limit(1)
        .correlate(Mention)
        .scalar_subquery()
    )


def _judged_today(session: Session, at: datetime) -> Counter[tuple[str, str]]:
    """By anybody, so that colleagues who judge at once spread out too."""
    is_its = (AnalysedText.answer_id == Correction.answer_id) | (
        AnalysedText.turn_id == Correction.turn_id
    )
    language = select(AnalysedText.language).where(in_current(AnalysedText), is_its)
    rows = session.execute(
        select(
            Correction.machine_touchpoint, language.limit(1).scalar_subquery()
        ).where(
            Correction.drawn == Drawn.UNCERTAIN,
            Correction.corrected_at >= day_of(at),
            Correction.machine_touchpoint.is_not(None),
        )
    )
    return Counter((str(touchpoint), str(language)) for touchpoint, language in rows)


def _next_random(session: Session, staff_id: int, at: datetime) -> Item | None:
    """The next text in an order that has nothing to do with what it says."""
    del at
    text_id = _first_of_lots(session, staff_id, AnalysedText.lot >= begins_at(staff_id))
    if text_id is None:
        before = AnalysedText.lot < begins_at(staff_id)
        text_id = _first_of_lots(session, staff_id, before)
    if text_id is None:
        return None
    mention_id = session.scalar(
        select(Mention.id)
        .where(Mention.analysed_text_id == text_id, is_unjudged())
        .order_by(Mention.start, Mention.id)
        .limit(1)
    )
    return Item(text_id, mention_id, Drawn.RANDOM)


def _first_of_lots(
    session: Session, staff_id: int, lots: ColumnElement[bool]
) -> int | None:
    return session.scalar(
        select(AnalysedText.id)
        .where(in_current(AnalysedText), lots)
        .where(~was_judged(), ~was_passed(staff_id))
        .order_by(AnalysedText.lot, AnalysedText.id)
        .limit(1)
    )
