"""When a questionnaire is open, in which waves, and what was done with the answers.

The caller owns the transaction.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import Improvement, Questionnaire, Wave

A_DAY = timedelta(days=1)
UP, DOWN = -1, 1


def close(questionnaire: Questionnaire, *, at: datetime) -> None:
    """Take no new respondents; who is busy may finish for two days."""
    questionnaire.state = "closed"
    questionnaire.closes_at = at


def reopen(questionnaire: Questionnaire, *, at: datetime) -> None:
    questionnaire.state = "open"
    questionnaire.closes_at = None
    if questionnaire.opens_at is not None and questionnaire.opens_at > at:
        questionnaire.opens_at = None


def retire(questionnaire: Questionnaire, *, at: datetime) -> None:
    """For good: its address says that it has ended."""
    questionnaire.state = "retired"
    questionnaire.closes_at = questionnaire.closes_at or at


def schedule(
    questionnaire: Questionnaire,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    max_responses: int | None,
    include_partial: bool,
) -> None:
    """When it opens and closes by itself. One that is closed stays so."""
    if questionnaire.state == "open":
        questionnaire.opens_at = opens_at
        questionnaire.closes_at = closes_at
    questionnaire.max_responses = max_responses
    questionnaire.include_partial = include_partial


@dataclass(frozen=True, slots=True)
class WaveFacts:
    name: str
    starts_on: date
    ends_on: date | None


class InvalidWaveError(ValueError):
    """A wave without a name, or that ends before it begins."""


def add_wave(session: Session, questionnaire: Questionnaire, facts: WaveFacts) -> Wave:
    """A wave; its code is made of its name, once.

    Waves may overlap, as when a second group is asked while the first still answers:
    an answer falls into the one that began last.
    """
    _check(facts)
    wave = Wave(
        questionnaire_id=questionnaire.id,
        code=_free_code(session, questionnaire, facts.name),
        name=facts.name,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
    )
    session.add(wave)
    session.flush()
    return wave


def change_wave(wave: Wave, facts: WaveFacts) -> None:
    """Another name or other days; answers stay in the wave they fell into."""
    _check(facts)
    wave.name = facts.name
    wave.starts_on = facts.starts_on
    wave.ends_on = facts.ends_on


def _check(facts: WaveFacts) -> None:
    if not facts.name.strip():
        raise InvalidWaveError("a wave needs a name")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise InvalidWaveError("the last day lies before the first")


def end_wave(wave: Wave, *, on: date) -> None:
    """Its last day is this one, or its first when it has not begun."""
    wave.ends_on = max(wave.starts_on, on)


def add_improvement(
    session: Session,
    questionnaire: Questionnaire,
    *,
    said: Mapping[str, str],
    done: Mapping[str, str],
    staff_id: int | None,
    at: datetime,
) -> Improvement:
    last = session.scalar(
        select(func.max(Improvement.position)).where(
            Improvement.questionnaire_id == questionnaire.id
        )
    )
    improvement = Improvement(
        questionnaire_id=questionnaire.id,
        said=dict(said),
        done=dict(done),
        position=0 if last is None else last + 1,
        created_at=at,
        created_by=staff_id,
    )
    session.add(improvement)
    session.flush()
    return improvement


def move_improvement(session: Session, improvement: Improvement, *, by: int) -> None:
    """One place up or down; all are numbered anew, so that no two share a place."""
    found = list(
        session.scalars(
            select(Improvement)
            .where(Improvement.questionnaire_id == improvement.questionnaire_id)
            .order_by(Improvement.position, Improvement.id)
        )
    )
    place = found.index(improvement)
    other = place + by
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    for position, each in enumerate(found):
        each.position = position


def _free_code(session: Session, questionnaire: Questionnaire, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")[:44] or "wave"
    taken = set(
        session.scalars(
            select(Wave.code).where(Wave.questionnaire_id == questionnaire.id)
        )
    )
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)
