"""Staff pages: question sets from other survey tools, and to them."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session
from survey_app.exchange.formats import OUT
from survey_app.questionnaires.overview import list_versions
from survey_app.questionnaires.pages import get_questionnaire
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.reading import inspect_question_set

bp = access.staff_blueprint(
    "exchange", __name__, "/staff/exchange", Permission.READ_QUESTIONNAIRES
)

FOR_WHOM = {
    "toml": lazy_gettext(
        "Klantreis itself: everything, to keep or to start again from"
    ),
    "xlsform": lazy_gettext("ODK, KoboToolbox, SurveyCTO: interviews on a tablet"),
    "surveyjs": lazy_gettext("SurveyJS: forms inside a website or an app"),
    "ddi": lazy_gettext("Archives: the questions and variables beside a data file"),
}


@bp.get("/<slug>/<version>/")
def offer(slug: str, version: str) -> ResponseReturnValue:
    """In which formats a version can be had."""
    questionnaire = get_questionnaire(slug)
    question_set = inspect_question_set(_source(slug, version)).question_set
    readable = question_set or abort(404)
    return render_template(
        "exchange/offer.html",
        questionnaire=questionnaire,
        version=version,
        formats=OUT,
        for_whom=FOR_WHOM,
        losses={name: one.write(readable)[1] for name, one in OUT.items()},
        say=_say,
    )


@bp.get("/<slug>/<version>/<name>")
def download(slug: str, version: str, name: str) -> ResponseReturnValue:
    """A version in another format; the header says how much it does not hold."""
    chosen = OUT.get(name) or abort(404)
    question_set = inspect_question_set(_source(slug, version)).question_set
    content, losses = chosen.write(question_set or abort(404))
    file_name = f"{slug}-{version}{chosen.suffix}"
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Klantreis-Not-Carried-Over": str(len(losses)),
    }
    return Response(content, headers=headers, content_type=chosen.media_type)


def _say(sentence: Message) -> str:
    return sentence.translated(_)


def _source(slug: str, number: str) -> str:
    questionnaire = get_questionnaire(slug)
    versions = list_versions(get_session(), questionnaire)
    found = next((each for each in versions if each.version == number), None)
    return (found or abort(404)).source
