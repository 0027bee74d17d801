"""Importing responses and free texts that were collected elsewhere."""

from collections.abc import Iterator, Sequence
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
from survey_app.responses.importing.files import (
    FileFormat,
    FileRow,
    as_text,
    csv_rows,
    find_delimiter,
    find_encoding,
    jsonl_rows,
)
from survey_app.responses.importing.report import (
    ImportFileError,
    ImportReport,
    InvalidRowError,
    RejectedRow,
)
from survey_app.responses.importing.rows import RowReader, Submission
from survey_app.responses.importing.storing import Batch
from survey_app.responses.importing.waves import WaveBook

__all__ = [
    "ImportFileError",
    "ImportReport",
    "NewWave",
    "RejectedRow",
    "Unsaid",
    "import_answers",
]


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
    unsaid = unsaid or Unsaid()
    with database.transaction() as session:
        reader, waves, version_id = _prepare(session, questionnaire_slug, unsaid, now)
    batch = Batch(version_id, waves, now)
    encoding = find_encoding(file)
    with as_text(file, encoding) as text:
        delimiter = find_delimiter(text) if file_format == "csv" else None
        report = ImportReport(encoding, delimiter)
        rows = csv_rows(text, delimiter) if delimiter else jsonl_rows(text)
        for submission in _understand(rows, reader, batch, report):
            if not batch.has_room_for(submission):
                _store(database, batch, report)
            batch.add(submission)
        _store(database, batch, report)
    return report


def _prepare(
    session: Session, slug: str, unsaid: Unsaid, now: datetime
) -> tuple[RowReader, WaveBook, int]:
    fielding = get_published(session, slug)
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
        now=now,
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
            report.rejected.append(RejectedRow(row.line, error.reason, error.column))
        else:
            yield submission


def _store(database: Database, batch: Batch, report: ImportReport) -> None:
    if batch.is_empty:
        return
    with database.transaction() as session:
        created, updated, unchanged = batch.store(session)
    report.created += created
    report.updated += updated
    report.unchanged += unchanged
    batch.clear()
