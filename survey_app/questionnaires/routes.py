"""Staff pages: which questionnaires there are, and all there is to know of one."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires import overview, page_words
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.pages import PREFIX, frame, get_questionnaire, tallies
from survey_app.questionnaires.published import read_or_none
from survey_app.questionnaires.queries import list_versions
from survey_app.questionnaires.shelf import shipped_question_sets
from survey_app.questionnaires.version_steps import likeness_over, steps_between
from survey_app.questionnaires.wording import lexicon_of, say_condition
from survey_app.web.locale import current_language

bp = access.staff_blueprint(
    "questionnaires", __name__, PREFIX, Permission.READ_QUESTIONNAIRES
)
bp.record_once(page_words.add_to_templates)


@bp.get("/")
def list_questionnaires() -> ResponseReturnValue:
    session = get_session()
    return render_template(
        "questionnaires/list.html",
        rows=overview.list_questionnaires(session, tallies(), at=now()),
        drafts=overview.list_drafts(session),
        shipped=shipped_question_sets().values(),
    )


@bp.get("/<slug>/")
def show(slug: str) -> ResponseReturnValue:
    return _show(get_questionnaire(slug), None)


@bp.get("/<slug>/versions/<version>")
def show_version(slug: str, version: str) -> ResponseReturnValue:
    """What an earlier version asked."""
    questionnaire = get_questionnaire(slug)
    versions = overview.list_versions(get_session(), questionnaire)
    found = next((each for each in versions if each.version == version), None)
    return _show(questionnaire, found or abort(404))


def _show(
    questionnaire: Questionnaire, version: QuestionnaireVersion | None
) -> ResponseReturnValue:
    shown = version or questionnaire.active_version
    question_set = read_or_none(shown)
    lexicon = lexicon_of(question_set, current_language()) if question_set else {}
    return render_template(
        "questionnaires/show.html",
        shown=shown,
        question_set=question_set,
        say=lambda condition: say_condition(condition, lexicon),
        **frame(questionnaire, at=now()),
    )


@bp.get("/<slug>/settings")
def settings(slug: str) -> ResponseReturnValue:
    """Open or closed, and how it is asked."""
    return render_template(
        "questionnaires/settings.html",
        form_values=None,
        errors={},
        **frame(get_questionnaire(slug), at=now()),
    )


@bp.get("/<slug>/versions/")
def versions(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    return render_template(
        "questionnaires/versions.html",
        versions=overview.list_versions(get_session(), questionnaire),
        **frame(questionnaire, at=now()),
    )


@bp.get("/<slug>/versions/compare")
def compare_versions(slug: str) -> ResponseReturnValue:
    """What became otherwise between two versions, step by step."""
    questionnaire = get_questionnaire(slug)
    older, newer = (request.args.get(name, "") for name in ("older", "newer"))
    published = list_versions(get_session(), questionnaire.id)
    steps = steps_between(published, older, newer)
    if steps is None:
        abort(404)
    return render_template(
        "questionnaires/compare.html",
        older=older,
        newer=newer,
        steps=steps,
        likeness=likeness_over(published, older, newer),
        **frame(questionnaire, at=now()),
    )


@bp.get("/<slug>/waves/")
def waves(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    return render_template(
        "questionnaires/waves.html", **frame(questionnaire, at=now())
    )


@bp.get("/<slug>/improvements/")
def improvements(slug: str) -> ResponseReturnValue:
    """What respondents said and what was done about it."""
    questionnaire = get_questionnaire(slug)
    return render_template(
        "questionnaires/improvements.html",
        improvements=overview.list_improvements(get_session(), questionnaire),
        **frame(questionnaire, at=now()),
    )
