"""Staff pages: make, change and end the waves of a questionnaire."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.db import get_session
from survey_app.questionnaires import fielding
from survey_app.questionnaires.fielding import WaveFacts
from survey_app.questionnaires.forms import WaveForm, find_errors
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.pages import PREFIX, frame, get_questionnaire, who

bp = access.staff_blueprint("waves", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES)


@bp.get("/<slug>/waves/new")
def new(slug: str) -> ResponseReturnValue:
    return _form(get_questionnaire(slug), None, {}, {})


@bp.post("/<slug>/waves/new")
def add(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    form = WaveForm(request.form)
    errors = find_errors(form)
    if errors:
        return _form(questionnaire, None, request.form, errors)
    wave = fielding.add_wave(get_session(), questionnaire, WaveFacts(**form.data))
    return _saved(slug, wave, "wave_added", _("“%(name)s” is made.", name=wave.name))


@bp.get("/<slug>/waves/<int:wave_id>")
def edit(slug: str, wave_id: int) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    wave = _wave(questionnaire, wave_id)
    values = {"name": wave.name, "starts_on": wave.starts_on, "ends_on": wave.ends_on}
    return _form(questionnaire, wave, values, {})


@bp.post("/<slug>/waves/<int:wave_id>")
def change(slug: str, wave_id: int) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    wave = _wave(questionnaire, wave_id)
    form = WaveForm(request.form)
    errors = find_errors(form)
    if errors:
        return _form(questionnaire, wave, request.form, errors)
    fielding.change_wave(wave, WaveFacts(**form.data))
    return _saved(slug, wave, "wave_changed", _("Saved."))


@bp.post("/<slug>/waves/<int:wave_id>/end")
def end(slug: str, wave_id: int) -> ResponseReturnValue:
    wave = _wave(get_questionnaire(slug), wave_id)
    fielding.end_wave(wave, on=who().at.date())
    return _saved(slug, wave, "wave_ended", _("Today is its last day."))


def _wave(questionnaire: Questionnaire, wave_id: int) -> Wave:
    wave = get_session().get(Wave, wave_id)
    if wave is None or wave.questionnaire_id != questionnaire.id:
        abort(404)
    return wave


def _form(
    questionnaire: Questionnaire,
    wave: Wave | None,
    values: object,
    errors: dict[str, str],
) -> ResponseReturnValue:
    page = render_template(
        "questionnaires/wave.html",
        wave=wave,
        values=values,
        errors=errors,
        **frame(questionnaire, at=who().at),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _saved(slug: str, wave: Wave, action: str, words: str) -> ResponseReturnValue:
    keeper, session = who(), get_session()
    record(
        session,
        actor_id=keeper.staff_id,
        action=action,
        subject=f"{slug}/{wave.code}",
        at=keeper.at,
    )
    session.commit()
    flash(words)
    return redirect(url_for("questionnaires.waves", slug=slug))
