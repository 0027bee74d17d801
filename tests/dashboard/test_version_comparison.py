"""What another version changed, through HTTP: two readings of the same texts."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.insights.corrections import Drawn, Judge, correct_mention
from survey_app.insights.judging import judge_complete
from survey_app.insights.models import Generation, Mention
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Answer
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_response,
    make_staff_member,
    make_version,
)
from tests.staff_visits import sign_in

PAGE = "/staff/review/versions"
WORDS = "Te laat, zei jan@voorbeeld.nl"


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    for number, place in ((1, "previous"), (2, "current")):
        session.add(
            Generation(
                id=number,
                version=f"v{number}",
                place=place,
                begun_at=A_MOMENT,
                finished_at=A_MOMENT,
            )
        )
    return make_version(session)


def read(
    session: Session, answer: Answer, generation: int, touchpoint: str, score: float
) -> Mention:
    text = make_analysed_text(
        session, answer, generation=generation, version=f"v{generation}"
    )
    return make_mention(
        session,
        text,
        generation=generation,
        touchpoint=touchpoint,
        score=score,
        end=7,
    )


@pytest.fixture
def readings(session: Session, version: QuestionnaireVersion) -> list[Mention]:
    """Twelve texts: of two the new version says price; a thirteenth is new."""
    mentions = []
    for number in range(12):
        answer = make_response(session, version, {"why_us": WORDS}).answers[0]
        read(session, answer, 1, "delivery", -0.6)
        now = "price" if number < 2 else "delivery"
        mentions.append(read(session, answer, 2, now, -0.6))
    newcomer = make_response(session, version, {"why_us": "Nieuw"}).answers[0]
    read(session, newcomer, 2, "delivery", 0.6)
    session.commit()
    return mentions


def row(page: str, name: str) -> str:
    words = re.sub(r"<[^>]+>", " ", page.split(name, 1)[1].split("</tr>", 1)[0])
    return " ".join(words.split())


@pytest.mark.usefixtures("readings")
def test_only_texts_that_both_have_read_are_compared(researcher: FlaskClient) -> None:
    page = researcher.get(PAGE).text

    assert "12 texts were read by both versions." in page
    assert "Of 2 texts the findings changed." in page
    assert row(page, ">Delivery</a>").startswith("12 → 10 100%")
    assert ">Price</a>" not in page  # two people: too few to tell of
    assert page.count("<blockquote") == 2
    assert "<del>Delivery, negative</del>" in page


@pytest.mark.usefixtures("readings")
@pytest.mark.parametrize(("touchpoint", "shown"), [("price", 2), ("app", 0)])
def test_a_touchpoint_opens_to_its_changes(
    researcher: FlaskClient, touchpoint: str, shown: int
) -> None:
    page = researcher.get(f"{PAGE}?touchpoint={touchpoint}").text

    assert page.count("<blockquote") == shown


@pytest.mark.usefixtures("readings")
def test_marketers_read_masked_words(app: Flask, session: Session) -> None:
    marketer = sign_in(app, session, "marketer")

    page = marketer.get(PAGE).text

    assert "jan@voorbeeld.nl" not in page
    assert "Te laat, zei […]" in page


def test_both_versions_are_held_against_the_same_judgements(
    session: Session, readings: list[Mention], researcher: FlaskClient
) -> None:
    staff: StaffMember = make_staff_member(session, "admin")
    judge = Judge(staff.id, A_MOMENT, Drawn.RANDOM)
    for mention in readings:
        text_id = mention.analysed_text_id
        correct_mention(
            session,
            mention.id,
            touchpoint=mention.touchpoint,
            polarity="negative",
            judge=judge,
        )
        judge_complete(session, text_id, judge)
    session.commit()

    page = researcher.get(PAGE).text

    assert row(page, "Of what it finds, right</th>").startswith("83% ")
    assert " 100% " in row(page, "Of what it finds, right</th>")
    assert "Of 0 texts the findings changed." in page


def test_without_an_earlier_version_the_page_says_so(researcher: FlaskClient) -> None:
    assert "No earlier version to compare with" in researcher.get(PAGE).text
