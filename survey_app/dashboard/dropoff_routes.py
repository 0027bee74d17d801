"""Staff pages: where people stop filling in, and what they had said by then."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard import dropoff_queries as queries
from survey_app.dashboard.answers import Reading
from survey_app.dashboard.dropoff import differences, drop_off
from survey_app.db import get_session
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.pages import PREFIX, frame, get_questionnaire
from survey_app.questionnaires.published import read_or_none
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.responses.departures import CHECK_PAGE
from survey_app.web.locale import current_language

bp = access.staff_blueprint("dropoff", __name__, PREFIX, Permission.READ_QUESTIONNAIRES)

LAST_WORDS = 5


@bp.get("/<slug>/drop-off/")
def show(slug: str) -> ResponseReturnValue:
    at, session = now(), get_session()
    questionnaire = get_questionnaire(slug)
    versions = _versions(questionnaire)
    version = _chosen(questionnaire, versions)
    question_set = read_or_none(version)
    found = None
    if question_set is not None:
        found = {
            "drop_off": drop_off(
                question_set,
                queries.count_sent(session, version.id),
                queries.count_left(session, version, at=at),
                queries.list_seconds(session, version.id),
            ),
            "differences": differences(
                question_set, queries.count_ticks(session, version.id, at=at)
            ),
            "titles": _titles(question_set),
            "last_words": queries.list_last_words(
                session, version.id, at=at, limit=LAST_WORDS
            )
            if access.may(Permission.READ_RESPONSES)
            else (),
        }
    return render_template(
        "dropoff/show.html",
        version=version,
        versions=versions,
        question_set=question_set,
        check_page=CHECK_PAGE,
        found=found,
        **frame(questionnaire, at=at),
    )


def _versions(questionnaire: Questionnaire) -> list[QuestionnaireVersion]:
    return list(
        get_session().scalars(
            select(QuestionnaireVersion)
            .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
            .order_by(QuestionnaireVersion.id.desc())
        )
    )


def _chosen(
    questionnaire: Questionnaire, versions: list[QuestionnaireVersion]
) -> QuestionnaireVersion:
    asked = request.args.get("version")
    active = questionnaire.active_version_id
    named = [each for each in versions if each.version == asked]
    current = [each for each in versions if each.id == active]
    return (named or current or versions)[0]


def _titles(question_set: QuestionSet) -> dict[str, str]:
    """Pages by the title that respondents see, without earlier answers."""
    language = current_language()
    if language not in question_set.languages:
        language = question_set.default_language
    reading = Reading(question_set=question_set, said={}, language=language)
    titles = {page.id: reading.page_title(page) for page in question_set.pages}
    asked = question_set.questions.values()
    return titles | {question.id: reading.title(question) for question in asked}
