"""Staff pages: one question, one page, the texts, the settings, the whole source."""

from http import HTTPStatus
from io import BytesIO

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.questionnaires.document import Data
from survey_app.questionnaires.draft_pages import (
    OpenDraft,
    draw,
    get_row,
    is_stale,
    keep,
    open_draft,
    save,
)
from survey_app.questionnaires.editing.asked_before import asked_before
from survey_app.questionnaires.editing.lists import Press
from survey_app.questionnaires.editing.outline import apply_page_form
from survey_app.questionnaires.editing.parts import (
    NoSuchPartError,
    Place,
    each_question,
    languages_of,
    page_at,
    question_at,
)
from survey_app.questionnaires.editing.question_form import apply_question_form
from survey_app.questionnaires.editing.rule_rows import rows_of
from survey_app.questionnaires.editing.settings_form import (
    apply_settings_form,
    apply_texts_form,
)
from survey_app.questionnaires.findings import findings_at
from survey_app.questionnaires.pages import PREFIX
from survey_app.questionnaires.reading import MAX_BYTES
from survey_app.questionnaires.wording import ask_in
from survey_app.web.room import takes_up_to

ROOM = 2 * MAX_BYTES
DONE = frozenset({"done"})  # the button that leaves for the outline

bp = access.staff_blueprint(
    "draft_parts", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/drafts/<int:draft_id>/pages/<int:page>/questions/<int:question>")
def question(draft_id: int, page: int, question: int) -> ResponseReturnValue:
    draft, place = open_draft(draft_id), Place(page, question)
    try:
        part = question_at(draft.data, place)
    except NoSuchPartError:
        return _gone(draft)
    return draw(
        "question",
        draft,
        part=part,
        place=place,
        asked=asked_before(draft.data, place, ask_in(draft.languages)),
        taken=_other_ids(draft.data, place),
        rows_of=rows_of,
        errors=findings_at(draft.findings, request.path),
    )


@bp.post("/drafts/<int:draft_id>/pages/<int:page>/questions/<int:question>")
@takes_up_to(ROOM)
def save_question(draft_id: int, page: int, question: int) -> ResponseReturnValue:
    place = Place(page, question)

    def change(data: Data) -> None:
        change_question(data, place)

    return save(
        draft_id,
        change,
        part=lambda data: question_at(data, place),
        then=lambda: _next_address(draft_id, f"p{page}q{question}"),
    )


def change_question(data: Data, place: Place) -> None:
    """The posted form, laid over the question."""
    asked = asked_before(data, place, "nl")
    apply_question_form(
        question_at(data, place),
        request.form,
        languages=languages_of(data),
        types=asked.types,
    )


@bp.get("/drafts/<int:draft_id>/pages/<int:page>")
def page(draft_id: int, page: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    try:
        part = page_at(draft.data, page)
    except NoSuchPartError:
        return _gone(draft)
    return draw(
        "page",
        draft,
        part=part,
        number=page,
        asked=asked_before(draft.data, Place(page, 0), ask_in(draft.languages)),
        rows_of=rows_of,
        errors=findings_at(draft.findings, request.path),
    )


@bp.post("/drafts/<int:draft_id>/pages/<int:page>")
def save_page(draft_id: int, page: int) -> ResponseReturnValue:
    return save(
        draft_id,
        lambda data: apply_page_form(page_at(data, page), request.form, data, page),
        part=lambda data: {
            k: v for k, v in page_at(data, page).items() if k != "questions"
        },
        then=lambda: _next_address(draft_id, f"p{page}"),
    )


@bp.get("/drafts/<int:draft_id>/texts")
def texts(draft_id: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    errors = findings_at(draft.findings, request.path)
    return draw("texts", draft, errors=errors)


@bp.post("/drafts/<int:draft_id>/texts")
@takes_up_to(ROOM)
def save_texts(draft_id: int) -> ResponseReturnValue:
    return save(
        draft_id,
        lambda data: apply_texts_form(data, request.form),
        part=lambda data: {k: v for k, v in data.items() if k != "pages"},
        then=lambda: _next_address(draft_id, ""),
    )


@bp.get("/drafts/<int:draft_id>/settings")
def settings(draft_id: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    errors = findings_at(draft.findings, request.path)
    return draw("settings", draft, errors=errors)


@bp.post("/drafts/<int:draft_id>/settings")
def save_settings(draft_id: int) -> ResponseReturnValue:
    return save(
        draft_id,
        lambda data: apply_settings_form(data, request.form),
        part=lambda data: data.get("settings", {}),
        then=lambda: _next_address(draft_id, ""),
    )


@bp.get("/drafts/<int:draft_id>/source")
def source(draft_id: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    return draw("source", draft, source=draft.row.source)


@bp.post("/drafts/<int:draft_id>/source")
@takes_up_to(ROOM)
def save_source(draft_id: int) -> ResponseReturnValue:
    """The whole text, valid or not; what is wrong with it is shown beside it."""
    row = get_row(draft_id)
    typed = request.form.get("source", "").replace("\r\n", "\n").replace("\x00", "")
    if len(typed.encode()) > MAX_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if is_stale(row):
        conflict = HTTPStatus.CONFLICT
        opened = open_draft(draft_id)
        return draw("source", opened, conflict, source=typed, newer=row.source)
    keep(row, typed)
    flash(_("Saved."))
    return redirect(url_for(".source", draft_id=draft_id))


@bp.get("/drafts/<int:draft_id>/source.toml")
def export_source(draft_id: int) -> ResponseReturnValue:
    row = get_row(draft_id)
    name = secure_filename(f"{row.name}.toml") or "questionnaire.toml"
    return send_file(
        BytesIO(row.source.encode()),
        mimetype="application/toml",
        as_attachment=True,
        download_name=name,
    )


def _other_ids(data: Data, place: Place) -> list[str]:
    return [
        str(other.get("id"))
        for where, other in each_question(data)
        if where != place and other.get("id")
    ]


def _next_address(draft_id: int, anchor: str) -> str:
    """Back to the outline when this is done; else here again, at the button."""
    press = Press.read(request.form.get("action"))
    if press.verb in DONE:
        return f"{url_for('drafts.show', draft_id=draft_id)}#{anchor}"
    return f"{request.path}#{press.what}" if press.what else request.path


def _gone(draft: OpenDraft) -> ResponseReturnValue:
    flash(_("That question is not there any more."), "error")
    return redirect(url_for("drafts.show", draft_id=draft.row.id))
