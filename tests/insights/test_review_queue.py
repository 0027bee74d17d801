"""What is judged next comes off an index, in an order that everybody walks whole."""

import re
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from survey_app.insights.corrections import Drawn, Judge
from survey_app.insights.judging import pass_over
from survey_app.insights.review_queue import find_next
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_opinion,
    make_response,
    make_staff_member,
    make_version,
)

Asked = list[tuple[str, Any]]


def explain(connection: Connection, statement: str, given: Any) -> str:
    """How the database would find it, were its tables as large as they become."""
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
        return "\n".join(row[3] for row in cursor.fetchall())
    for costly in ("seqscan", "sort", "bitmapscan"):
        cursor.execute(f"SET LOCAL enable_{costly} = off")
    cursor.execute(f"EXPLAIN {statement}", given)
    return "\n".join(row[0] for row in cursor.fetchall())


def test_no_table_of_what_was_said_is_read_from_end_to_end(session: Session) -> None:
    staff = make_staff_member(session, "researcher")
    version = make_version(session)
    for touchpoint in ("delivery", "price"):
        make_opinion(session, version, -0.5, confidence=0.4, touchpoint=touchpoint)
    bind, asked = session.connection(), Asked()
    event.listen(bind, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    assert find_next(session, staff.id, A_MOMENT) is not None
    plans = "\n".join(explain(bind, *each) for each in list(asked))

    assert "ix_mentions_unjudged" in plans
    assert re.findall(r"(?:SCAN|Seq Scan on) (mentions|analysed_texts)", plans) == []


def test_whoever_begins_far_on_comes_to_all_texts(session: Session) -> None:
    staff = make_staff_member(session, "researcher")
    version = make_version(session)
    answers = [
        answer
        for _ in range(12)
        for answer in make_response(session, version, {"why_us": "Tja"}).answers
    ]
    texts = {make_analysed_text(session, answer).id for answer in answers}

    met = set()
    while (item := find_next(session, staff.id, A_MOMENT)) is not None:
        met.add(item.text_id)
        by = Judge(staff.id, A_MOMENT, Drawn.RANDOM)
        pass_over(session, item.text_id, by)
        session.flush()

    assert met == texts
