"""What the worker does with uploads: imports the large ones, forgets the old ones."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.imports.models import ImportRun
from survey_app.imports.service import carry_out_run, take_up
from survey_app.imports.uploads import forget_upload, list_uploads, upload_path

KEPT = timedelta(hours=24)
KEPT_UNKNOWN = timedelta(hours=1)  # being uploaded, or left by a server that died
OVER = ("done", "failed", "cancelled")
STUCK = timedelta(minutes=10)  # without a sign of life somebody else takes over


def import_uploads(database: Database, settings: Settings) -> bool:
    """Carry out one queued import; True when there was one."""
    with database.read() as session:
        if _waiting(session, now()) is None:
            return False
    with database.transaction() as session:
        run = _claim(session, now())
    if run is None:
        return False
    carry_out_run(database, run, upload_path(settings.instance, run.public_id), now())
    return True


def forget_uploads(database: Database, settings: Settings) -> bool:
    """Delete files that are imported, cancelled or a day old, and quotes from them.

    Also what a server left that was killed between keeping a file and noting it down.
    """
    at = now()
    with database.read() as session:
        runs = session.scalars(select(ImportRun)).all()
    going_on = [run for run in runs if run.state not in OVER]
    old = [run for run in going_on if run.created_at < at - KEPT]
    wanted = {run.public_id for run in going_on} - {run.public_id for run in old}
    known = {run.public_id for run in runs}
    for name, written_at in list_uploads(settings.instance):
        is_over = name in known or written_at < at - KEPT_UNKNOWN
        if is_over and name not in wanted:
            forget_upload(settings.instance, name)
    _close(database, [run.id for run in old])
    return False


def _close(database: Database, run_ids: list[int]) -> None:
    """Reports quote cells of rows that were refused; after a day those go."""
    with database.transaction() as session:
        session.execute(
            update(ImportRun)
            .where(ImportRun.id.in_(run_ids))
            .values(state="cancelled", finished_at=now())
        )
        quoting = session.scalars(
            select(ImportRun).where(ImportRun.finished_at < now() - KEPT)
        )
        for run in quoting:
            if run.report.get("rejected"):
                run.report = {**run.report, "rejected": []}


def _waiting(session: Session, at: datetime, *, lock: bool = False) -> ImportRun | None:
    statement = (
        select(ImportRun)
        .where(ImportRun.state.in_(("queued", "running")))
        .order_by(ImportRun.id)
    )
    if lock:
        statement = statement.with_for_update(skip_locked=True)
    runs = session.scalars(statement)
    return next((run for run in runs if _is_free(run, at)), None)


def _is_free(run: ImportRun, at: datetime) -> bool:
    """Queued, or left behind by a worker that died: no sign of life any more."""
    if run.state == "queued":
        return True
    beat = run.report.get("beat")
    return not beat or datetime.fromisoformat(beat) < at - STUCK


def _claim(session: Session, at: datetime) -> ImportRun | None:
    run = _waiting(session, at, lock=True)
    if run is not None:
        take_up(run, at=at)
    return run
