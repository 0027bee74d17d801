"""Files of exports whose time is over, or that hold what was erased since.

A stale file may still have the words of somebody who was erased: it goes at once.
"""

from datetime import timedelta
from pathlib import Path
from time import time

from sqlalchemy import select

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports import service
from survey_app.exports.making import export_folder
from survey_app.exports.models import ExportJob

LEFT_BEHIND = timedelta(hours=1).total_seconds()


def forget_exports(database: Database, settings: Settings) -> bool:
    """Take away what may not be downloaded any more; nothing is left for later."""
    with database.read() as session:
        kept = session.scalars(select(ExportJob).where(ExportJob.state == "done")).all()
        stale = service.find_stale(session, kept)
    gone = [job.id for job in kept if job.id in stale or _is_late(job)]
    if gone:
        with database.transaction() as session:
            for job in session.scalars(select(ExportJob).where(ExportJob.id.in_(gone))):
                _close(job, is_stale=job.id in stale)
    _sweep(database, export_folder(settings.instance))
    return False


def _is_late(job: ExportJob) -> bool:
    return job.expires_at is not None and job.expires_at <= now()


def _close(job: ExportJob, *, is_stale: bool) -> None:
    if is_stale:
        job.stale_at = job.stale_at or now()
    job.state = "expired"
    job.file_name = None


def _sweep(database: Database, folder: Path) -> None:
    """Delete files that no export has: closed ones, and what a crash left behind."""
    files = [path for path in folder.iterdir() if path.is_file()]
    if not files:
        return
    with database.read() as session:
        known = {
            job.public_id: job.state
            for job in session.scalars(
                select(ExportJob).where(
                    ExportJob.public_id.in_({path.name[:26] for path in files})
                )
            )
        }
    for path in files:
        if _may_go(path, known.get(path.name[:26])):
            path.unlink(missing_ok=True)


def _may_go(path: Path, state: str | None) -> bool:
    if state in {"done", *service.WAITING}:
        return False
    # Of a file without an export the row may be about to be written.
    return state is not None or path.stat().st_mtime < time() - LEFT_BEHIND
