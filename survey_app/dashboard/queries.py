"""What came in, and what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import Audience
from survey_app.interviews.models import Interview, Speaker, Turn
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.responses.counting import counts
from survey_app.responses.models import Answer, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveCount:
    """A wave, and how many responses it has."""

    id: int
    name: str
    starts_on: date
    ends_on: date | None
    submitted: int
    in_progress: int


def list_waves(session: Session) -> list[WaveCount]:
    """All waves, the newest first."""
    states = (
        select(
            Response.wave_id,
            func.sum(case((Response.state == "submitted", 1), else_=0)).label("sent"),
            func.sum(case((Response.state == "in_progress", 1), else_=0)).label("busy"),
        )
        .group_by(Response.wave_id)
        .subquery()
    )
    statement = (
        select(Wave, states.c.sent, states.c.busy)
        .outerjoin(states, states.c.wave_id == Wave.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
    )
    return [
        WaveCount(
            id=wave.id,
            name=wave.name,
            starts_on=wave.starts_on,
            ends_on=wave.ends_on,
            submitted=int(sent or 0),
            in_progress=int(busy or 0),
        )
        for wave, sent, busy in session.execute(statement)
    ]


def list_open_questionnaires(session: Session) -> Sequence[Questionnaire]:
    return session.scalars(
        select(Questionnaire)
        .where(Questionnaire.state == "open")
        .order_by(Questionnaire.slug)
    ).all()


def count_submitted(session: Session) -> int:
    submitted = Response.state == "submitted"
    return session.scalar(select(func.count(Response.id)).where(submitted)) or 0


def count_people(session: Session) -> int:
    """Who sent a response that counts, or took part in an interview."""
    sent = select(Response.respondent_id).where(counts())
    spoke = select(Speaker.respondent_id).where(Speaker.respondent_id.is_not(None))
    everybody = sent.union(spoke).subquery()
    return session.scalar(select(func.count()).select_from(everybody)) or 0


def list_submission_times(session: Session, *, since: datetime) -> Sequence[datetime]:
    times = session.scalars(
        select(Response.submitted_at).where(
            Response.state == "submitted", Response.submitted_at >= since
        )
    )
    return [time for time in times if time is not None]


def count_interviews(session: Session) -> int:
    return session.scalar(select(func.count(Interview.id))) or 0


def count_unread(session: Session) -> int:
    """Texts that no version of the analysis has read yet."""
    answers = (
        select(func.count(Answer.id))
        .join(Answer.response)
        .where(
            Answer.analysis_version.is_(None),
            Answer.text.is_not(None),
            Answer.on_path,
            counts(),
        )
    )
    turns = (
        select(func.count(Turn.id))
        .join(Turn.speaker)
        .where(
            Turn.analysis_version.is_(None),
            Speaker.role == "participant",
            Speaker.respondent_id.is_not(None),
        )
    )
    return (session.scalar(answers) or 0) + (session.scalar(turns) or 0)


def find_newest_derivation(session: Session) -> PersonaDerivation | None:
    return session.scalar(
        select(PersonaDerivation).order_by(PersonaDerivation.id.desc()).limit(1)
    )


def list_personas(session: Session) -> Sequence[Persona]:
    """The personas of the newest derivation."""
    newest = select(func.max(PersonaDerivation.id)).scalar_subquery()
    return session.scalars(
        select(Persona)
        .where(Persona.derivation_id == newest)
        .order_by(Persona.position)
    ).all()


def persona_audience(persona: Persona) -> Audience:
    members = select(PersonaMember.respondent_id)
    return Audience(
        f"persona {persona.derivation_id}/{persona.id}",
        members.where(PersonaMember.persona_id == persona.id),
    )


def list_personas_of(
    session: Session, respondent_ids: Sequence[int]
) -> dict[int, Persona]:
    """The persona that each of these respondents belongs to, where they do."""
    newest = select(func.max(PersonaDerivation.id)).scalar_subquery()
    rows = session.execute(
        select(PersonaMember.respondent_id, Persona)
        .join(PersonaMember.persona)
        .where(
            Persona.derivation_id == newest,
            PersonaMember.respondent_id.in_(respondent_ids),
        )
    )
    return dict(rows.all())
