"""The audit log: narrowed, in pages, and never a word of what was said."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.responses import curation
from survey_app.responses.erasure import erase_by_receipt
from tests.factories import A_MOMENT, make_response, make_version
from tests.responses.test_staff_pages import words
from tests.staff_visits import counted_statements, sign_in


@pytest.fixture
def admin(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "admin")


def note(
    session: Session, action: str, days: int = 0, actor_id: int | None = None
) -> None:
    record(
        session,
        actor_id=actor_id,
        action=action,
        subject=f"thing of {action}",
        at=A_MOMENT + timedelta(days=days),
        detail={"created": 3, "done": True, "deep": {"no": "no"}},
    )


def test_an_empty_log_says_what_will_stand_in_it(admin: FlaskClient) -> None:
    assert "Nothing to account for yet" in admin.get("/staff/audit/").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"export", "erase", "dance"}),
        ("action=erase", {"erase"}),
        ("person=1", {"export"}),
        ("person=0", {"erase", "dance"}),
        ("since=2026-10-06", {"dance"}),
        ("until=2026-10-05", {"export", "erase"}),
        ("until=2026-10-04", set()),
        ("action=x&person=99&since=x&until=9999-12-31", {"export", "erase", "dance"}),
    ],
)
def test_the_log_is_narrowed_by_what_who_and_when(
    session: Session, admin: FlaskClient, query: str, expected: set[str]
) -> None:
    note(session, "export", actor_id=1)
    note(session, "erase")
    note(session, "dance", days=2)
    session.commit()

    page = admin.get(f"/staff/audit/?{query}").text

    said = {name for name in ("export", "erase", "dance") if f"thing of {name}" in page}
    assert said == expected


def test_the_log_says_what_was_done_in_words(
    session: Session, admin: FlaskClient
) -> None:
    note(session, "export", actor_id=1)
    note(session, "made_a_wave")
    session.commit()

    page = words(admin.get("/staff/audit/").text)

    assert "Answers exported 5 Oct 2026 14:00 admin@example.org" in page
    assert "Made a wave 5 Oct 2026 14:00 by itself" in page
    assert "created: 3 · done: ✓" in page


def test_no_word_of_a_respondent_stands_in_the_log(
    session: Session, admin: FlaskClient
) -> None:
    response = make_response(
        session, make_version(session), {"why_us": "Geheimpje"}, receipt="ABCD-EFGH"
    )
    session.commit()
    who: curation.Who = {"actor_id": None, "at": A_MOMENT}
    curation.add_tag(session, [response.id], "Geheimpje", **who)
    curation.write_note(session, response.id, "Geheimpje", **who)
    erase_by_receipt(session, "ABCD-EFGH", at=A_MOMENT)
    session.commit()

    page = admin.get("/staff/audit/").text

    assert "Response erased" in page
    assert "Geheimpje" not in page


def test_the_log_puts_as_many_questions_for_three_as_for_one(
    app: Flask, session: Session, admin: FlaskClient
) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            note(session, f"deed{number}", actor_id=1)
        session.commit()
        with counted_statements(app) as statements:
            assert admin.get("/staff/audit/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]
