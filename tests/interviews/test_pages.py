import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.insights.models import AnalysedText
from survey_app.interviews.models import Interview
from tests.factories import A_MOMENT, A_MONDAY, make_interview, make_mention
from tests.staff_visits import counted_statements, sign_in


@pytest.fixture
def researcher(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "researcher")


def analyse(session: Session, interview: Interview) -> None:
    """One mention in the participant's turn."""
    session.flush()
    turn = interview.turns[1]
    text = AnalysedText(
        turn_id=turn.id,
        respondent_id=turn.speaker.respondent_id,
        source="interview",
        role="interview",
        language="nl",
        week=A_MONDAY.toordinal(),
        version="1",
        analysed_at=A_MOMENT,
    )
    session.add(text)
    session.flush()
    make_mention(session, text, touchpoint="website", start=3, end=16)


def test_an_empty_list_shows_what_an_interview_looks_like(
    researcher: FlaskClient,
) -> None:
    page = researcher.get("/staff/interviews/").text

    assert "No interviews yet" in page
    assert "klantreis import interview" in page


def test_the_list_counts_turns_and_mentions(
    session: Session, researcher: FlaskClient
) -> None:
    analyse(session, make_interview(session))
    session.commit()

    page = researcher.get("/staff/interviews/").text

    row = page.split("<tbody>")[1].split("</tr>")[0]
    assert 'data-label="Participants">1<' in row
    assert 'data-label="Turns">2<' in row
    assert '<span class="count negative">1 <span>negative</span>' in row


def test_the_list_puts_as_many_questions_for_one_as_for_three(
    app: Flask, session: Session, researcher: FlaskClient
) -> None:
    counts = []
    for texts in (["1"], ["2", "3"]):
        for text in texts:
            analyse(
                session,
                make_interview(
                    session, f"Interviewer: {text}?\nAnna: De site is traag."
                ),
            )
        session.commit()
        with counted_statements(app) as statements:
            assert researcher.get("/staff/interviews/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_an_interview_shows_its_turns_with_the_evidence_marked(
    session: Session, researcher: FlaskClient
) -> None:
    interview = make_interview(session)
    analyse(session, interview)
    interview_id = interview.id
    session.commit()

    page = researcher.get(f"/staff/interviews/{interview_id}").text

    assert 'De <mark class="negative">site is traag</mark>.' in page
    assert [turn in page for turn in ("Hoe ging het?", "K-0001", "participant")] == [
        True,
        True,
        True,
    ]
    assert page.count('class="correction"') == 1


def test_an_interview_that_was_not_analysed_yet_says_so(
    session: Session, researcher: FlaskClient
) -> None:
    interview = make_interview(session)
    session.flush()
    interview_id = interview.id
    session.commit()

    page = researcher.get(f"/staff/interviews/{interview_id}").text

    assert page.count("Not analysed yet") == 1


def test_an_interview_that_is_not_there(researcher: FlaskClient) -> None:
    assert researcher.get("/staff/interviews/999").status == "404 NOT FOUND"
