"""Staff pages: question sets from other survey tools, and to them."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.datastructures import FileStorage

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.db import get_session
from survey_app.exchange.drafting import Conversion
from survey_app.exchange.formats import IN, OUT, format_of
from survey_app.exchange.losses import UnreadableFileError
from survey_app.questionnaires.drafts import start_draft
from survey_app.questionnaires.overview import list_versions
from survey_app.questionnaires.pages import get_questionnaire, who
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.problems import message as lazy
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set
from survey_app.web.room import takes_up_to

ROOM = 6 * 1024 * 1024

bp = Blueprint(
    "exchange", __name__, url_prefix="/staff/exchange", template_folder="templates"
)
bp.before_request(access.requires(Permission.READ_QUESTIONNAIRES))

FOR_WHOM = {
    "toml": lazy_gettext(
        "Klantreis itself: everything, to keep or to start again from"
    ),
    "xlsform": lazy_gettext("ODK, KoboToolbox, SurveyCTO: interviews on a tablet"),
    "surveyjs": lazy_gettext("SurveyJS: forms inside a website or an app"),
    "ddi": lazy_gettext("Archives: the questions and variables beside a data file"),
}


@bp.get("/new")
def ask() -> ResponseReturnValue:
    _refuse_readers()
    return render_template("exchange/new.html", formats=IN, errors={})


@bp.post("/new")
@takes_up_to(ROOM)
def start() -> ResponseReturnValue:
    """A draft of what was uploaded, and what of it could not be carried over."""
    _refuse_readers()
    upload = request.files.get("file")
    try:
        conversion = _converted(upload)
    except UnreadableFileError as error:
        errors = {"file": error.sentence.translated(_)}
        page = render_template("exchange/new.html", formats=IN, errors=errors)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    source = write_question_set(conversion.question_set)
    session, keeper = get_session(), who()
    draft = start_draft(session, source, keeper=keeper, name=_name(upload))
    record(
        session,
        actor_id=keeper.staff_id,
        action="import question set",
        subject=f"draft {draft.id}",
        at=keeper.at,
    )
    session.commit()
    return render_template(
        "exchange/imported.html",
        draft=draft,
        question_set=conversion.question_set,
        losses=conversion.losses,
        problems=inspect_question_set(source).errors,
        say=_say,
    )


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


def _refuse_readers() -> None:
    if not access.may(Permission.MANAGE_QUESTIONNAIRES):
        abort(403)


def _converted(upload: FileStorage | None) -> Conversion:
    chosen = format_of(_name(upload))
    if upload is None or chosen is None:
        raise UnreadableFileError(
            lazy("Choose a file that ends in .xlsx, .json or .lss.")
        )
    return chosen.read(upload.read())


def _name(upload: FileStorage | None) -> str:
    return (upload.filename if upload else None) or ""


def _say(sentence: Message) -> str:
    return sentence.translated(_)


def _source(slug: str, number: str) -> str:
    questionnaire = get_questionnaire(slug)
    versions = list_versions(get_session(), questionnaire)
    found = next((each for each in versions if each.version == number), None)
    return (found or abort(404)).source
