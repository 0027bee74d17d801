"""What the Personas page reads, and what a derivation rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from survey_app.insights.figure_filter import Audience
from survey_app.insights.generations import in_current, read_mark
from survey_app.insights.models import AnalysedText, Correction, Mention, ReviewLimit
from survey_app.insights.review_limit import counts_in_figures
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.responses.counting import counts
from survey_app.responses.models import Answer, Response
from survey_app.touchpoints.queries import is_shown, read_changed

CORE = 0.7  # from here on somebody clearly belongs
SURE = 0.7  # of a mention that may be quoted; the surest come first
FOUND_US_ROLE = "found_us"  # says where somebody came from, not how it was
PER_KIND = 12  # candidates for a quote, by touchpoint and polarity
QUOTED_LENGTH = (30, 320)  # code points; words are counted afterwards


@dataclass(frozen=True, slots=True)
class Leaning:
    """How many members' own mean feeling is below, about and above neutral."""

    negative: int
    neutral: int
    positive: int

    @property
    def base(self) -> int:
        return self.negative + self.neutral + self.positive


def find_newest(session: Session) -> PersonaDerivation | None:
    newest = select(PersonaDerivation).order_by(PersonaDerivation.id.desc()).limit(1)
    return session.scalar(newest.options(selectinload(PersonaDerivation.personas)))


def audience(persona: Persona) -> Audience:
    members = select(PersonaMember.respondent_id)
    return Audience(
        key=f"persona {persona.derivation_id}/{persona.id}",
        respondents=members.where(PersonaMember.persona_id == persona.id),
    )


def describe_input(session: Session) -> tuple[object, ...]:
    """Changes when a response comes to count, a text is analysed, a mention corrected.

    The worker asks again and again, so it reads ends of indexes and one short count.
    """
    counted = select(func.count(), func.max(Response.id)).where(counts())
    newest = [
        select(func.max(column)).scalar_subquery()
        for column in (
            Correction.id,
            Correction.corrected_at,  # one taken back may leave its id to the next
            ReviewLimit.id,
            Response.changed_at,
        )
    ]
    return (
        *session.execute(counted).one(),
        *session.execute(select(*newest)).one(),
        *read_mark(session),
        read_changed(session),
    )


def find_leaning(session: Session, persona: Persona, *, band: float) -> Leaning:
    """Members by their own mean score over all they said; ±band is neutral."""
    mean = func.avg(Mention.score)
    members = (
        select(mean.label("mean"))
        .join(PersonaMember, PersonaMember.respondent_id == Mention.respondent_id)
        .where(PersonaMember.persona_id == persona.id, in_current(Mention))
        .where(counts_in_figures(), is_shown(Mention.touchpoint))
        .group_by(Mention.respondent_id)
        .subquery()
    )
    means = session.scalars(select(members.c.mean)).all()
    negative = sum(each < -band for each in means)
    positive = sum(each > band for each in means)
    return Leaning(negative, len(means) - negative - positive, positive)


def list_quotable(
    session: Session, persona: Persona, touchpoints: Sequence[str]
) -> list[int]:
    """Mentions by members who clearly belong, the surest of each kind first."""
    sureness = (Mention.confidence * func.abs(Mention.score)).label("sureness")
    place = func.row_number().over(
        partition_by=(Mention.touchpoint, Mention.polarity, Mention.language),
        order_by=(sureness.desc(), Mention.id),
    )
    ranked = (
        select(Mention.id, sureness, place.label("place"))
        .join(PersonaMember, PersonaMember.respondent_id == Mention.respondent_id)
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .where(
            in_current(Mention),
            counts_in_figures(),
            PersonaMember.persona_id == persona.id,
            PersonaMember.posterior >= CORE,
            Mention.confidence >= SURE,
            Mention.polarity != "neutral",
            or_(Mention.role.is_(None), Mention.role != FOUND_US_ROLE),
            Mention.touchpoint.in_(touchpoints),
            func.length(Answer.text).between(*QUOTED_LENGTH),
        )
        .subquery()
    )
    chosen = select(ranked.c.id).where(ranked.c.place <= PER_KIND)
    order = (ranked.c.sureness.desc(), ranked.c.id)
    return list(session.scalars(chosen.order_by(*order)))
