"""Drop-off: how far people come, where they leave, what they had said by then."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.dashboard.dropoff import drop_off, median
from survey_app.dashboard.dropoff_queries import Sent
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.reading import read_question_set
from survey_app.questionnaires.service import publish
from survey_app.responses.models import PageEvent, Response
from tests.factories import A_MOMENT, STANDARD, make_response
from tests.responses.test_staff_pages import words
from tests.staff_visits import counted_statements

SET = read_question_set(STANDARD)
FIRST, SECOND, THIRD = (page.id for page in SET.pages[:3])
WHERE = "/staff/questionnaires/standard/drop-off/"


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return publish(session, STANDARD, published_at=A_MOMENT)


def fill_in(
    session: Session,
    version: QuestionnaireVersion,
    pages: int,
    *,
    found: str = "event",
    **columns: Any,
) -> Response:
    """A response that sent so many pages, each in twenty seconds."""
    sent = [page.id for page in SET.pages[:pages]]
    response = make_response(
        session,
        version,
        codes={"q1_found_us": found},
        **{"last_page_id": sent[-1], **columns},
    )
    session.add_all(
        PageEvent(
            version_id=version.id,
            response_id=response.id,
            page_id=page_id,
            kind=kind,
            on_day=A_MOMENT.date(),
            seconds=20,
        )
        for page_id in sent
        for kind in ("saved", "error")
    )
    return response


def test_each_page_tells_who_came_and_who_left(
    session: Session, version: QuestionnaireVersion, researcher: FlaskClient
) -> None:
    everything = len(SET.pages)
    for _ in range(6):
        fill_in(session, version, everything)
    gone: dict[str, Any] = {"submitted_at": None, "found": "social_media"}
    for _ in range(5):
        fill_in(session, version, 1, state="abandoned", **gone)
    fill_in(session, version, 2, state="in_progress", **gone)
    fill_in(session, version, 2, state="in_progress", last_activity_at=now(), **gone)
    session.add(
        PageEvent(
            version_id=version.id, page_id=SECOND, kind="left", on_day=A_MOMENT.date()
        )
    )
    session.commit()

    page = words(researcher.get(WHERE).text)

    assert "Most leave at “What was your first impression of our website?”" in page
    assert "43% of the 14 people who came there" in page
    assert "How did you find us? 13 0 13 20 s" in page
    assert "What was your first impression of our website? 14 6 43% 8 20 s" in page
    assert "How did you find us? On social media 100% of 6 0%" in page


def test_who_may_read_responses_sees_the_last_words(
    session: Session,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
    marketer: FlaskClient,
) -> None:
    response = fill_in(session, version, 1, state="abandoned", submitted_at=None)
    make_response(
        session, version, {"q2_first_impression": "Te druk"}, state="abandoned"
    )
    assert response.id
    session.commit()

    pages = [client.get(WHERE).text for client in (researcher, marketer)]

    assert ["Te druk" in page for page in pages] == [True, False]
    assert "people left so far: too few to say where" in words(pages[1])


def test_a_version_that_nobody_started_says_so(
    session: Session, version: QuestionnaireVersion, marketer: FlaskClient
) -> None:
    session.commit()
    assert version.id

    assert "Nobody has started yet" in marketer.get(f"{WHERE}?version=9").text


def test_a_questionnaire_that_is_not_there(marketer: FlaskClient) -> None:
    assert marketer.get("/staff/questionnaires/no/drop-off/").status_code == 404


def test_the_page_puts_as_many_questions_for_three_as_for_one(
    app: Flask,
    session: Session,
    version: QuestionnaireVersion,
    researcher: FlaskClient,
) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            fill_in(session, version, 1, state="abandoned", submitted_at=None)
        session.commit()
        with counted_statements(app) as statements:
            assert researcher.get(WHERE).status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]


PEOPLE = st.integers(0, 50)


@given(st.lists(st.tuples(PEOPLE, PEOPLE), min_size=3, max_size=3))
def test_who_came_is_who_went_on_and_who_left(pages: list[tuple[int, int]]) -> None:
    ids = (FIRST, SECOND, THIRD)
    sent = {name: Sent(on, 0) for name, (on, _) in zip(ids, pages, strict=True)}
    left = {name: out for name, (_, out) in zip(ids, pages, strict=True)}

    found = drop_off(SET, sent, left, {})

    rows = {row.page_id: row for row in found.rows}
    assert all(rows[n].reached == sent[n].people + left[n] for n in ids)
    assert found.left == sum(left.values())
    assert all(0 <= row.share_left <= 1 for row in found.rows)


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=40))
def test_the_median_has_half_on_either_side(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}

    middle = median(counts)

    assert middle is not None
    below = sum(value < middle for value in values)
    above = sum(value > middle for value in values)
    assert below <= len(values) / 2 >= above


def test_no_values_have_no_median() -> None:
    assert median({}) is None
