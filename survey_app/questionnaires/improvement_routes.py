"""Staff pages: write down what respondents said and what was done about it."""

from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.db import get_session
from survey_app.questionnaires import fielding
from survey_app.questionnaires.forms import read_improvement
from survey_app.questionnaires.models import Improvement, Questionnaire
from survey_app.questionnaires.pages import PREFIX, frame, get_questionnaire, who
from survey_app.questionnaires.published import read_or_none
from survey_app.web.locale import LANGUAGES

bp = access.staff_blueprint(
    "improvements", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/<slug>/improvements/new")
def new(slug: str) -> ResponseReturnValue:
    return _form(get_questionnaire(slug), None, {"said": {}, "done": {}}, {})


@bp.post("/<slug>/improvements/new")
def add(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    said, done, errors = read_improvement(request.form, _languages(questionnaire))
    if errors:
        return _form(questionnaire, None, {"said": said, "done": done}, errors)
    keeper = who()
    improvement = fielding.add_improvement(
        get_session(),
        questionnaire,
        said=said,
        done=done,
        staff_id=keeper.staff_id,
        at=keeper.at,
    )
    if request.form.get("publish"):
        improvement.published_at = keeper.at
    return _saved(slug, improvement, "improvement_added")


@bp.get("/<slug>/improvements/<int:improvement_id>")
def edit(slug: str, improvement_id: int) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    improvement = _improvement(questionnaire, improvement_id)
    values = {"said": improvement.said, "done": improvement.done}
    return _form(questionnaire, improvement, values, {})


@bp.post("/<slug>/improvements/<int:improvement_id>")
def change(slug: str, improvement_id: int) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    improvement = _improvement(questionnaire, improvement_id)
    said, done, errors = read_improvement(request.form, _languages(questionnaire))
    if errors:
        return _form(questionnaire, improvement, {"said": said, "done": done}, errors)
    improvement.said = {**improvement.said, **said}
    improvement.done = {**improvement.done, **done}
    return _saved(slug, improvement, "improvement_changed")


@bp.post("/<slug>/improvements/<int:improvement_id>/<action>")
def act(slug: str, improvement_id: int, action: str) -> ResponseReturnValue:
    """Publish it or take it back, move it, delete it."""
    improvement = _improvement(get_questionnaire(slug), improvement_id)
    match action:
        case "publish":
            improvement.published_at = who().at
        case "unpublish":
            improvement.published_at = None
        case "up" | "down":
            by = fielding.UP if action == "up" else fielding.DOWN
            fielding.move_improvement(get_session(), improvement, by=by)
        case "delete":
            get_session().delete(improvement)
        case _:
            abort(404)
    return _saved(slug, improvement, f"improvement_{action}")


def _languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    question_set = read_or_none(questionnaire.active_version)
    return question_set.languages if question_set else tuple(LANGUAGES)


def _improvement(questionnaire: Questionnaire, improvement_id: int) -> Improvement:
    found = get_session().get(Improvement, improvement_id)
    if found is None or found.questionnaire_id != questionnaire.id:
        abort(404)
    return found


def _form(
    questionnaire: Questionnaire,
    improvement: Improvement | None,
    values: dict[str, Any],
    errors: dict[str, str],
) -> ResponseReturnValue:
    page = render_template(
        "questionnaires/improvement.html",
        improvement=improvement,
        values=values,
        errors=errors,
        asked_in=_languages(questionnaire),
        **frame(questionnaire, at=who().at),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _saved(slug: str, improvement: Improvement, action: str) -> ResponseReturnValue:
    keeper, session = who(), get_session()
    record(
        session,
        actor_id=keeper.staff_id,
        action=action,
        subject=f"{slug}/{improvement.id}",
        at=keeper.at,
    )
    session.commit()
    flash(_("Saved."))
    return redirect(url_for("questionnaires.improvements", slug=slug))
