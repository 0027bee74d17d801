"""The bridge for personas: what each customer said in, derived personas out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, Select, Subquery, func, select
from sqlalchemy.orm import Session

from analysis.intervals import MIN_BASE_SHOWN_WITH_CARE, Share, share_of
from analysis.personas import (
    DistinctiveFeature,
    DroppedVariable,
    DropReason,
    Gate,
    Person,
    PersonaClass,
    PersonaDerivation,
    PersonaStatus,
    Settings,
    Variable,
    compare_groups,
    derive_personas,
)
from survey_app.insights.generations import in_current
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.insights.review_limit import counts_in_figures
from survey_app.questionnaires.models import Wave
from survey_app.responses.counting import counts
from survey_app.responses.models import Answer, Response
from survey_app.touchpoints.queries import is_shown

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
    "Settings",
    "Share",
    "Variable",
    "compare_groups",
    "derive",
    "read_customers",
    "share_levels",
]

SEED = 20261122  # the same answers give the same personas


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the words under one kind of question said of one touchpoint."""

    role: str
    touchpoint: str
    total: float  # of the scores, −1..+1 each
    mentions: int


@dataclass(slots=True, kw_only=True)
class Customer:
    """A person's latest response that counts: what was ticked, and what was found."""

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
    """Everybody with a response that counts, in order of their id."""
    latest = _latest_responses()
    customers = {
        row.id: Customer(
            respondent_id=row.respondent_id, language=row.language, wave=row.wave
        )
        for row in session.execute(_responses(latest))
    }
    for answer in _answers(session, latest):
        codes = customers[answer.response_id].codes
        codes.setdefault(answer.question_id, answer.code or "")
    for text in _texts(session, latest):
        customers[text.response_id].wrote.add(text.role or "")
    for found in _factors(session, latest):
        customers[found.response_id].factors.append(found.factor)
    for mention in _mentions(session, latest):
        said = Said(
            role=mention.role or "",
            touchpoint=mention.touchpoint,
            total=mention.total,
            mentions=mention.mentions,
        )
        customers[mention.response_id].said.append(said)
    return sorted(customers.values(), key=lambda customer: customer.respondent_id)


def derive(
    people: Sequence[Person],
    variables: Sequence[Variable],
    *,
    settings: Settings | None = None,
) -> PersonaDerivation:
    """The personas of these people, the same for the same answers."""
    return derive_personas(people, variables, seed=SEED, settings=settings)


def share_levels(
    people: Sequence[Person],
    variables: Sequence[Variable],
    groups: Mapping[str, str],
) -> dict[str, list[LevelShare]]:
    """Each group's shares, the largest first; none on fewer than five people."""
    found: dict[str, list[LevelShare]] = {name: [] for name in groups.values()}
    for name, shares in found.items():
        members = [person for person in people if groups.get(person.key) == name]
        for variable in variables:
            known = [each.levels.get(variable.key) for each in members]
            said = [level for level in known if level is not None]
            if len(said) >= MIN_BASE_SHOWN_WITH_CARE:
                shares.extend(_shares(variable, said))
    return found


def _shares(variable: Variable, said: Sequence[str]) -> list[LevelShare]:
    counts = {level: said.count(level) for level in variable.levels}
    return [
        LevelShare(variable.key, level, share_of(count, len(said)))
        for level, count in sorted(counts.items(), key=lambda item: -item[1])
        if count
    ]


def _latest_responses() -> Subquery:
    said_at = func.coalesce(Response.submitted_at, Response.last_activity_at)
    newest = func.row_number().over(
        partition_by=Response.respondent_id,
        order_by=(said_at.desc(), Response.id.desc()),
    )
    ranked = select(Response.id, newest.label("place")).where(counts()).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1).subquery()


def _responses(latest: Subquery) -> Select[int, int, str, str]:
    language = func.coalesce(Response.language_submitted, Response.language_started)
    return (
        select(
            Response.id,
            Response.respondent_id,
            language.label("language"),
            Wave.name.label("wave"),
        )
        .join(latest, latest.c.id == Response.id)
        .outerjoin(Wave, Wave.id == Response.wave_id)
    )


def _answers(session: Session, latest: Subquery) -> Sequence[Row[int, str, str | None]]:
    return session.execute(
        select(Answer.response_id, Answer.question_id, Answer.code)
        .join(latest, latest.c.id == Answer.response_id)
        .where(Answer.code.is_not(None), Answer.on_path)
        .order_by(Answer.response_id, Answer.position)
    ).all()


def _texts(session: Session, latest: Subquery) -> Sequence[Row[int, str | None]]:
    return session.execute(
        select(Answer.response_id, AnalysedText.role)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(latest, latest.c.id == Answer.response_id)
        .where(in_current(AnalysedText))
    ).all()


def _factors(session: Session, latest: Subquery) -> Sequence[Row[int, str]]:
    return session.execute(
        select(Answer.response_id, FoundFactor.factor)
        .join(AnalysedText, AnalysedText.id == FoundFactor.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(latest, latest.c.id == Answer.response_id)
        .where(in_current(AnalysedText))
        .order_by(Answer.response_id, Answer.id, FoundFactor.id)
    ).all()


def _mentions(
    session: Session, latest: Subquery
) -> Sequence[Row[int, str | None, str, float, int]]:
    return session.execute(
        select(
            Answer.response_id,
            Mention.role,
            Mention.touchpoint,
            func.sum(Mention.score).label("total"),
            func.count().label("mentions"),
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(latest, latest.c.id == Answer.response_id)
        .where(in_current(AnalysedText), counts_in_figures())
        .where(is_shown(Mention.touchpoint))
        .group_by(Answer.response_id, Mention.role, Mention.touchpoint)
        .order_by(Answer.response_id, Mention.role, Mention.touchpoint)
    ).all()
