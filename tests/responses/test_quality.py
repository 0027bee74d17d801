"""Flags on what nobody meant: careful with people, sharp on programs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.insights.queries import list_pending
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.anonymising import anonymise
from survey_app.responses.models import Answer, Response, ResponseMark
from survey_app.responses.quality import (
    fingerprint,
    is_gibberish,
    is_too_fast,
    repeats,
    spams_links,
)
from tests.factories import make_response, make_version
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor
from tests.staff_visits import counted_statements

Visit = Callable[..., Visitor]
WRITTEN = Path(__file__).parents[1] / "analysis" / "data"
FLAGS = select(ResponseMark.name).order_by(ResponseMark.name)


def people_wrote() -> list[str]:
    """Answers of real length and wording, in both languages."""
    texts = [
        line.split("\t")[2]
        for path in sorted(WRITTEN.glob("answers_*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(texts) > 100
    return texts


def test_nothing_that_people_wrote_is_flagged() -> None:
    flagged = [
        text for text in people_wrote() if is_gibberish([text]) or spams_links([text])
    ]

    assert flagged == []


@pytest.mark.parametrize(
    "text",
    [
        "sdkfjh skdjfhg kdsjhf",
        "asdfasdfasdf",
        "qwertyuiop qwerty",
        "aaaaaaaaaaaaaaaa",
        "hjkl hjkl hjkl ;;;;",
        "Xkqzv bnrtk wpllk zzrt",
    ],
)
def test_fingers_on_a_keyboard_are_gibberish(text: str) -> None:
    assert is_gibberish([text])


@pytest.mark.parametrize(
    "text",
    [
        "Angstschreeuw! Slechts borstspraak tijdens herfststorm.",
        "Hmm, pfff.",
        "très désagréable, übermäßig spät",
        "最高のサービスでした、ありがとうございました",
        "شكرا جزيلا على الخدمة",
        "👍👍👍👍👍👍👍👍👍👍👍👍",
        "12345678901234567890",
        "",
    ],
)
def test_odd_but_meant_is_no_gibberish(text: str) -> None:
    assert not is_gibberish([text])


def test_one_odd_text_among_real_ones_is_forgiven() -> None:
    real = "De levering duurde drie dagen langer dan beloofd."

    assert not is_gibberish([real, "asdfasdfasdf"])


@given(st.lists(st.text(max_size=200), max_size=8))
def test_any_text_can_be_judged(texts: list[str]) -> None:
    assert {is_gibberish(texts), spams_links(texts), repeats(texts)} <= {True, False}


@pytest.mark.parametrize(
    ("text", "is_spam"),
    [
        ("Zie https://shop.example/product/12, dat stond er niet", False),
        ("http://a.example http://b.example www.c.example", True),
        ('<a href="http://a.example">cheap</a>', True),
        ("[url=http://a.example]cheap[/url]", True),
    ],
)
def test_links_are_spam_when_there_are_many(text: str, is_spam: bool) -> None:  # noqa: FBT001 - a case of a table
    assert spams_links([text]) is is_spam


def test_long_text_said_twice_is_a_repeat_and_a_short_one_is_not() -> None:
    long = "De levering duurde veel langer dan beloofd."

    assert repeats([long, f" {long.upper()}\n"])
    assert (
        fingerprint(long) == fingerprint(f" {long.upper()}\n") != fingerprint(long[1:])
    )
    assert not repeats(["Nee", "nee", "NEE"])
    assert fingerprint("Nee") is None


@pytest.mark.parametrize(
    ("seconds", "pages", "is_so"), [(15, 8, True), (16, 8, False), (0, 0, False)]
)
def test_too_fast_is_less_than_reading_takes(
    seconds: int,
    pages: int,
    is_so: bool,  # noqa: FBT001 - a case of a table
) -> None:
    assert is_too_fast(seconds, pages, least_seconds=2) is is_so


def fill_in(visitor: Visitor, words: str, **trap: str) -> Visitor:
    visitor.send(answer_q1_found_us="event", **trap)
    visitor.send(answer_q2_first_impression=words)
    visitor.skip_all()
    visitor.submit()
    return visitor


def test_program_that_fills_in_the_hidden_box_is_thanked_and_left_out(
    visit: Visit, stored: Stored, session: Session
) -> None:
    visitor = visit()
    assert 'name="website" tabindex="-1" autocomplete="off"' in visitor.page.text

    fill_in(visitor, "Rustig en overzichtelijk.", website="http://buy.example")

    response = stored.one(select(Response))
    assert visitor.url.endswith("/thanks")
    assert response.receipt in visitor.page.text
    assert response.state == "excluded"
    assert stored.all(FLAGS) == ["honeypot"]
    assert list_pending(session, generation=1, limit=9) == []


def test_released_response_enters_the_analysis(
    visit: Visit, stored: Stored, session: Session
) -> None:
    fill_in(visit(), "Rustig en overzichtelijk.", website="http://buy.example")
    response = session.scalars(select(Response)).one()
    response.state = "submitted"
    session.commit()

    pending = list_pending(session, generation=1, limit=9)

    assert [item.text for item in pending] == ["Rustig en overzichtelijk."]
    assert stored.all(FLAGS) == ["honeypot"]


def test_what_was_sent_is_judged_as_a_whole(visit: Visit, stored: Stored) -> None:
    words = "www.a.example www.b.example www.c.example sdfg sdfg"
    fill_in(visit(), words)
    fill_in(visit(), words)
    fill_in(visit(), "Rustig en overzichtelijk.")

    states = stored.all(select(Response.state).order_by(Response.id))

    assert states == ["excluded", "excluded", "submitted"]
    assert stored.all(FLAGS) == ["duplicate_text", "link_spam", "link_spam"]


def test_the_same_text_is_found_however_long_ago_it_was_sent(
    visit: Visit, stored: Stored, app: Flask
) -> None:
    words = "De levering duurde veel langer dan beloofd."
    fill_in(visit(), words)
    with stored.database.transaction() as session:
        version = session.scalars(select(QuestionnaireVersion)).first()
        assert version is not None
        for number in range(300):
            make_response(session, version, {"q7_simpler": f"{words} {number}"})

    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    visitor.send(answer_q2_first_impression=f"  {words.upper()}")
    visitor.skip_all()
    with counted_statements(app) as statements:
        visitor.submit()

    assert stored.all(FLAGS) == ["duplicate_text"]
    [looked] = [each for each in statements if "text_fingerprint IN" in each]
    assert "LIMIT" in looked


def test_who_says_the_same_again_and_what_was_not_sent_are_no_repeats(
    visit: Visit, stored: Stored
) -> None:
    words = "De levering duurde veel langer dan beloofd."
    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    visitor.send(answer_q2_first_impression=words)

    fill_in(visit(), words)

    assert stored.all(FLAGS) == []


def test_fingerprints_are_looked_up_in_an_index(stored: Stored) -> None:
    with stored.database.write() as session:
        if session.get_bind().dialect.name != "sqlite":
            session.execute(text("SET enable_seqscan = off"))
        asked = "SELECT id FROM answers WHERE text_fingerprint IN (1, 2)"
        prefix = (
            "EXPLAIN QUERY PLAN"
            if session.get_bind().dialect.name == "sqlite"
            else "EXPLAIN"
        )
        plan = str(session.execute(text(f"{prefix} {asked}")).all())

    assert "ix_answers_text_fingerprint" in plan


def test_what_is_masked_is_no_longer_known_by_what_it_was(session: Session) -> None:
    words = "Bel mij op 06-12345678 over de late levering."
    response = make_response(session, make_version(session), {"q7_simpler": words})
    assert response.answers[0].text_fingerprint == fingerprint(words)

    anonymise(session, [response.id], mask=lambda text: text[:4] + "x" * 40, at=now())

    session.expire_all()
    answer = session.scalars(select(Answer)).one()
    assert answer.text_fingerprint == fingerprint(answer.text or "")
    assert answer.text_fingerprint != fingerprint(words)


@pytest.fixture
def attentive(settings: Settings) -> Flask:
    """An app that minds how fast people are, as in daily use."""
    return create_app(
        Settings(database_url=settings.database_url, secret_key=settings.secret_key)
    )


@pytest.mark.usefixtures("published")
def test_quicker_than_anybody_reads_is_flagged(
    attentive: Flask, stored: Stored
) -> None:
    fill_in(Visitor(attentive), "Rustig en overzichtelijk.")

    assert stored.all(FLAGS) == ["too_fast"]
    attentive.extensions["database"].dispose()
