"""Importing responses and free texts that were collected elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.published import question_set_of_version
from survey_app.questionnaires.queries import get_published
from survey_app.questionnaires.service import ensure_wave
from survey_app.responses.importing.columns import under_our_names
from survey_app.responses.importing.files import FileFormat, FileRow
from survey_app.responses.importing.report import (
    ImportFileError,
    ImportReport,
    InvalidRowError,
    RejectedRow,
)
from survey_app.responses.importing.rows import RowReader, Submission
from survey_app.responses.importing.sources import open_rows
from survey_app.responses.importing.storing import Batch
from survey_app.responses.importing.waves import WaveBook

__all__ = [
    "ImportFileError",
    "ImportPlan",
    "ImportReport",
    "NewWave",
    "RejectedRow",
    "Unsaid",
    "carry_out",
    "import_answers",
]


TABLES = frozenset({"csv", "xlsx"})  # with names in a first line


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWave:
    """A wave that the import may make when it is not yet there."""

    code: str
    name: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What holds where a file does not say: language, role of a bare text, waves."""

    language: str = "nl"
    role: str | None = None
    waves: Sequence[NewWave] = ()
    columns: Mapping[str, str] | None = None  # theirs to ours; None: as they are called
    make_ids: bool = False  # a row without a number is called by what it holds
    unknown_as_other: bool = False  # an unknown option goes in the box beside "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What is imported where, and how; ``tell`` hears of it after every batch."""

    questionnaire_slug: str
    file_format: FileFormat
    now: datetime
    unsaid: Unsaid = Unsaid()
    encoding: str | None = None
    delimiter: str | None = None
    dry_run: bool = False  # look what would happen, and store nothing
    tell: Callable[[ImportReport], None] = lambda _report: None


def import_answers(
    database: Database,
    file: IO[bytes],
    *,
    questionnaire_slug: str,
    file_format: FileFormat,
    now: datetime,
    unsaid: Unsaid | None = None,
) -> ImportReport:
    """Store every good row, 500 to a transaction; report the others with a reason.

    Rows are recognised by ``submission_id``: the same row again changes nothing, a
    changed one replaces what differs and has that analysed again.
    """
    plan = ImportPlan(
        questionnaire_slug=questionnaire_slug,
        file_format=file_format,
        now=now,
        unsaid=unsaid or Unsaid(),
    )
    return carry_out(database, file, plan)


def carry_out(database: Database, file: IO[bytes], plan: ImportPlan) -> ImportReport:
    """Import a file as planned, or only look what would come of it."""
    with database.transaction() as session:
        reader, waves, version_id = _prepare(session, plan)
    batch = Batch(version_id, waves, plan.now)
    with open_rows(
        file, plan.file_format, encoding=plan.encoding, delimiter=plan.delimiter
    ) as source:
        report = ImportReport(source.encoding, source.delimiter)
        named = under_our_names(
            source.rows,
            plan.unsaid.columns,
            make_ids=plan.unsaid.make_ids,
            is_table=plan.file_format in TABLES,
        )
        for submission in _understand(named, reader, batch, report):
            if not batch.has_room_for(submission):
                _store(database, batch, report, plan)
            batch.add(submission)
        _store(database, batch, report, plan)
    return report


def _prepare(session: Session, plan: ImportPlan) -> tuple[RowReader, WaveBook, int]:
    unsaid = plan.unsaid
    fielding = get_published(session, plan.questionnaire_slug)
    questionnaire = session.get_one(Questionnaire, fielding.questionnaire_id)
    for wave in unsaid.waves:
        ensure_wave(
            session,
            questionnaire,
            code=wave.code,
            name=wave.name,
            starts_on=wave.starts_on,
            ends_on=wave.ends_on,
        )
    waves = session.scalars(
        select(Wave).where(Wave.questionnaire_id == fielding.questionnaire_id)
    )
    reader = RowReader(
        question_set_of_version(session, fielding),
        role=unsaid.role,
        language=unsaid.language,
        now=plan.now,
        unknown_as_other=unsaid.unknown_as_other,
    )
    return reader, WaveBook(waves.all()), fielding.version_id


def _understand(
    rows: Iterator[FileRow], reader: RowReader, batch: Batch, report: ImportReport
) -> Iterator[Submission]:
    for row in rows:
        try:
            if isinstance(row.cells, InvalidRowError):
                raise row.cells
            report.ignored_columns.update(row.cells.keys() - reader.columns)
            submission = reader.read(row.cells)
            batch.check_wave(submission)
        except InvalidRowError as error:
            report.reject(row.line, error)
        else:
            yield submission


def _store(
    database: Database, batch: Batch, report: ImportReport, plan: ImportPlan
) -> None:
    if not batch.is_empty:
        with database.write() as session, session.begin() as transaction:
            created, updated, unchanged = batch.store(session)
            if plan.dry_run:
                transaction.rollback()
        report.created += created
        report.updated += updated
        report.unchanged += unchanged
        batch.clear()
    plan.tell(report)
