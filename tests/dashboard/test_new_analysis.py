"""What staff see while texts are analysed anew: old figures, and how far it is."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.insights.generations import (
    begin_generation,
    count_done,
    finish_generation,
)
from survey_app.responses.models import Answer
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_interview,
    make_mention,
    make_opinion,
    make_version,
)

TEXTS = 3400


def begin_anew(session: Session, answer: Answer) -> None:
    """A second generation that says what the first does not."""
    begin_generation(session, "1", texts=1, at=A_MOMENT)
    number = begin_generation(session, "2", texts=TEXTS, at=A_MOMENT)
    count_done(session, number, done=1240, new=0)
    text = make_analysed_text(session, answer, generation=number)
    for touchpoint in ("returns", "delivery"):
        make_mention(session, text, touchpoint=touchpoint, polarity="positive", score=1)
    session.commit()


def start(session: Session) -> None:
    version = make_version(session)
    mentions = [make_opinion(session, version, -0.5) for _ in range(6)]
    make_interview(session, "Interviewer: Hoe was het?\nAnna: De site is traag.")
    answer_id = mentions[0].analysed_text.answer_id
    session.commit()
    begin_anew(session, session.get_one(Answer, answer_id))


def without_line(page: str) -> str:
    """A page but for the line itself, and what differs with every visit."""
    page = re.sub(r'<p class="under-way".*?</p>\n', "", page, flags=re.DOTALL)
    page = re.sub(r'name="csrf_token" value="[^"]+"', "", page)
    return "\n".join(line for line in page.splitlines() if line.strip())


PAGES = (
    "/staff/",
    "/staff/touchpoints/?wave=all",
    "/staff/touchpoints/?wave=all&touchpoint=delivery",
    "/staff/touchpoints/delivery/sentences?wave=all",
    "/staff/responses/",
    "/staff/responses/1",
    "/staff/interviews/",
    "/staff/interviews/1",
    "/staff/personas/",
    "/staff/journey/",
)


def test_no_page_speaks_of_what_is_not_whole(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    mentions = [make_opinion(session, version, -0.5) for _ in range(6)]
    make_interview(session, "Interviewer: Hoe was het?\nAnna: De site is traag.")
    answer_id = mentions[0].analysed_text.answer_id
    session.commit()
    before = {page: researcher.get(page) for page in PAGES}
    begin_anew(session, session.get_one(Answer, answer_id))

    after = {page: researcher.get(page) for page in PAGES}

    assert {page: answer.status for page, answer in before.items()} == dict.fromkeys(
        PAGES, "200 OK"
    )
    for page in PAGES:
        assert without_line(after[page].text) == without_line(before[page].text), page


def test_every_page_tells_how_far_it_is(
    session: Session, researcher: FlaskClient
) -> None:
    start(session)
    said = "New analysis: 1,240 of 3,400 texts; figures change when all of it is ready"

    assert said in researcher.get("/staff/").text
    assert said in researcher.get("/staff/questionnaires/").text
    assert researcher.get("/staff/new-analysis").json == {"busy": True, "words": said}


def test_figures_change_all_at_once(session: Session, researcher: FlaskClient) -> None:
    start(session)
    finish_generation(session, 2, at=A_MOMENT)
    session.commit()

    page = researcher.get("/staff/responses/1").text

    assert "under-way" not in page
    assert ("Returns" in page, researcher.get("/staff/new-analysis").json) == (
        True,
        {"busy": False, "words": "The new figures are there."},
    )


def test_visitors_see_no_line(app: Flask, session: Session) -> None:
    start(session)

    assert "under-way" not in app.test_client().get("/staff/sign-in").text
