"""The queue through HTTP: what is shown, what an answer does, and who may see what."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.insights.models import AnalysedText, Correction, Mention, TextJudgement
from tests.factories import (
    make_analysed_text,
    make_interview,
    make_opinion,
    make_respondent,
    make_response,
    make_version,
)

QUEUE = "/staff/review/"
WORDS = "De bezorging kwam te laat. De prijs was prima, zei jan@voorbeeld.nl."


@pytest.fixture
def mention_id(session: Session) -> int:
    mention = make_opinion(
        session, make_version(session), -0.5, words=WORDS, end=26, confidence=0.62
    )
    found = mention.id
    session.commit()
    return found


@pytest.fixture
def silent_id(session: Session) -> int:
    response = make_response(
        session, make_version(session), {"why_us": "De app. En de prijs."}
    )
    text = make_analysed_text(session, response.answers[0]).id
    session.commit()
    return text


def said(session: Session) -> list[tuple[str | None, str | None, str | None]]:
    rows = session.scalars(select(Correction).order_by(Correction.id))
    return [(row.touchpoint, row.polarity, row.drawn) for row in rows]


def answer(
    client: FlaskClient, path: str, data: Mapping[str, str], drawn: str = "uncertain"
) -> str:
    """The page that follows."""
    sent = client.post(f"{QUEUE}{path}", data={"drawn": drawn, **data})
    assert (sent.status, sent.location) == ("302 FOUND", QUEUE)
    return client.get(QUEUE).text


def test_a_mention_is_shown_with_all_that_one_judges_by(
    researcher: FlaskClient, mention_id: int
) -> None:
    page = researcher.get(QUEUE).text

    assert f"/staff/review/mentions/{mention_id}" in page
    assert '<mark class="negative">De bezorging kwam te laat.</mark>' in page
    assert "Delivery, negative" in page
    assert "in doubt (62%)" in page
    assert "0 judged today" in page


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"verdict": "right"}, ("delivery", "negative", "uncertain")),
        ({"verdict": "none"}, (None, None, "uncertain")),
        ({"verdict": "positive"}, ("delivery", "positive", "uncertain")),
        (
            {"verdict": "other", "touchpoint": "price", "polarity": "neutral"},
            ("price", "neutral", "uncertain"),
        ),
    ],
)
def test_each_verdict_is_kept_with_why_it_was_asked(
    session: Session,
    researcher: FlaskClient,
    mention_id: int,
    data: dict[str, str],
    expected: tuple[str | None, str | None, str],
) -> None:
    page = answer(researcher, f"mentions/{mention_id}", data)

    assert said(session) == [expected]
    assert "1 judged today" in page


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("mentions/{}", {"verdict": "furious"}),
        ("mentions/{}", {"verdict": "right", "drawn": "chosen"}),
        ("mentions/{}", {"verdict": "other", "touchpoint": "price"}),
        (
            "mentions/{}",
            {"verdict": "other", "touchpoint": "teleport", "polarity": "neutral"},
        ),
        ("mentions/{}", {}),
        ("texts/1", {"verdict": "missed", "touchpoint": "price"}),
        ("texts/1", {"verdict": "missed", "clause": "-1"}),
        ("texts/1", {"verdict": "right"}),
    ],
)
def test_what_is_not_offered_is_refused(
    session: Session,
    researcher: FlaskClient,
    mention_id: int,
    path: str,
    data: dict[str, str],
) -> None:
    page = researcher.post(
        QUEUE + path.format(mention_id), data={"drawn": "random", **data}
    )

    assert page.status == "400 BAD REQUEST"
    assert said(session) == []


def test_undo_shows_the_same_mention_again(
    session: Session, researcher: FlaskClient, mention_id: int
) -> None:
    answer(researcher, f"mentions/{mention_id}", {"verdict": "none"})

    page = researcher.post(f"{QUEUE}undo", follow_redirects=True).text

    assert "Taken back" in page
    assert "Delivery, negative" in page
    assert "0 judged today" in page
    assert said(session) == []
    assert session.scalars(select(Mention.confidence)).all() == [0.62]


def test_undo_without_anything_says_so(researcher: FlaskClient) -> None:
    page = researcher.post(f"{QUEUE}undo", follow_redirects=True).text

    assert "There is nothing of today to take back." in page
    assert "Nothing left to judge" in page


def test_a_text_without_mentions_is_asked_about_and_may_hold_none(
    session: Session, researcher: FlaskClient, silent_id: int
) -> None:
    page = researcher.get(QUEUE).text
    assert "The machine found no touchpoint here" in page
    assert "Drawn at random" in page

    after = answer(researcher, f"texts/{silent_id}", {"verdict": "complete"}, "random")

    [row] = session.scalars(select(TextJudgement))
    assert (row.verdict, row.drawn) == ("complete", "random")
    assert "Nothing left to judge" in after


def test_what_is_missing_is_added_with_its_clause_as_evidence(
    session: Session, researcher: FlaskClient, silent_id: int
) -> None:
    data = {
        "verdict": "missed",
        "touchpoint": "price",
        "polarity": "neutral",
        "clause": "1",
    }

    page = answer(researcher, f"texts/{silent_id}", data, "random")

    [row] = session.scalars(select(Correction))
    assert (row.quote, row.machine_touchpoint) == ("En de prijs.", None)
    assert "Is that all" in page


def test_a_clause_that_is_not_there_leads_on(
    session: Session, researcher: FlaskClient, silent_id: int
) -> None:
    data = {
        "verdict": "missed",
        "touchpoint": "price",
        "polarity": "neutral",
        "clause": "9",
    }

    page = answer(researcher, f"texts/{silent_id}", data, "random")

    assert "was judged or analysed meanwhile" in page
    assert said(session) == []


def test_a_text_whose_mentions_wait_is_not_complete(
    session: Session, researcher: FlaskClient, mention_id: int
) -> None:
    text_id = session.get_one(Mention, mention_id).analysed_text_id
    session.rollback()

    page = answer(researcher, f"texts/{text_id}", {"verdict": "complete"}, "random")

    assert "was judged or analysed meanwhile" in page


def test_skipping_leads_on_and_can_be_undone(
    session: Session, researcher: FlaskClient, mention_id: int
) -> None:
    text_id = session.get_one(Mention, mention_id).analysed_text_id
    session.rollback()

    after = answer(researcher, f"texts/{text_id}", {"verdict": "passed"})
    back = researcher.post(f"{QUEUE}undo", follow_redirects=True).text

    assert "Nothing left to judge" in after
    assert "Delivery, negative" in back


def test_a_mention_that_is_gone_leads_on(
    researcher: FlaskClient, mention_id: int
) -> None:
    page = answer(researcher, f"mentions/{mention_id + 1}", {"verdict": "right"})

    assert "was judged or analysed meanwhile" in page


def test_marketers_judge_masked_words(marketer: FlaskClient, mention_id: int) -> None:
    page = marketer.get(QUEUE).text

    assert f"/staff/review/mentions/{mention_id}" in page
    assert "jan@voorbeeld.nl" not in page
    assert '<mark class="negative">De bezorging kwam te laat.</mark>' in page
    assert "The whole response" not in page


def test_the_words_before_stand_in_place_of_a_question_in_an_interview(
    session: Session, marketer: FlaskClient
) -> None:
    interview = make_interview(
        session, "Interviewer: Mag ik je bellen op 06-12345678?\nAnna: Tja."
    )
    turn = interview.turns[1]
    respondent = make_respondent(session)
    session.flush()
    session.add(
        AnalysedText(
            turn_id=turn.id,
            respondent_id=respondent.id,
            source="interview",
            role="interview",
            language="nl",
            week=739894,
            version="1",
            analysed_at=interview.imported_at,
        )
    )
    session.commit()

    page = marketer.get(QUEUE).text

    assert "Mag ik je bellen op" in page
    assert "06-12345678" not in page


def test_the_form_can_be_sent_as_it_stands(
    app: Flask, session: Session, researcher: FlaskClient, mention_id: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = researcher.get(QUEUE).text
    form = page.split(f'action="/staff/review/mentions/{mention_id}"')[1]
    fields = re.findall(r'name="(csrf_token|drawn)" value="([^"]*)"', form)[:2]

    without = researcher.post(
        f"{QUEUE}mentions/{mention_id}", data={"drawn": "uncertain", "verdict": "none"}
    )
    sent = researcher.post(
        f"{QUEUE}mentions/{mention_id}", data={**dict(fields), "verdict": "none"}
    )

    assert without.status == "400 BAD REQUEST"
    assert sent.location == QUEUE
    assert said(session) == [(None, None, "uncertain")]
