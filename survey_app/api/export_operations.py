"""Exports, for programs: ordered, watched, downloaded."""

from typing import Any

from flask import current_app, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.api.idempotency import once
from survey_app.api.operations import Answer, Asked, operation
from survey_app.api.parameters import IN_ID, ONCE
from survey_app.api.scopes import Scope
from survey_app.api.times import as_moment
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import get_session
from survey_app.exports import queries, service
from survey_app.exports.formats import get_format
from survey_app.exports.making import export_folder
from survey_app.exports.models import ExportJob
from survey_app.exports.orders import Order, Shape
from survey_app.exports.selection import Selection
from survey_app.questionnaires.queries import find_questionnaire
from survey_app.web.problems import FieldError, ProblemError

Item = dict[str, Any]


@operation(
    "POST",
    "/exports",
    "Ask for an export; the worker makes it",
    scope=Scope.EXPORTS,
    parameters=(ONCE,),
    body="NewExport",
    answer=Answer(202, "Ordered", "Export"),
    refusals=(409,),
)
def order_export(asked: Asked) -> ResponseReturnValue:
    def order() -> Item:
        wanted = _order_in(asked.body)
        job = service.order_export(get_session(), wanted, requested_by=None, at=now())
        return _view(job)

    return once(get_session(), asked.key, order, status=202)


@operation(
    "GET",
    "/exports/{public_id}",
    "How an export stands",
    scope=Scope.EXPORTS,
    parameters=(IN_ID,),
    answer=Answer(200, "The export", "Export"),
    refusals=(404,),
)
def get_export(_asked: Asked, public_id: str) -> ResponseReturnValue:
    return _view(_found(public_id))


@operation(
    "GET",
    "/exports/{public_id}/file",
    "The file of an export that is done",
    scope=Scope.EXPORTS,
    parameters=(IN_ID,),
    answer=Answer(200, "The file", media_type="*/*"),
    refusals=(404, 409),
)
def get_export_file(_asked: Asked, public_id: str) -> ResponseReturnValue:
    job, session = _found(public_id), get_session()
    if job.id in service.find_stale(session, [job]):
        stale = _("Something was erased since; ask for the export again.")
        raise ProblemError(409, stale, kind="stale")
    settings: Settings = current_app.extensions["settings"]
    path = export_folder(settings.instance) / str(job.file_name)
    if job.state != "done" or not path.is_file():
        not_there = _("There is no file: its state says why.")
        raise ProblemError(409, not_there, kind="no-file")
    return send_file(
        path.resolve(),
        mimetype=get_format(job.format).media_type,
        as_attachment=True,
        download_name=service.download_name(session, job),
        etag=False,
    )


def _order_in(body: Item) -> Order:
    questionnaire = find_questionnaire(get_session(), body["questionnaire"])
    if questionnaire is None or questionnaire.active_version_id is None:
        unknown = _("There is no published questionnaire of this name.")
        raise ProblemError(422, errors=[FieldError("/questionnaire", unknown)])
    selection = Selection(
        questionnaire_id=questionnaire.id,
        include_partial=body.get("include_partial", False),
    )
    shape = Shape(
        dialect=body.get("dialect", "plain"),
        language=body.get("language", "nl"),
        labels=body.get("labels", False),
    )
    return Order(format=body["format"], selection=selection, shape=shape)


def _found(public_id: str) -> ExportJob:
    job = queries.find_job(get_session(), public_id)
    if job is None:
        raise ProblemError(404)
    return job


def _view(job: ExportJob) -> Item:
    return {
        "id": job.public_id,
        "format": job.format,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "size": job.size,
        "sha256": job.sha256,
        "trouble": job.trouble,
        "created_at": as_moment(job.created_at),
        "finished_at": job.finished_at and as_moment(job.finished_at),
        "expires_at": job.expires_at and as_moment(job.expires_at),
    }
