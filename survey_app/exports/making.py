"""Making export files: at once for a page, step by step for the worker."""

import fcntl
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.exports import service
from survey_app.exports.files import (
    OWNER_ONLY,
    PART,
    MadeFile,
    measured,
    owned_folder,
    settle,
    whole_file,
)
from survey_app.exports.formats import get_format, write_export
from survey_app.exports.models import ExportJob
from survey_app.exports.orders import Order, order_of

log = logging.getLogger(__name__)

STEP = 0.5  # seconds of an export between two looks at other errands
LOCK = ".lock"


def export_folder(instance: Path) -> Path:
    return owned_folder(instance / "exports")


def make_at_once(database: Database, order: Order, path: Path) -> MadeFile:
    """Write the whole file."""
    with whole_file(path) as part:
        counts = [done for done, _total in write_export(database, order, part)]
    return measured(path, responses=counts[-1])


@dataclass(slots=True, kw_only=True)
class Making:
    """An export on its way in this process; the lock says so to all others."""

    database: Database
    job_id: int
    path: Path
    lock: int
    steps: Iterator[tuple[int, int]]
    done: int = 0

    @property
    def part(self) -> Path:
        return self.path.with_name(f"{self.path.name}{PART}")

    def go_on(self) -> bool:
        """Write for a moment; False when there is nothing more to do."""
        until = monotonic() + STEP
        for done, total in self.steps:
            self.done = done
            if monotonic() > until:
                return self._tell(total)
        self._finish()
        return False

    def _tell(self, total: int) -> bool:
        """Note how far it is; False when somebody cancelled it meanwhile."""
        with self.database.transaction() as session:
            going = session.execute(
                update(ExportJob)
                .where(ExportJob.id == self.job_id, ExportJob.state == "running")
                .values(done=self.done, total=total)
                .returning(ExportJob.id)
            ).all()
        return bool(going)

    def _finish(self) -> None:
        settle(self.part, self.path)
        made = measured(self.path, responses=self.done)
        with self.database.transaction() as session:
            job = session.get_one(ExportJob, self.job_id, with_for_update=True)
            if job.state == "running":
                service.finish_export(session, job, made, at=now())

    def fail(self, error: Exception) -> None:
        log.warning("export %s failed: %s", self.path.stem, type(error).__name__)
        log.debug("in full", exc_info=error)
        with self.database.transaction() as session:
            session.execute(
                update(ExportJob)
                .where(ExportJob.id == self.job_id)
                .values(state="failed", trouble=type(error).__name__, finished_at=now())
            )

    def let_go(self) -> None:
        self.steps = iter(())
        self.part.unlink(missing_ok=True)
        self.path.with_suffix(LOCK).unlink(missing_ok=True)
        os.close(self.lock)


_makings: dict[str, Making] = {}  # by database: one at a time in each


def make_exports(database: Database, settings: Settings) -> bool:
    """Go on with the export at hand, or take up the next that nobody makes."""
    making = _makings.pop(database.url, None) or _take_up(database, settings)
    if making is None:
        return False
    goes_on = False
    try:
        goes_on = making.go_on()
    except OperationalError:
        raise  # the database is busy or away: it is taken up again from the start
    except Exception as error:  # noqa: BLE001 - told to whoever asked for it
        making.fail(error)
    finally:
        if goes_on:
            _makings[database.url] = making
        else:
            making.let_go()
    return True


def _take_up(database: Database, settings: Settings) -> Making | None:
    """The oldest that waits, or that was left behind by a worker that is gone."""
    with database.read() as session:
        waiting = session.scalars(
            select(ExportJob)
            .where(ExportJob.state.in_(service.WAITING))
            .order_by(ExportJob.id)
        ).all()
    for job in waiting:
        path = _path(settings, job)
        lock = _lock(path.with_suffix(LOCK))
        if lock is not None:
            return _start(database, job, path, lock)
    return None


def _path(settings: Settings, job: ExportJob) -> Path:
    extension = get_format(job.format).extension
    return export_folder(settings.instance) / f"{job.public_id}.{extension}"


def _lock(path: Path) -> int | None:
    """A lock that ends with this process, however it ends; None when it is taken.

    A lock of the kind that processes forked off do not inherit.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    return descriptor


def _start(database: Database, job: ExportJob, path: Path, lock: int) -> Making | None:
    order = order_of(job.format, job.options)
    part = path.with_name(f"{path.name}{PART}")
    making = Making(
        database=database,
        job_id=job.id,
        path=path,
        lock=lock,
        steps=write_export(database, order, part),
    )
    with database.transaction() as session:
        taken = session.execute(
            update(ExportJob)
            .where(ExportJob.id == job.id, ExportJob.state.in_(service.WAITING))
            .values(state="running", done=0, started_at=now())
            .returning(ExportJob.id)
        ).all()
    if taken:
        return making
    making.let_go()
    return None
