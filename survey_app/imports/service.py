"""Importing in steps: upload, map the columns, try, then do it. Callers commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from survey_app import clock
from survey_app.accounts.service import record
from survey_app.db import Database
from survey_app.imports.models import ImportRun
from survey_app.imports.preview import Preview
from survey_app.imports.uploads import Kept
from survey_app.questionnaires.models import Questionnaire
from survey_app.responses.importing import (
    ImportFileError,
    ImportPlan,
    ImportReport,
    Unsaid,
    carry_out,
)

AT_ONCE = 1 << 20  # bytes; a larger file is the worker's
MOST_TOLD = 200  # rejected rows on the page
TRY, COMMIT = "try", "commit"
OPEN_STATES = ("uploaded", "tried")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What staff chose for a file: columns, and what to do where it does not say."""

    columns: Mapping[str, str]
    language: str
    make_ids: bool
    unknown_as_other: bool

    def as_options(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "make_ids": self.make_ids,
            "unknown_as_other": self.unknown_as_other,
        }


class NotOpenError(ValueError):
    """An import that is under way, done or cancelled already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was kept, and what a first look told of it."""

    public_id: str
    file_name: str
    kept: Kept
    preview: Preview


def start_run(
    session: Session,
    questionnaire_id: int,
    upload: Upload,
    *,
    actor_id: int | None,
    at: datetime,
) -> ImportRun:
    """Keep what was uploaded; nothing of it is imported yet."""
    run = ImportRun(
        public_id=upload.public_id,
        questionnaire_id=questionnaire_id,
        file_name=upload.file_name,
        sha256=upload.kept.sha256,
        size=upload.kept.size,
        options={
            "format": upload.preview.file_format,
            "encoding": upload.preview.encoding,
            "delimiter": upload.preview.delimiter,
        },
        created_by=actor_id,
        created_at=at,
    )
    session.add(run)
    return run


def choose(session: Session, run: ImportRun, choices: Choices) -> None:
    """Keep what was chosen; what was found before no longer holds."""
    _must_be_open(run)
    run.mapping = dict(choices.columns)
    run.options = {**run.options, **choices.as_options()}
    run.report, run.state = {}, "uploaded"
    session.flush()


def queue(session: Session, run: ImportRun, goal: str) -> None:
    """Leave it to the worker, unless it is taken up before the commit."""
    _must_be_open(run)
    run.options = {**run.options, "goal": goal}
    run.report, run.state = {}, "queued"
    session.flush()


def take_up(run: ImportRun, *, at: datetime) -> None:
    """From here on it is ours; the report tells when there was a sign of life."""
    run.state, run.report = "running", {"beat": at.isoformat()}


def cancel(
    session: Session, run: ImportRun, *, actor_id: int | None, at: datetime
) -> None:
    _must_be_open(run)
    run.state, run.finished_at = "cancelled", at
    _note_down(session, run, "cancel_import", actor_id, at)


def carry_out_run(
    database: Database, run: ImportRun, path: Path, now: datetime
) -> None:
    """Do what was queued, and keep what came of it.

    Killed halfway it can be done again: rows that were stored are recognised.
    """
    plan = _plan(database, run, now)
    try:
        with path.open("rb") as file:
            report = carry_out(database, file, plan)
    except (ImportFileError, OSError) as error:
        _finish(database, run, {"trouble": _trouble(error)}, "failed", now)
        return
    state = "tried" if plan.dry_run else "done"
    _finish(database, run, _as_json(report), state, now)


def _plan(database: Database, run: ImportRun, now: datetime) -> ImportPlan:
    options = run.options
    with database.read() as session:
        slug = session.get_one(Questionnaire, run.questionnaire_id).slug

    def tell(report: ImportReport) -> None:
        with database.transaction() as session:
            _keep(
                session,
                run,
                report=_as_json(report) | {"beat": clock.now().isoformat()},
            )

    return ImportPlan(
        questionnaire_slug=slug,
        file_format=options["format"],
        now=now,
        encoding=None if options["format"] == "xlsx" else options["encoding"],
        delimiter=options["delimiter"],
        unsaid=Unsaid(
            language=options["language"],
            columns=run.mapping,
            make_ids=options["make_ids"],
            unknown_as_other=options["unknown_as_other"],
        ),
        dry_run=options["goal"] == TRY,
        tell=tell,
    )


def _finish(
    database: Database,
    run: ImportRun,
    report: dict[str, Any],
    state: str,
    now: datetime,
) -> None:
    with database.transaction() as session:
        finished = None if state == "tried" else now
        _keep(session, run, report=report, state=state, finished_at=finished)
        if state != "tried":
            detail = {
                "created": report.get("created"),
                "updated": report.get("updated"),
            }
            _note_down(session, run, "import_answers", run.created_by, now, detail)


def _keep(session: Session, run: ImportRun, **columns: Any) -> None:  # noqa: ANN401 - of any type
    session.execute(update(ImportRun).where(ImportRun.id == run.id).values(**columns))


def _as_json(report: ImportReport) -> dict[str, Any]:
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "rejected": [
            {
                "line": row.line,
                "column": row.column,
                "template": row.template,
                "words": dict(row.words),
            }
            for row in report.rejected[:MOST_TOLD]
        ],
    }


def _trouble(error: ImportFileError | OSError) -> dict[str, Any]:
    if isinstance(error, ImportFileError):
        return {"template": error.template, "words": dict(error.words)}
    return {"template": "", "words": {}}


def _note_down(
    session: Session,
    run: ImportRun,
    action: str,
    actor_id: int | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    record(
        session,
        actor_id=actor_id,
        action=action,
        subject=f"import {run.public_id}",
        at=at,
        detail=detail,
    )


def _must_be_open(run: ImportRun) -> None:
    if run.state not in OPEN_STATES:
        raise NotOpenError(run.state)
