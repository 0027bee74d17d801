"""Keeping a posted page: its answers, that it was sent, and when.

SQLite takes a statement for each; PostgreSQL, across a network, one for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, text, update
from sqlalchemy.orm import Session

from survey_app.clock import HOME
from survey_app.responses.models import Answer, PageEvent, Response, fingerprint_of
from survey_app.responses.visits import ANSWERS, RESPONSES, OvertakenError

AnswerRow = Mapping[str, str | int | None]

# What every posted page does is built once, on plain tables: a third of its cost.
_ANSWERS, _RESPONSES, _EVENTS = (
    cast("Table", model.__table__) for model in (Answer, Response, PageEvent)
)
FORGET_ANSWERS = delete(_ANSWERS).where(
    ANSWERS.response_id == bindparam("response"),
    ANSWERS.question_id.in_(bindparam("questions", expanding=True)),
)
KEEP_ANSWERS = insert(_ANSWERS)
NOTE_ACTIVITY = (
    update(_RESPONSES)
    .where(
        RESPONSES.id == bindparam("response"),
        RESPONSES.row_version == bindparam("seen"),
        RESPONSES.state == bindparam("was"),
    )
    .values(
        row_version=RESPONSES.row_version + 1,
        last_activity_at=bindparam("at"),
        last_page_id=func.coalesce(bindparam("passed"), RESPONSES.last_page_id),
        state="in_progress",
    )
)
NOTE_PAGE = insert(_EVENTS)
# The parts see the tables as they were before; none touches a row that another does.
# All of them start from ``active``, which is empty when the response was changed.
KEEP_PAGE = text("""
WITH active AS (
  UPDATE responses SET row_version = row_version + 1,
    last_activity_at = CAST(:at AS timestamptz),
    last_page_id = coalesce(CAST(:passed AS varchar), last_page_id),
    state = 'in_progress'
  WHERE id = :response AND row_version = :seen AND state = :was
  RETURNING id
), said AS (
  SELECT said.*, active.id AS response_id FROM unnest(
    CAST(:ids AS varchar[]), CAST(:positions AS integer[]), CAST(:codes AS varchar[]),
    CAST(:texts AS text[]), CAST(:roles AS varchar[]), CAST(:marks AS bigint[])
  ) AS said(question_id, position, code, text, role, mark), active
), forgotten AS (
  DELETE FROM answers
  WHERE response_id = (SELECT id FROM active)
    AND question_id = ANY(CAST(:changed AS varchar[]))
    AND (question_id, position) NOT IN (SELECT question_id, position FROM said)
), noted AS (
  INSERT INTO page_events (version_id, response_id, page_id, kind, on_day, seconds)
  SELECT CAST(:version AS integer), id, CAST(:page AS varchar), CAST(:kind AS varchar),
    CAST(:day AS date), CAST(:seconds AS integer)
  FROM active WHERE CAST(:kind AS varchar) IS NOT NULL
), kept AS (
  INSERT INTO answers
    (response_id, question_id, position, code, text, role, text_fingerprint, on_path,
    updated_at)
  SELECT response_id, question_id, position, code, text, role, mark, true,
    CAST(:at AS timestamptz) FROM said
  ON CONFLICT (response_id, question_id, position) DO UPDATE SET
    code = excluded.code, text = excluded.text, role = excluded.role,
    text_fingerprint = excluded.text_fingerprint,
    on_path = true, updated_at = excluded.updated_at, analysis_version = NULL
)
SELECT id FROM active
""")


COLUMNS = (
    ("ids", "question_id"),
    ("positions", "position"),
    ("codes", "code"),
    ("texts", "text"),
    ("roles", "role"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNote:
    """That a page was sent: where people stop, and why."""

    page_id: str
    kind: str  # saved, error, asked_back, told
    on_day: date
    seconds: int | None  # since it was shown


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """What one posted page changes; ``passed`` is set when the respondent goes on."""

    response_id: int
    version_id: int
    row_version: int  # as it was read, with its state
    state: str
    at: datetime
    passed: str | None
    note: PageNote | None
    replaced: Sequence[str]  # questions that had an answer, which goes
    rows: Sequence[AnswerRow]  # the answers that take its place


def note_sent(
    page_id: str, kind: str, *, shown_at: datetime | None, at: datetime
) -> PageNote:
    seconds = None if shown_at is None else max(0, int((at - shown_at).total_seconds()))
    day = at.astimezone(HOME).date()
    return PageNote(page_id=page_id, kind=kind, on_day=day, seconds=seconds)


def keep_page(session: Session, page: KeptPage) -> None:
    """Raises OvertakenError when the response is no longer as it was read."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        if connection.execute(KEEP_PAGE, _in_one(page)).first() is None:
            raise OvertakenError
        return
    _note_activity(connection, page)
    own = {"response_id": page.response_id, "on_path": True, "updated_at": page.at}
    if page.replaced:
        there = {"response": page.response_id, "questions": list(page.replaced)}
        connection.execute(FORGET_ANSWERS, there)
    if page.rows:
        connection.execute(KEEP_ANSWERS, [{**own, **row} for row in page.rows])
    if page.note is not None:
        keep_note(session, page.response_id, page.version_id, page.note)


def _note_activity(connection: Connection, page: KeptPage) -> None:
    noted = connection.execute(
        NOTE_ACTIVITY,
        {
            "response": page.response_id,
            "seen": page.row_version,
            "was": page.state,
            "at": page.at,
            "passed": page.passed,
        },
    )
    if not noted.rowcount:
        raise OvertakenError


def keep_note(
    session: Session, response_id: int, version_id: int, note: PageNote
) -> None:
    session.connection().execute(
        NOTE_PAGE,
        {
            "version_id": version_id,
            "response_id": response_id,
            "page_id": note.page_id,
            "kind": note.kind,
            "on_day": note.on_day,
            "seconds": note.seconds,
        },
    )


def _in_one(page: KeptPage) -> dict[str, Any]:
    note = page.note
    return {
        "response": page.response_id,
        "version": page.version_id,
        "seen": page.row_version,
        "was": page.state,
        "at": page.at,
        "passed": page.passed,
        "page": None if note is None else note.page_id,
        "kind": None if note is None else note.kind,
        "day": None if note is None else note.on_day,
        "seconds": None if note is None else note.seconds,
        "changed": list(page.replaced),
        **{name: [row[column] for row in page.rows] for name, column in COLUMNS},
        "marks": [_fingerprint(row) for row in page.rows],
    }


def _fingerprint(row: AnswerRow) -> int | None:
    role, written = row["role"], row["text"]
    return fingerprint_of(
        None if role is None else str(role), None if written is None else str(written)
    )
