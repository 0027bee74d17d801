"""Published versions as question sets, read once in each process."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.queries import Fielding
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_published

# By content, never by row: a published version does not change, and its hash is
# the same in whichever database it stands.
_READ: dict[str, QuestionSet] = {}


class AlteredVersionError(Exception):
    """A published version is no longer what was published."""


def content_hash(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def question_set_of(version: QuestionnaireVersion) -> QuestionSet:
    """What respondents of this version are asked."""
    known = _READ.get(version.content_hash)
    if known is not None:
        return known
    if content_hash(version.source) != version.content_hash:
        raise AlteredVersionError(f"version {version.id} was changed after publishing")
    question_set = read_published(version.source, f"version {version.version}")
    return _READ.setdefault(version.content_hash, question_set)


def read_or_none(version: QuestionnaireVersion | None) -> QuestionSet | None:
    """A version that this program cannot read must not take a list down."""
    try:
        return None if version is None else question_set_of(version)
    except (AlteredVersionError, InvalidQuestionSetError):
        return None


def altered_versions(session: Session) -> list[str]:
    """What stands in the field, but is no longer what was published: a line each."""
    rows = session.execute(
        select(Questionnaire.slug, QuestionnaireVersion)
        .join(
            QuestionnaireVersion,
            QuestionnaireVersion.id == Questionnaire.active_version_id,
        )
        .order_by(Questionnaire.slug)
    )
    return [
        f"version {version.version} of {slug} was changed after publishing;"
        " it is not shown"
        for slug, version in rows
        if content_hash(version.source) != version.content_hash
    ]


def version_number(version: str) -> tuple[int, ...]:
    """A version as it counts: 1.10.0 comes after 1.9.0."""
    parts = version.split(".")
    return tuple(int(part) for part in parts if part.isdecimal())


def question_set_of_version(session: Session, fielding: Fielding) -> QuestionSet:
    """The same, without reading the version's row when it is known here."""
    known = _READ.get(fielding.content_hash)
    if known is not None:
        return known
    return question_set_of(session.get_one(QuestionnaireVersion, fielding.version_id))
