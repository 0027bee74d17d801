"""Named reads of questionnaires, a page at a time."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion


def list_questionnaires(
    session: Session, *, after: int, limit: int
) -> Sequence[Questionnaire]:
    return session.scalars(
        select(Questionnaire)
        .options(joinedload(Questionnaire.active_version))
        .where(Questionnaire.id > after)
        .order_by(Questionnaire.id)
        .limit(limit)
    ).all()


def list_versions(
    session: Session, questionnaire_ids: Collection[int]
) -> dict[int, list[QuestionnaireVersion]]:
    """All published versions by questionnaire, the newest first, without their text."""
    rows = session.scalars(
        select(QuestionnaireVersion)
        .options(defer(QuestionnaireVersion.source))
        .where(QuestionnaireVersion.questionnaire_id.in_(questionnaire_ids))
        .order_by(QuestionnaireVersion.id.desc())
    )
    versions: dict[int, list[QuestionnaireVersion]] = {}
    for version in rows:
        versions.setdefault(version.questionnaire_id, []).append(version)
    return versions
