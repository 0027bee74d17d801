"""Questionnaires and their versions, for programs."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.api.cursors import as_page, last_seen
from survey_app.api.operations import Answer, Asked, operation
from survey_app.api.parameters import IN_SLUG, IN_VERSION, PAGING
from survey_app.api.questionnaire_queries import list_questionnaires, list_versions
from survey_app.api.scopes import Scope
from survey_app.api.times import as_moment
from survey_app.db import get_session
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.questionnaires.question_set import Option, Page, Question
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.web.problems import ProblemError

Item = dict[str, Any]


@operation(
    "GET",
    "/questionnaires",
    "List the questionnaires",
    scope=Scope.READ_QUESTIONNAIRES,
    parameters=PAGING,
    answer=Answer(200, "A page of questionnaires", "QuestionnairePage"),
)
def get_questionnaires(asked: Asked) -> ResponseReturnValue:
    session = get_session()
    limit = asked.query["limit"]
    rows = list_questionnaires(session, after=last_seen(asked.query), limit=limit + 1)
    page = rows[:limit]
    versions = list_versions(session, [row.id for row in page])
    items = [_questionnaire(row, versions.get(row.id, [])) for row in page]
    more = page[-1].id if rows[limit:] else None
    return as_page(items, asked.query, goes_on_after=more)


@operation(
    "GET",
    "/questionnaires/{slug}",
    "One questionnaire",
    scope=Scope.READ_QUESTIONNAIRES,
    parameters=(IN_SLUG,),
    answer=Answer(200, "The questionnaire", "Questionnaire"),
    refusals=(404,),
)
def get_questionnaire(_asked: Asked, slug: str) -> ResponseReturnValue:
    session = get_session()
    found = find_questionnaire(session, slug)
    if found is None:
        raise ProblemError(404)
    return _questionnaire(found, list_versions(session, [found.id]).get(found.id, []))


@operation(
    "GET",
    "/versions/{version_id}",
    "One published version, with its questions",
    scope=Scope.READ_QUESTIONNAIRES,
    parameters=(IN_VERSION,),
    answer=Answer(200, "The version", "Version"),
    refusals=(404,),
)
def get_version(_asked: Asked, version_id: int) -> ResponseReturnValue:
    version = get_session().get(QuestionnaireVersion, version_id)
    if version is None:
        raise ProblemError(404)
    question_set = question_set_of(version)
    return {
        **_version_name(version),
        "questionnaire": version.questionnaire.slug,
        "content_hash": version.content_hash,
        "languages": list(question_set.languages),
        "title": dict(question_set.title),
        "questions": [
            _question(page, question)
            for page in question_set.pages
            for question in page.questions
        ],
        "source": version.source,
    }


@operation(
    "POST",
    "/questionnaires:validate",
    "Say what is wrong with a question set",
    scope=Scope.WRITE_QUESTIONNAIRES,
    body="SourceToCheck",
    answer=Answer(200, "What is wrong with it, if anything", "CheckedSource"),
)
def validate_question_set(asked: Asked) -> ResponseReturnValue:
    reading = inspect_question_set(asked.body["source"])
    problems = [_problem(problem) for problem in reading.problems]
    return {"is_valid": not reading.errors, "problems": problems}


def _questionnaire(row: Questionnaire, versions: list[QuestionnaireVersion]) -> Item:
    active = row.active_version
    return {
        "slug": row.slug,
        "state": row.state,
        "title": None if active is None else dict(question_set_of(active).title),
        "opens_at": None if row.opens_at is None else as_moment(row.opens_at),
        "closes_at": None if row.closes_at is None else as_moment(row.closes_at),
        "active_version": None if active is None else _version_name(active),
        "versions": [_version_name(version) for version in versions],
    }


def _version_name(version: QuestionnaireVersion) -> Item:
    return {
        "id": version.id,
        "version": version.version,
        "published_at": as_moment(version.published_at),
    }


def _question(page: Page, question: Question) -> Item:
    return {
        "id": question.id,
        "page": page.id,
        "type": question.type.value,
        "title": dict(question.title),
        "required": question.required,
        "options": [_option(option) for option in question.options],
        "rows": [_option(row) for row in question.rows],
    }


def _option(option: Option) -> Item:
    return {"code": option.code, "label": dict(option.label)}


def _problem(problem: Problem) -> Item:
    return {
        "code": problem.code,
        "place": problem.place,
        "line": problem.line,
        "sentence": problem.sentence.translated(gettext),
        "fix": problem.fix.translated(gettext),
        "is_warning": not problem.is_error,
    }
