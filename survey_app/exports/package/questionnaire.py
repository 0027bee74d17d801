"""The questionnaire of a package in this workspace: its versions and its waves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.exports.package.checks import InvalidPackageError
from survey_app.exports.package.reading import Package
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.published import content_hash
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.service import ensure_wave

AS_THEY_ARE = ("opens_at", "closes_at", "max_responses", "include_partial")


@dataclass(frozen=True, slots=True)
class Fielded:
    """Row ids by what the package calls them."""

    slug: str
    versions: Mapping[str, int]
    waves: Mapping[str | None, int]


def restore_questionnaire(
    session: Session, package: Package, *, name: str | None
) -> Fielded:
    told = package.manifest["questionnaire"]
    slug = name or told["slug"]
    questionnaire = find_questionnaire(session, slug)
    is_new = questionnaire is None
    if questionnaire is None:
        questionnaire = _new(session, slug, told)
    versions = {
        each["version"]: _version(session, questionnaire, each, package)
        for each in package.manifest["versions"]
    }
    active = versions.get(told["active_version"])
    if is_new and active is not None:
        questionnaire.active_version_id = active.id
        asked = package.question_sets[active.version]
        questionnaire.in_figures = asked.settings.in_figures
    session.flush()
    return Fielded(
        slug,
        {version: row.id for version, row in versions.items()},
        _waves(session, questionnaire, package),
    )


def _new(session: Session, slug: str, told: Mapping[str, Any]) -> Questionnaire:
    """Taking in old answers must not open anything to the public."""
    state = "closed" if told["state"] == "open" else told["state"]
    questionnaire = Questionnaire(
        slug=slug, state=state, **{column: told[column] for column in AS_THEY_ARE}
    )
    session.add(questionnaire)
    session.flush()
    return questionnaire


def _version(
    session: Session,
    questionnaire: Questionnaire,
    told: Mapping[str, Any],
    package: Package,
) -> QuestionnaireVersion:
    source = package.sources[told["version"]]
    known = session.scalar(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire_id == questionnaire.id,
            QuestionnaireVersion.version == told["version"],
        )
    )
    if known is None:
        known = QuestionnaireVersion(
            questionnaire_id=questionnaire.id,
            content_hash=content_hash(source),
            source=source,
            **told,
        )
        session.add(known)
        session.flush()
    elif known.content_hash != content_hash(source):
        raise InvalidPackageError(
            f"version {told['version']} of {questionnaire.slug} is here already, with"
            " other questions; take it in under another name with --as"
        )
    return known


def _waves(
    session: Session, questionnaire: Questionnaire, package: Package
) -> dict[str | None, int]:
    return {
        told["code"]: ensure_wave(session, questionnaire, **told).id
        for told in package.manifest["waves"]
    }
