"""Exports that are kept: ordered, made, cancelled, forgotten. The caller commits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.exports import queries
from survey_app.exports.files import MadeFile
from survey_app.exports.formats import get_format, settled
from survey_app.exports.models import ExportJob
from survey_app.exports.orders import Order, order_of
from survey_app.keys import new_public_id
from survey_app.questionnaires.models import Questionnaire

KEPT = timedelta(days=7)
MADE_AT_ONCE = 5_000  # responses; more of them are made by the worker
ERASED_BEFORE = "erased_before"
WAITING = ("queued", "running")


def order_export(
    session: Session, order: Order, *, requested_by: int | None, at: datetime
) -> ExportJob:
    """Ask the worker for an export."""
    job = _job(session, order, requested_by=requested_by, at=at)
    job.total = queries.count_responses(session, settled(order).selection)
    session.flush()
    return job


def keep_export(
    session: Session,
    order: Order,
    made: MadeFile,
    *,
    requested_by: int | None,
    at: datetime,
) -> ExportJob:
    """Note an export that was made at once; its file is named by its public id."""
    job = _job(session, order, requested_by=requested_by, at=at)
    job.public_id = made.path.stem
    job.started_at = at
    finish_export(session, job, made, at=at)
    return job


def finish_export(
    session: Session, job: ExportJob, made: MadeFile, *, at: datetime
) -> None:
    job.state = "done"
    job.done = job.total = made.responses
    job.size = made.size
    job.sha256 = made.sha256
    job.file_name = made.path.name
    job.finished_at = at
    job.expires_at = at + KEPT
    session.flush()


def cancel_export(session: Session, job: ExportJob, *, at: datetime) -> bool:
    """Stop an export that is not done yet; False when it is past stopping."""
    stopped = session.execute(
        update(ExportJob)
        .where(ExportJob.id == job.id, ExportJob.state.in_(WAITING))
        .values(state="cancelled", finished_at=at)
        .returning(ExportJob.id)
    ).all()
    return bool(stopped)


def repeat_order(job: ExportJob) -> Order:
    """The same export once more, of what there is now."""
    return order_of(job.format, job.options)


def find_stale(session: Session, jobs: Iterable[ExportJob]) -> frozenset[int]:
    """Those of which a response may hold what was erased since it was asked for."""
    jobs = list(jobs)
    erased = queries.count_erased(session, {job.questionnaire_id for job in jobs})
    return frozenset(
        job.id
        for job in jobs
        if job.stale_at is not None
        or erased.get(job.questionnaire_id, 0) > job.options.get(ERASED_BEFORE, 0)
    )


def download_name(session: Session, job: ExportJob) -> str:
    """Of letters that every system takes: which questionnaire, what, from when."""
    slug = session.scalar(
        select(Questionnaire.slug).where(Questionnaire.id == job.questionnaire_id)
    )
    day = job.created_at.date().isoformat()
    return f"{slug}-{job.format}-{day}.{get_format(job.format).extension}"


def _job(
    session: Session, order: Order, *, requested_by: int | None, at: datetime
) -> ExportJob:
    get_format(order.format)
    questionnaire_id = order.selection.questionnaire_id
    erased = queries.count_erased(session, {questionnaire_id})
    job = ExportJob(
        public_id=new_public_id(),
        questionnaire_id=questionnaire_id,
        format=order.format,
        options=order.as_options() | {ERASED_BEFORE: erased.get(questionnaire_id, 0)},
        requested_by=requested_by,
        created_at=at,
    )
    session.add(job)
    note_export(session, order, actor_id=requested_by, at=at)
    return job


def note_export(
    session: Session, order: Order, *, actor_id: int | None, at: datetime
) -> None:
    """Every export is in the audit log: by whom, of what, in which form."""
    slug = session.scalar(
        select(Questionnaire.slug).where(
            Questionnaire.id == order.selection.questionnaire_id
        )
    )
    record(
        session,
        actor_id=actor_id,
        action="export",
        subject=f"questionnaire {slug}",
        at=at,
        detail={"format": order.format, **order.as_options()},
    )
