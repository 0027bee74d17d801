"""Staff pages: bring in answers that were collected elsewhere, step by step."""

from pathlib import Path

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.db import get_database, get_session
from survey_app.imports import service
from survey_app.imports.forms import MappingForm, offered_targets
from survey_app.imports.matching import guess_columns
from survey_app.imports.models import ImportRun
from survey_app.imports.preview import Preview, look_at
from survey_app.imports.service import COMMIT, TRY, NotOpenError, Upload
from survey_app.imports.uploads import forget_upload, keep_upload, upload_path
from survey_app.imports.words import add_to_templates, told
from survey_app.keys import new_public_id
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.responses.importing import ImportFileError
from survey_app.web.room import takes_up_to

bp = access.staff_blueprint(
    "imports", __name__, "/staff/imports", Permission.MANAGE_RESPONSES
)
bp.record_once(add_to_templates)

LARGEST = 200 << 20
RECENT = 20
BUSY = ("queued", "running")
LONGEST_NAME = 200


@bp.get("/")
def list_imports() -> ResponseReturnValue:
    session = get_session()
    runs = session.execute(
        select(ImportRun, Questionnaire.slug)
        .join(Questionnaire, Questionnaire.id == ImportRun.questionnaire_id)
        .order_by(ImportRun.id.desc())
        .limit(RECENT)
    ).all()
    return render_template(
        "imports/list_imports.html",
        runs=runs,
        questionnaires=_published(session),
        chosen=request.args.get("questionnaire", ""),
    )


@bp.post("/")
@takes_up_to(LARGEST, signed_in=True)
def upload() -> ResponseReturnValue:
    """The slow part first: nobody else waits for a turn to write meanwhile."""
    session = get_session()
    chosen = next(
        (q for q in _published(session) if q.slug == request.form.get("questionnaire")),
        None,
    )
    questionnaire_id, staff_id = chosen.id if chosen else 0, current_user.id
    session.rollback()
    given = request.files.get("file")
    if not questionnaire_id or given is None or not given.filename:
        return _again(_("Choose a questionnaire and a file first."))
    try:
        kept = _keep(given)
    except ImportFileError as error:
        return _again(_("That file cannot be used: %(why)s.", why=told(error)))
    run = service.start_run(
        session, questionnaire_id, kept, actor_id=staff_id, at=now()
    )
    session.commit()
    return redirect(url_for(".show_import", public_id=run.public_id))


@bp.get("/<public_id>")
def show_import(public_id: str) -> ResponseReturnValue:
    run = _get(public_id)
    if run.state in service.OPEN_STATES:
        return _mapping_page(run)
    return render_template(
        "imports/show_import.html", run=run, is_busy=run.state in BUSY
    )


@bp.post("/<public_id>/try")
def try_import(public_id: str) -> ResponseReturnValue:
    """Keep the mapping, and look what would come of it."""
    run = _get(public_id)
    _must_be_open(run)
    question_set = _question_set(run)
    form = MappingForm(request.form, _names(run), question_set)
    if form.trouble is not None:
        flash(form.trouble, "error")
        get_session().rollback()
        return _mapping_page(_get(public_id), form)
    service.choose(get_session(), run, form.choices)
    return _do(run, TRY)


@bp.post("/<public_id>/commit")
def commit_import(public_id: str) -> ResponseReturnValue:
    run = _get(public_id)
    if run.state != "tried":
        raise NotOpenError(run.state)
    return _do(run, COMMIT)


@bp.post("/<public_id>/cancel")
def cancel_import(public_id: str) -> ResponseReturnValue:
    run = _get(public_id)
    _must_be_open(run)
    service.cancel(get_session(), run, actor_id=current_user.id, at=now())
    get_session().commit()
    forget_upload(_instance(), public_id)
    flash(_("Cancelled; the file is deleted."))
    return redirect(url_for(".list_imports"))


@bp.errorhandler(NotOpenError)
def not_open(_error: NotOpenError) -> ResponseReturnValue:
    get_session().rollback()
    flash(_("This import is under way or over; see what came of it."), "error")
    public_id = (request.view_args or {}).get("public_id")
    return redirect(url_for(".show_import", public_id=public_id))


def _do(run: ImportRun, goal: str) -> ResponseReturnValue:
    """A small file at once, a large one by the worker."""
    session = get_session()
    service.queue(session, run, goal)
    is_small = run.size <= service.AT_ONCE
    if is_small:
        service.take_up(run, at=now())
    session.commit()
    if is_small:
        path = upload_path(_instance(), run.public_id)
        service.carry_out_run(get_database(), run, path, now())
        if goal == COMMIT:
            forget_upload(_instance(), run.public_id)
    return redirect(url_for(".show_import", public_id=run.public_id))


def _keep(given: FileStorage) -> Upload:
    """Write the file away and look at it; one that cannot be read is not kept."""
    public_id = new_public_id()
    path = upload_path(_instance(), public_id)
    name = Path(given.filename or "").name.replace("\0", "")[:LONGEST_NAME]
    try:
        kept = keep_upload(given.stream, path)
        preview = look_at(path, name)
    except BaseException:
        forget_upload(_instance(), public_id)
        raise
    return Upload(public_id=public_id, file_name=name, kept=kept, preview=preview)


def _mapping_page(run: ImportRun, form: MappingForm | None = None) -> str:
    question_set = _question_set(run)
    preview = _preview(run)
    return render_template(
        "imports/map_columns.html",
        run=run,
        preview=preview,
        guesses=guess_columns(preview.names, question_set),
        form=form,
        targets=offered_targets(question_set),
        languages_asked=question_set.languages,
        is_tried=run.state == "tried" and form is None,
    )


def _names(run: ImportRun) -> tuple[str, ...]:
    return _preview(run).names


def _preview(run: ImportRun) -> Preview:
    """Gone after a day; then there is nothing to map any more."""
    try:
        return look_at(
            upload_path(_instance(), run.public_id),
            run.file_name,
            encoding=run.options["encoding"],
        )
    except (ImportFileError, OSError):
        abort(410)


def _question_set(run: ImportRun) -> QuestionSet:
    questionnaire = get_session().get_one(Questionnaire, run.questionnaire_id)
    if questionnaire.active_version is None:
        abort(410)
    return question_set_of(questionnaire.active_version)


def _get(public_id: str) -> ImportRun:
    run = get_session().scalar(
        select(ImportRun).where(ImportRun.public_id == public_id)
    )
    if run is None:
        abort(404)
    return run


def _must_be_open(run: ImportRun) -> None:
    if run.state not in service.OPEN_STATES:
        raise NotOpenError(run.state)


def _published(session: Session) -> list[Questionnaire]:
    statement = (
        select(Questionnaire)
        .where(
            Questionnaire.active_version_id.is_not(None),
            Questionnaire.state != "retired",
        )
        .order_by(Questionnaire.slug)
    )
    return list(session.scalars(statement))


def _instance() -> Path:
    return Path(current_app.extensions["settings"].instance)


def _again(words: str) -> ResponseReturnValue:
    flash(words, "error")
    return redirect(url_for(".list_imports"))
