"""Keeping a posted page: its answers, that it was sent, and when.

SQLite takes a statement for each; PostgreSQL, across a network, one for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, func, insert, text, update
from sqlalchemy.orm import Session

from survey_app.responses.models import Answer, PageEvent, Response
from survey_app.responses.visits import ANSWERS, RESPONSES

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
    .where(RESPONSES.id == bindparam("response"))
    .values(
        row_version=RESPONSES.row_version + 1,
        last_activity_at=bindparam("at"),
        last_page_id=func.coalesce(bindparam("passed"), RESPONSES.last_page_id),
        state="in_progress",
    )
)
NOTE_PAGE = insert(_EVENTS)
# The parts see the table as it was before; none touches a row that another does.
KEEP_PAGE = text("""
WITH said AS (
  SELECT * FROM unnest(
    CAST(:ids AS varchar[]), CAST(:positions AS integer[]), CAST(:codes AS varchar[]),
    CAST(:texts AS text[]), CAST(:roles AS varchar[])
  ) AS said(question_id, position, code, text, role)
), forgotten AS (
  DELETE FROM answers
  WHERE response_id = :response AND question_id = ANY(CAST(:changed AS varchar[]))
    AND (question_id, position) NOT IN (SELECT question_id, position FROM said)
), noted AS (
  INSERT INTO page_events (version_id, response_id, page_id, kind, on_day, seconds)
  SELECT :version, :response, :page, CAST(:kind AS varchar), CAST(:day AS date),
    CAST(:seconds AS integer)
  WHERE CAST(:kind AS varchar) IS NOT NULL
), active AS (
  UPDATE responses SET row_version = row_version + 1, last_activity_at = :at,
    last_page_id = coalesce(CAST(:passed AS varchar), last_page_id),
    state = 'in_progress'
  WHERE id = :response
)
INSERT INTO answers
  (response_id, question_id, position, code, text, role, on_path, updated_at)
SELECT :response, question_id, position, code, text, role, true, :at FROM said
ON CONFLICT (response_id, question_id, position) DO UPDATE SET
  code = excluded.code, text = excluded.text, role = excluded.role,
  on_path = true, updated_at = excluded.updated_at, analysis_version = NULL
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage:
    """A page as it came in; ``passed`` when the respondent goes on from it."""

    response_id: int
    version_id: int
    page_id: str
    kind: str  # saved, error
    at: datetime
    on_day: date
    seconds: int | None
    passed: bool


def keep_page(
    session: Session, page: SentPage, *, changed: Sequence[str], rows: list[AnswerRow]
) -> None:
    """Replace the answers to the questions ``changed`` by ``rows``; note the page."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(KEEP_PAGE, _in_one(page, changed, rows))
        return
    if changed:
        there = {"response": page.response_id, "questions": list(changed)}
        session.execute(FORGET_ANSWERS, there)
    if rows:
        own = {
            "response_id": page.response_id,
            "on_path": True,
            "updated_at": page.at,
        }
        session.execute(KEEP_ANSWERS, [{**own, **row} for row in rows])
    activity = {"response": page.response_id, "at": page.at, "passed": _passed(page)}
    session.execute(NOTE_ACTIVITY, activity)
    session.execute(NOTE_PAGE, _event(page))


def _in_one(
    page: SentPage, changed: Sequence[str], rows: list[AnswerRow]
) -> dict[str, Any]:
    columns = {
        "ids": "question_id",
        "positions": "position",
        "codes": "code",
        "texts": "text",
        "roles": "role",
    }
    return {
        "response": page.response_id,
        "version": page.version_id,
        "page": page.page_id,
        "kind": page.kind,
        "day": page.on_day,
        "seconds": page.seconds,
        "at": page.at,
        "passed": _passed(page),
        "changed": list(changed),
        **{name: [row[column] for row in rows] for name, column in columns.items()},
    }


def _passed(page: SentPage) -> str | None:
    return page.page_id if page.passed else None


def _event(page: SentPage) -> dict[str, Any]:
    return {
        "version_id": page.version_id,
        "response_id": page.response_id,
        "page_id": page.page_id,
        "kind": page.kind,
        "on_day": page.on_day,
        "seconds": page.seconds,
    }
