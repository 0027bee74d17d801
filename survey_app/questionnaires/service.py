"""Publishing question sets and opening waves. The caller owns the transaction."""

import json
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from survey_app.questionnaires.published import content_hash
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set


class VersionReusedError(ValueError):
    """A version that is published already, with other content."""


def publish(
    session: Session,
    source: str,
    *,
    published_at: datetime,
    organisation: str | None = None,
) -> QuestionnaireVersion:
    """Publish a question set and open its questionnaire.

    Publishing the same again changes nothing. ``organisation`` is the name at the
    top of the pages, for a file that does not name one.
    """
    source = _with_organisation(source.replace("\r\n", "\n"), organisation)
    question_set = read_question_set(source)
    questionnaire = find_questionnaire(session, question_set.id)
    if questionnaire is None:
        questionnaire = Questionnaire(slug=question_set.id)
        session.add(questionnaire)
        session.flush()
    known = _find_version(session, questionnaire, question_set)
    if known is not None:
        return _same_content(known, source)
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        version=question_set.version,
        content_hash=content_hash(source),
        source=source,
        published_at=published_at,
    )
    session.add(version)
    questionnaire.active_version = version
    questionnaire.state = "open"
    session.flush()
    return version


def ensure_wave(
    session: Session,
    questionnaire: Questionnaire,
    *,
    code: str,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
) -> Wave:
    """The wave with this code, made when it is not yet there."""
    found = session.scalar(
        select(Wave).where(Wave.questionnaire_id == questionnaire.id, Wave.code == code)
    )
    if found is not None:
        return found
    wave = Wave(
        questionnaire_id=questionnaire.id,
        code=code,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(wave)
    session.flush()
    return wave


def _with_organisation(source: str, organisation: str | None) -> str:
    """A JSON text is a TOML text; the first line of a file is its top table."""
    if organisation is None:
        return source
    return f"organisation = {json.dumps(organisation, ensure_ascii=False)}\n{source}"


def _find_version(
    session: Session, questionnaire: Questionnaire, question_set: QuestionSet
) -> QuestionnaireVersion | None:
    return session.scalar(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire_id == questionnaire.id,
            QuestionnaireVersion.version == question_set.version,
        )
    )


def _same_content(known: QuestionnaireVersion, source: str) -> QuestionnaireVersion:
    if known.content_hash != content_hash(source):
        raise VersionReusedError(
            f"version {known.version} is published already with other content;"
            " give this one a new version number"
        )
    return known
