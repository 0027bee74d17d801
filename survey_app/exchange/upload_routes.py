"""Staff pages: a draft of a question set that comes from another survey tool."""

from http import HTTPStatus

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.db import get_session
from survey_app.exchange.drafting import Conversion
from survey_app.exchange.formats import format_of
from survey_app.exchange.losses import UnreadableFileError
from survey_app.questionnaires.drafts import start_draft
from survey_app.questionnaires.models import QuestionnaireDraft
from survey_app.questionnaires.pages import who
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.problems import message as lazy
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set
from survey_app.web.room import takes_up_to

ROOM = 6 * 1024 * 1024

bp = access.staff_blueprint(
    "uploads", __name__, "/staff/exchange", Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/new")
def ask() -> ResponseReturnValue:
    return render_template("exchange/new.html", errors={})


@bp.post("/new")
@takes_up_to(ROOM)
def start() -> ResponseReturnValue:
    """A draft of what was uploaded, and what of it could not be carried over."""
    upload = request.files.get("file")
    try:
        conversion = _converted(upload)
    except UnreadableFileError as error:
        errors = {"file": error.sentence.translated(_)}
        page = render_template("exchange/new.html", errors=errors)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    source = write_question_set(conversion.question_set)
    draft = _draft(source, _name(upload))
    return render_template(
        "exchange/imported.html",
        draft=draft,
        question_set=conversion.question_set,
        losses=conversion.losses,
        problems=inspect_question_set(source).errors,
        say=_say,
    )


def _draft(source: str, name: str) -> QuestionnaireDraft:
    session, keeper = get_session(), who()
    draft = start_draft(session, source, keeper=keeper, name=name)
    record(
        session,
        actor_id=keeper.staff_id,
        action="import question set",
        subject=f"draft {draft.id}",
        at=keeper.at,
    )
    session.commit()
    return draft


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
