"""Named reads of questionnaires, their versions and waves."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)

# Who was filling in the questionnaire when it closed may finish.
GRACE = timedelta(hours=48)


class UnknownQuestionnaireError(LookupError):
    """No questionnaire at this address, or none that was ever published."""


class RetiredQuestionnaireError(LookupError):
    """The questionnaire has ended for good."""


def find_questionnaire(session: Session, slug: str) -> Questionnaire | None:
    return session.scalar(select(Questionnaire).where(Questionnaire.slug == slug))


def get_published(session: Session, slug: str) -> Questionnaire:
    """The questionnaire with its active version, open to answers or not."""
    questionnaire = session.scalar(
        select(Questionnaire)
        .join(Questionnaire.active_version)
        .where(Questionnaire.slug == slug, Questionnaire.state != "draft")
        .options(
            contains_eager(Questionnaire.active_version).options(
                defer(QuestionnaireVersion.source)
            )
        )
    )
    if questionnaire is None:
        raise UnknownQuestionnaireError(slug)
    if questionnaire.state == "retired":
        raise RetiredQuestionnaireError(slug)
    return questionnaire


def find_open_questionnaire(
    session: Session, slug: str, *, at: datetime
) -> Questionnaire | None:
    """The questionnaire when new respondents may start now."""
    try:
        questionnaire = get_published(session, slug)
    except LookupError:
        return None
    return questionnaire if is_open(questionnaire, at) else None


def is_open(questionnaire: Questionnaire, at: datetime) -> bool:
    opens, closes = questionnaire.opens_at, questionnaire.closes_at
    return (
        questionnaire.state == "open"
        and (opens is None or opens <= at)
        and (closes is None or at < closes)
    )


def may_finish(questionnaire: Questionnaire, at: datetime) -> bool:
    """Whether a response that was started may still be filled in and sent."""
    if questionnaire.state == "retired":
        return False
    return questionnaire.closes_at is None or at < questionnaire.closes_at + GRACE


def find_current_wave(
    session: Session, questionnaire_id: int, *, on: date
) -> Wave | None:
    """The wave that is fielded on a day; the latest begun where two overlap."""
    return session.scalar(
        select(Wave)
        .where(
            Wave.questionnaire_id == questionnaire_id,
            Wave.starts_on <= on,
            (Wave.ends_on.is_(None)) | (Wave.ends_on >= on),
        )
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
        .limit(1)
    )
