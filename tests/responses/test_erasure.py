"""What is erased leaves nothing behind."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from survey_app.orm import Base
from survey_app.outbox.models import Event
from survey_app.outbox.service import ERASED
from survey_app.responses.erasure import (
    UnknownReceiptError,
    delete_expired,
    erase_by_receipt,
)
from survey_app.responses.models import ErasedResponse, Response
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_response,
    make_version,
)

MARKER = "een zin die nergens anders staat"


def test_erased_response_leaves_no_trace_of_its_words(session: Session) -> None:
    response = make_response(
        session, make_version(session), {"interactions": MARKER}, receipt="ABCD-EFGH"
    )
    analysed = make_analysed_text(session, response.answers[0])
    make_mention(session, analysed, cues=[MARKER])
    session.commit()

    erase_by_receipt(session, "abcd-efgh ", at=A_MOMENT)
    session.commit()

    traces = {
        table.name: session.scalar(
            text(f"SELECT count(*) FROM {table.name} t WHERE CAST(t AS TEXT) LIKE :m")  # noqa: S608 - names of our own tables
            if session.get_bind().dialect.name == "postgresql"
            else text(_any_column_like(table.name, list(table.columns.keys()))),
            {"m": f"%{MARKER}%"},
        )
        for table in Base.metadata.sorted_tables
    }
    assert {name: found for name, found in traces.items() if found} == {}
    assert session.scalar(select(func.count(Response.id))) == 0


def test_erased_response_leaves_that_it_was_there(session: Session) -> None:
    response = make_response(session, make_version(session), receipt="ABCD-EFGH")
    public_id = response.public_id
    session.commit()

    erase_by_receipt(session, "ABCD-EFGH", at=A_MOMENT)
    session.commit()

    tombstone = session.scalars(select(ErasedResponse)).one()
    event = session.scalars(select(Event)).one()
    assert (tombstone.public_id, tombstone.reason) == (public_id, "asked")
    assert (event.topic, event.subject) == (ERASED, public_id)


def _any_column_like(table: str, columns: list[str]) -> str:
    conditions = " OR ".join(f'CAST("{column}" AS TEXT) LIKE :m' for column in columns)
    return f"SELECT count(*) FROM {table} WHERE {conditions}"  # noqa: S608 - names of our own tables


def test_unknown_receipt_is_refused(session: Session) -> None:
    with pytest.raises(UnknownReceiptError):
        erase_by_receipt(session, "NONE-SUCH", at=A_MOMENT)


@pytest.mark.parametrize(
    ("state", "source", "days", "deleted"),
    [
        ("in_progress", "link", 29, 0),
        ("in_progress", "link", 31, 1),
        ("submitted", "link", 31, 0),
        ("submitted", "link", 731, 1),
        ("submitted", "import", 3000, 0),
    ],
)
def test_responses_are_kept_as_long_as_promised(
    state: str, source: str, days: int, deleted: int, session: Session
) -> None:
    make_response(session, make_version(session), state=state, source=source)
    session.commit()

    assert delete_expired(session, at=A_MOMENT + timedelta(days=days)) == deleted
