"""The bridge for personas: what each customer said in, derived personas out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from analysis.intervals import Share, share_of
from analysis.personas import (
    DistinctiveFeature,
    DroppedVariable,
    DropReason,
    Gate,
    Person,
    PersonaClass,
    PersonaDerivation,
    PersonaStatus,
    Variable,
    compare_groups,
    derive_personas,
)
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.questionnaires.models import Wave
from survey_app.responses.models import Answer, Response

__all__ = [
    "Customer",
    "DistinctiveFeature",
    "DropReason",
    "DroppedVariable",
    "Gate",
    "LevelShare",
    "Person",
    "PersonaClass",
    "PersonaDerivation",
    "PersonaStatus",
    "Said",
    "Share",
    "Variable",
    "compare_groups",
    "derive",
    "read_customers",
    "share_levels",
]

SEED = 20261122  # the same answers give the same personas
UNKNOWN_ROLE = ""


@dataclass(slots=True)
class Said:
    """What somebody's words under one kind of question said of one touchpoint."""

    role: str
    touchpoint: str
    total: float  # of scores, −1..+1 each
    mentions: int


@dataclass(slots=True, kw_only=True)
class Customer:
    """A person's latest submitted response: what was ticked, and what was found."""

    respondent_id: int
    language: str
    wave: str | None
    codes: dict[str, str] = field(default_factory=dict)  # first option by question
    wrote: set[str] = field(default_factory=set)  # roles answered in words
    factors: list[str] = field(default_factory=list)  # the first found first
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How many of a group have a level, of those whose level is known."""

    variable: str
    level: str
    share: Share


def read_customers(session: Session) -> list[Customer]:
    """Everybody who submitted a response, in order of their id; five reads in all."""
    latest = _latest_responses()
    customers = {row.id: row for row in _customers(session, latest)}
    by_response = {
        response_id: customers[respondent_id]
        for response_id, respondent_id in session.execute(
            select(latest.c.id, latest.c.respondent_id)
        )
    }
    _add_codes(session, latest, by_response)
    _add_texts(session, latest, by_response)
    _add_factors(session, latest, by_response)
    _add_mentions(session, latest, by_response)
    return list(by_response.values())


def derive(
    people: Sequence[Person], variables: Sequence[Variable]
) -> PersonaDerivation:
    """The personas of these people, the same for the same answers."""
    return derive_personas(people, variables, seed=SEED)
