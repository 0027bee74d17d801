"""Named reads for journey maps: who is on the map."""

from collections.abc import Collection

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from survey_app.insights.figure_filter import Audience, FigureFilter
from survey_app.insights.models import Mention
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.questionnaires.published import question_set_of


def list_personas(session: Session) -> list[Persona]:
    """The personas of the newest derivation, the largest first."""
    newest = select(func.max(PersonaDerivation.id)).scalar_subquery()
    return list(
        session.scalars(
            select(Persona)
            .where(Persona.derivation_id == newest)
            .order_by(Persona.position)
        )
    )


def list_waves(session: Session) -> list[Wave]:
    return list(session.scalars(select(Wave).order_by(Wave.starts_on, Wave.id)))


def find_organisation(session: Session, language: str) -> str | None:
    """Whose customers these are, as the questionnaire published last tells."""
    version = session.scalar(
        select(QuestionnaireVersion).order_by(QuestionnaireVersion.id.desc()).limit(1)
    )
    names = question_set_of(version).organisation if version else None
    return names[language] if names else None


def members_of(persona: Persona) -> Audience:
    return Audience(
        key=f"persona-{persona.id}",
        respondents=select(PersonaMember.respondent_id).where(
            PersonaMember.persona_id == persona.id
        ),
    )


def count_people(
    session: Session, filters: FigureFilter, touchpoints: Collection[str]
) -> int:
    """How many people spoke of any of these touchpoints."""
    return (
        session.scalar(
            select(func.count(distinct(Mention.respondent_id))).where(
                Mention.touchpoint.in_(touchpoints), *filters.conditions()
            )
        )
        or 0
    )
