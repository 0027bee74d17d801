from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.questionnaires.models import Questionnaire
from tests.factories import (
    make_interview,
    make_opinion,
    make_response,
    make_version,
    make_wave,
)
from tests.staff_visits import counted_statements


def test_an_empty_workspace_says_how_to_begin(marketer: FlaskClient) -> None:
    page = marketer.get("/staff/").text

    assert "Open the questionnaire" in page
    assert 'class="button" href="/staff/questionnaires/"' in page
    assert page.count("Not started") == 5


def test_an_open_questionnaire_can_be_shared(
    session: Session, marketer: FlaskClient
) -> None:
    session.add(Questionnaire(slug="proef", state="open"))
    session.commit()

    page = marketer.get("/staff/").text

    assert "Share the questionnaire" in page
    assert 'data-copy="http://localhost/q/proef"' in page


def test_the_overview_counts_what_came_in(
    session: Session, marketer: FlaskClient
) -> None:
    version = make_version(session)
    wave = make_wave(session, version, name="Najaar")
    for _ in range(5):
        make_opinion(session, version, -0.5, wave=wave)
    make_response(session, version, {"why_us": "Snel"}, wave=wave, submitted_at=now())
    make_response(session, version, state="in_progress", wave=wave)
    make_interview(session)
    session.commit()

    page = marketer.get("/staff/").text

    assert "6 responses · 1 interview ·" in page
    assert "2 texts to go" in page
    assert "1 response in the last 14 days" in page
    assert "Read what customers say: Delivery" in page


def test_what_is_left_to_analyse_can_be_followed(
    session: Session, marketer: FlaskClient
) -> None:
    before = marketer.get("/staff/unread").get_json()
    make_response(session, make_version(session), {"why_us": "Snel"})
    session.commit()

    after = marketer.get("/staff/unread").get_json()

    assert before == {"unread": 0, "words": "Everything is analysed"}
    assert after == {"unread": 1, "words": "1 text to go"}


def test_the_overview_puts_as_many_questions_for_one_wave_as_for_three(
    app: Flask, session: Session, marketer: FlaskClient
) -> None:
    version = make_version(session)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            wave = make_wave(session, version)
            make_opinion(session, version, -0.5, wave=wave)
        session.commit()
        with counted_statements(app) as statements:
            assert marketer.get("/staff/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]
