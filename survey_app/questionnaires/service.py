"""Publishing question sets and opening waves. The caller owns the transaction."""

import json
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.outbox import service as outbox
from survey_app.questionnaires.comparison import Comparison, compare
from survey_app.questionnaires.in_figures import count_as_told
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.published import (
    content_hash,
    read_or_none,
    version_number,
)
from survey_app.questionnaires.queries import find_questionnaire, list_versions
from survey_app.questionnaires.question_set import Question, QuestionSet
from survey_app.questionnaires.reading import read_question_set


class NotPublishableError(ValueError):
    """A valid question set that cannot follow the versions before it."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class VersionReusedError(NotPublishableError):
    """A version that is published already, with other content."""


class VersionNotHigherError(NotPublishableError):
    """A number below one that was published."""


class MeaningChangedError(NotPublishableError):
    """Questions that ask something else under their old ids."""


def publish(
    session: Session,
    source: str,
    *,
    published_at: datetime,
    organisation: str | None = None,
    actor_id: int | None = None,
) -> QuestionnaireVersion:
    """Publish a question set; a questionnaire that is new opens.

    Publishing the same again changes nothing. ``organisation`` is the name at the
    top of the pages, for a file that does not name one.
    """
    source = _with_organisation(source.replace("\r\n", "\n"), organisation)
    question_set = read_question_set(source)
    questionnaire = _questionnaire_at(session, question_set.id)
    earlier = list_versions(session, questionnaire.id)
    for known in earlier:
        if known.version == question_set.version:
            same = _same_content(known, source)
            if questionnaire.active_version is same:
                count_as_told(session, questionnaire, question_set)
            return same
    comparison = compare_with_earlier(earlier, question_set)
    _refuse_unfit(earlier, question_set, comparison)
    count_as_told(session, questionnaire, question_set)
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        version=question_set.version,
        content_hash=content_hash(source),
        source=source,
        published_at=published_at,
        published_by=actor_id,
        comparability={} if comparison is None else comparison.comparability,
    )
    _activate(session, version)
    _tell(session, version, actor_id)
    return version


def _questionnaire_at(session: Session, slug: str) -> Questionnaire:
    """The questionnaire at this address, made when there is none yet."""
    known = find_questionnaire(session, slug)
    if known is not None:
        return known
    questionnaire = Questionnaire(slug=slug, state="draft")
    session.add(questionnaire)
    session.flush()
    return questionnaire


def compare_with_earlier(
    earlier: list[QuestionnaireVersion], question_set: QuestionSet
) -> Comparison | None:
    """Against the newest version; a question that had left, against its last words."""
    readable = [found for each in earlier if (found := read_or_none(each))]
    if not readable:
        return None
    asked: dict[str, Question] = {}
    for old in reversed(readable):
        asked |= old.questions
    return compare(readable[0], question_set, asked)


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


def _same_content(known: QuestionnaireVersion, source: str) -> QuestionnaireVersion:
    if known.content_hash != content_hash(source):
        raise VersionReusedError(
            Problem(
                "E_VERSION_REUSED",
                ("version",),
                _(
                    "Version %(version)s is published already, with other content.",
                    version=known.version,
                ),
                _("Give this one a new version number."),
            )
        )
    return known


def _refuse_unfit(
    earlier: list[QuestionnaireVersion],
    question_set: QuestionSet,
    comparison: Comparison | None,
) -> None:
    highest = max((version_number(each.version) for each in earlier), default=None)
    if highest is not None and version_number(question_set.version) < highest:
        raise VersionNotHigherError(
            Problem(
                "E_VERSION_NOT_HIGHER",
                ("version",),
                _(
                    "Version %(version)s was published before.",
                    version=".".join(map(str, highest)),
                ),
                _("Give this one a higher number; old content may have a new one."),
            )
        )
    if comparison is not None and comparison.refused:
        raise MeaningChangedError(*comparison.refused)


def _activate(session: Session, version: QuestionnaireVersion) -> None:
    """From now on this is what new respondents see; who was busy goes on as before."""
    session.add(version)
    questionnaire = version.questionnaire
    if questionnaire.active_version is not None:
        questionnaire.active_version.retired_at = version.published_at
    questionnaire.active_version = version
    if questionnaire.state == "draft":
        questionnaire.state = "open"
    session.flush()


def _tell(
    session: Session, version: QuestionnaireVersion, actor_id: int | None
) -> None:
    slug, at = version.questionnaire.slug, version.published_at
    detail = {"version": version.version}
    outbox.announce(session, outbox.PUBLISHED, subject=slug, at=at, detail=detail)
    if actor_id is not None:
        record(
            session,
            actor_id=actor_id,
            action="questionnaire_published",
            subject=slug,
            at=at,
            detail=detail,
        )
