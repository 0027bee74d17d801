"""Staff pages: open and close a questionnaire, by hand or by the clock."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.db import get_session
from survey_app.questionnaires import fielding
from survey_app.questionnaires.forms import FieldingForm, find_errors
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.pages import PREFIX, frame, get_questionnaire, who

bp = access.staff_blueprint(
    "fielding", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.post("/<slug>/close")
def close(slug: str) -> ResponseReturnValue:
    return _change(slug, fielding.close, "questionnaire_closed", _("It is closed."))


@bp.post("/<slug>/reopen")
def reopen(slug: str) -> ResponseReturnValue:
    return _change(slug, fielding.reopen, "questionnaire_opened", _("It is open."))


@bp.get("/<slug>/retire")
def ask_to_retire(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    return render_template(
        "web/confirm.html",
        title=_("Retire “%(name)s”?", name=questionnaire.slug),
        sentences=[
            _("Its address will say that it has ended. Who is busy cannot finish."),
            _("All answers are kept, and its figures stay."),
        ],
        button=_("Retire it"),
        danger=True,
        back=url_for("questionnaires.settings", slug=slug),
    )


@bp.post("/<slug>/retire")
def retire(slug: str) -> ResponseReturnValue:
    return _change(
        slug, fielding.retire, "questionnaire_retired", _("It has ended for good.")
    )


@bp.post("/<slug>/settings")
def schedule(slug: str) -> ResponseReturnValue:
    form = FieldingForm(request.form)
    errors = find_errors(form)
    questionnaire = get_questionnaire(slug)
    if errors:
        page = render_template(
            "questionnaires/settings.html",
            form_values=request.form,
            errors=errors,
            **frame(questionnaire, at=who().at),
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    fielding.schedule(questionnaire, **form.data)
    _note(questionnaire, "questionnaire_scheduled")
    flash(_("Saved."))
    return redirect(url_for("questionnaires.settings", slug=slug))


def _change(
    slug: str, change: Callable[..., None], action: str, words: str
) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    if questionnaire.state == "retired" and change is fielding.close:
        abort(HTTPStatus.CONFLICT)
    change(questionnaire, at=who().at)
    _note(questionnaire, action)
    flash(words)
    return redirect(url_for("questionnaires.settings", slug=slug))


def _note(questionnaire: Questionnaire, action: str) -> None:
    """A line in the audit log, and the change is kept."""
    keeper = who()
    session = get_session()
    record(
        session,
        actor_id=keeper.staff_id,
        action=action,
        subject=questionnaire.slug,
        at=keeper.at,
    )
    session.commit()
