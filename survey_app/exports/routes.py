"""Staff pages: taking answers along."""

from http import HTTPStatus
from pathlib import Path

from flask import (
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_security import current_user
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.db import get_database, get_session
from survey_app.exports import labels, queries, service
from survey_app.exports.formats import FORMATS, get_format, settled
from survey_app.exports.forms import ExportForm
from survey_app.exports.making import export_folder, make_at_once
from survey_app.exports.models import ExportJob
from survey_app.exports.offers import offer_choices
from survey_app.exports.orders import Order
from survey_app.keys import new_public_id
from survey_app.questionnaires.models import Questionnaire
from survey_app.web.filters import count as in_digits
from survey_app.web.locale import current_language

bp = access.staff_blueprint(
    "exports", __name__, "/staff/exports", Permission.EXPORT_FIGURES
)

RECENT = 20


@bp.app_template_filter("file_size")
def file_size(size: int) -> str:
    """As people say it: 12 kB, 3,4 MB."""
    kilo = size / 1000
    if kilo < 1000:  # noqa: PLR2004 - where mega begins
        return f"{format_decimal(max(1, round(kilo)))} kB"
    return f"{format_decimal(kilo / 1000, format='#,##0.0')} MB"


@bp.get("/")
def list_exports() -> ResponseReturnValue:
    session = get_session()
    chosen = _chosen_questionnaire(session, request.args.get("questionnaire"))
    if chosen is None:
        return render_template("exports/nothing_yet.html")
    return _page(session, chosen, ExportForm(_usual()))


@bp.post("/")
def make_export() -> ResponseReturnValue:
    with _unhurried() as session:
        chosen = _chosen_questionnaire(session, request.form.get("questionnaire"))
        if chosen is None:
            abort(404)
        form = ExportForm(request.form)
        form.offer(offer_choices(session, chosen, _formats()))
        if not form.validate():
            return _page(session, chosen, form), HTTPStatus.UNPROCESSABLE_ENTITY
        order = form.order(chosen.id)
        total = queries.count_responses(session, settled(order).selection)
    return _make(order, total)


@bp.post("/<public_id>/again")
def repeat(public_id: str) -> ResponseReturnValue:
    with _unhurried() as session:
        order = service.repeat_order(_job(session, public_id))
        total = queries.count_responses(session, settled(order).selection)
    return _make(order, total)


@bp.get("/<public_id>/")
def show(public_id: str) -> ResponseReturnValue:
    session = get_session()
    job = _job(session, public_id)
    return render_template(
        "exports/show.html",
        job=job,
        questionnaire=queries.find_questionnaire(session, job.questionnaire_id),
        is_stale=job.id in service.find_stale(session, [job]),
        words=labels,
        progress=_progress(job),
    )


@bp.get("/<public_id>/status")
def status(public_id: str) -> ResponseReturnValue:
    job = _job(get_session(), public_id)
    return jsonify(
        state=job.state,
        title=str(labels.STATES[job.state]),
        done=job.done,
        total=job.total,
        words=_progress(job),
    )


@bp.post("/<public_id>/cancel")
def cancel(public_id: str) -> ResponseReturnValue:
    session = get_session()
    job = _job(session, public_id)
    if service.cancel_export(session, job, at=now()):
        flash(_("Stopped. Nothing of it is kept."))
    else:
        flash(_("That was too late: it is done already."))
    session.commit()
    return redirect(url_for(".show", public_id=public_id), HTTPStatus.SEE_OTHER)


@bp.get("/<public_id>/file")
def download(public_id: str) -> ResponseReturnValue:
    session = get_session()
    job = _job(session, public_id)
    path = _folder() / str(job.file_name)
    gone = job.state != "done" or job.id in service.find_stale(session, [job])
    if gone or not path.is_file():
        return redirect(url_for(".show", public_id=public_id))
    return _send(path, job.format, service.download_name(session, job))


def _unhurried() -> Session:
    """A session that only reads, while others may have our turn to write."""
    get_session().commit()
    return get_database().read()


def _make(order: Order, total: int) -> ResponseReturnValue:
    """A small one is written before anything is stored, and sent at once."""
    if total > service.MADE_AT_ONCE:
        return _leave_to_the_worker(order)
    path = _folder() / f"{new_public_id()}.{get_format(order.format).extension}"
    at = now()
    made = make_at_once(get_database(), order, path)
    session = get_session()
    job = service.keep_export(session, order, made, requested_by=_who(), at=at)
    name = service.download_name(session, job)
    session.commit()
    return _send(path, order.format, name)


def _leave_to_the_worker(order: Order) -> ResponseReturnValue:
    session = get_session()
    job = service.order_export(session, order, requested_by=_who(), at=now())
    session.commit()
    return redirect(url_for(".show", public_id=job.public_id), HTTPStatus.SEE_OTHER)


def _send(path: Path, form: str, name: str) -> Response:
    return send_file(
        path.resolve(),
        mimetype=get_format(form).media_type,
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=False,
    )


def _page(session: Session, chosen: Questionnaire, form: ExportForm) -> str:
    choices = offer_choices(session, chosen, _formats())
    form.offer(choices)
    jobs = queries.list_jobs(session, choices.formats, limit=RECENT)
    return render_template(
        "exports/list_exports.html",
        form=form,
        questionnaire=chosen,
        title=choices.title,
        questionnaires=queries.list_questionnaires(session),
        answered=queries.count_responses(session, queries.usual_selection(chosen.id)),
        jobs=jobs,
        stale=service.find_stale(session, [job for job, _slug in jobs]),
        words=labels,
        formats=FORMATS,
        kept_days=service.KEPT.days,
    )


def _usual() -> MultiDict[str, str]:
    """What is chosen when somebody comes here: what opens well where they are."""
    language = current_language()
    return MultiDict(
        {
            "format": _formats()[0],
            "dialect": f"excel-{language}",
            "language": language,
            "labels": "y",
        }
    )


def _formats() -> list[str]:
    return [
        name
        for name in labels.FORMATS
        if name in FORMATS and access.may(FORMATS[name].permission)
    ]


def _chosen_questionnaire(session: Session, slug: str | None) -> Questionnaire | None:
    """The one asked for, else the one that was published last."""
    known = queries.list_questionnaires(session)
    if slug is None:
        return known[0] if known else None
    return next((each for each in known if each.slug == slug), None) or abort(404)


def _job(session: Session, public_id: str) -> ExportJob:
    """Only what this role may export itself."""
    job = queries.find_job(session, public_id)
    if job is None or job.format not in _formats():
        abort(404)
    return job


def _progress(job: ExportJob) -> str:
    if job.state == "queued":
        return str(_("Waiting for its turn; it starts within a few seconds."))
    total = job.total or 0
    words = ngettext(
        "%(done)s of %(total)s response",
        "%(done)s of %(total)s responses",
        total,
        done=in_digits(job.done),
        total=in_digits(total),
    )
    return str(words)


def _folder() -> Path:
    return export_folder(current_app.extensions["settings"].instance)


def _who() -> int:
    return int(current_user.id)
