"""Each type of question: sent, stored, shown again, read back, refused kindly."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from survey_app.clock import now
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Response
from survey_app.responses.settling import settle_unfinished
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor
from tests.staff_visits import sign_in

ALL_TYPES = (Path(__file__).parent / "data" / "all_types.toml").read_text("utf-8")

Visit = Callable[..., Visitor]
Fields = dict[str, str | list[str]]
Rows = list[tuple[str, str | None, str | None]]


@pytest.fixture
def on_page(visit: Visit, stored: Stored) -> Callable[..., Visitor]:
    """A respondent on one page of a questionnaire with every type."""
    with stored.database.transaction() as session:
        publish(session, ALL_TYPES, published_at=now())

    def go(page_id: str, language: str = "en") -> Visitor:
        visitor = visit("all_types", language)
        if page_id != "how":
            visitor.skip_to(page_id)
        return visitor

    return go


GOOD: Sequence[tuple[str, Fields, Rows, str, str]] = [
    (
        "how",
        {"answer_how": "other", "detail_how": " via\r\nmijn tante "},
        [("how", "other", "via\nmijn tante")],
        'value="other" checked',
        "Some other way<br><span",
    ),
    (
        "how",
        {"detail_how": "door de regen"},  # who writes beside "other" means it
        [("how", "other", "door de regen")],
        'value="other" checked',
        "door de regen",
    ),
    (
        "how",
        {"answer_how": "site", "detail_how": "vergeten"},
        [("how", "site", None)],
        'value="site" id="answer_how" checked',
        "On the website",
    ),
    (
        "seen",
        {"answer_seen": ["other", "street"], "detail_seen": "in de trein"},
        [("seen", "street", None), ("seen", "other", "in de trein")],
        'value="street" id="answer_seen" checked',
        "In the street<br>Somewhere else<br>",
    ),
    (
        "order",
        {"answer_matters": ["price:2", "speed:", "advice:1", "choice:4"]},
        [
            ("matters", "advice", None),
            ("matters", "price", None),
            ("matters", "choice", None),
        ],
        'value="choice:3" selected',
        "<li>Good advice</li><li>The price</li><li>A wide choice</li>",
    ),
    (
        "ease",
        {"answer_ease": "4"},
        [("ease", "4", None)],
        'value="4" checked',
        "<dd>4</dd>",
    ),
    (
        "recommend",
        {"answer_recommend": "10"},
        [("recommend", "10", None)],
        'value="10" checked',
        "<dd>10</dd>",
    ),
    (
        "rated",
        {"answer_rated__site": "good", "answer_rated__service": "na"},
        [("rated__service", "na", None), ("rated__site", "good", None)],
        'name="answer_rated__site" value="good" checked',
        "<span>customer service</span> Does not apply",
    ),
    (
        "facts",
        {
            "answer_on_day": "14-3-2026",
            "answer_boxes": "1234,50",
            "answer_shop": "Zwolle",
            "answer_back": "no",
        },
        [
            ("back", "no", None),
            ("boxes", "1234.5", None),
            ("on_day", "2026-03-14", None),
            ("shop", None, "Zwolle"),
        ],
        'value="2026-03-14"',
        "March 14, 2026",
    ),
    (
        "words",
        {"answer_words": "👍🏽 é"},
        [("words", None, "👍🏽 é")],
        "👍🏽 é</textarea>",
        "👍🏽 é",
    ),
]


@pytest.mark.parametrize(
    "good", GOOD, ids=[f"{page}-{number}" for number, (page, *_rest) in enumerate(GOOD)]
)
def test_an_answer_is_stored_shown_again_and_read_back(
    on_page: Callable[..., Visitor],
    stored: Stored,
    good: tuple[str, Fields, Rows, str, str],
) -> None:
    page_id, fields, rows, again, checked = good
    visitor = on_page(page_id)

    sent = visitor.send("next", **fields)

    assert sent.status_code == 303
    assert stored.said() == rows
    assert again in visitor.get(f"/r/{visitor.key}/en/{page_id}").text
    visitor.skip_all()
    assert checked in visitor.page.text
    visitor.submit()
    assert visitor.url.endswith("/thanks")
    assert checked in visitor.get(f"/r/{visitor.key}/en/answers").text
    assert stored.said() == rows


BAD: Sequence[tuple[str, Fields, str, str]] = [
    (
        "how",
        {"answer_how": "other", "detail_how": "x" * 41},
        "Your answer has 41 characters; there is room for 40.",
        "detail_how",
    ),
    (
        "seen",
        {"answer_seen": ["street", "nowhere"]},
        "Choose either “Nowhere” or “In the street”, not both.",
        "answer_seen",
    ),
    (
        "order",
        {"answer_matters": ["price:1", "speed:1"]},
        "“The price” and “Fast delivery” both have place 1.",
        "answer_matters",
    ),
    (
        "order",
        {"answer_matters": ["price:nine"]},
        "Choose from the places shown.",
        "answer_matters",
    ),
    ("ease", {"answer_ease": "6"}, "Choose one of the answers shown.", "answer_ease"),
    (
        "rated",
        {"answer_rated__site": "wonderful"},
        "Choose one of the answers shown.",
        "answer_rated__site",
    ),
    (
        "facts",
        {"answer_on_day": "31-2-2026"},
        "Write a date, such as 14-3-2026.",
        "answer_on_day",
    ),
    (
        "facts",
        {"answer_on_day": "1999-12-31"},
        "Choose January 1, 2020 or a later day.",
        "answer_on_day",
    ),
    (
        "facts",
        {"answer_on_day": "2031-01-01"},
        "Choose December 31, 2030 or an earlier day.",
        "answer_on_day",
    ),
    (
        "contact",
        {"answer_address": "niemand@"},
        "Write an e-mail address in full",
        "answer_address",
    ),
]


@pytest.mark.parametrize(("page_id", "fields", "sentence", "name"), BAD)
def test_a_mistake_is_said_beside_the_field_and_at_the_top(
    on_page: Callable[..., Visitor],
    page_id: str,
    fields: Fields,
    sentence: str,
    name: str,
) -> None:
    visitor = on_page(page_id)

    answer = visitor.send("next", **fields)

    assert answer.status_code == 422
    assert f'<a href="#{name}">{sentence}' in answer.text
    assert f'id="{name}-error"' in answer.text
    assert f'id="{name}"' in answer.text
    assert f"{name}-error" in answer.text.split("aria-describedby=", 1)[1]


def test_a_tie_is_shown_as_it_was_sent(on_page: Callable[..., Visitor]) -> None:
    visitor = on_page("order")

    answer = visitor.send(answer_matters=["price:2", "speed:2"])

    assert 'value="price:2" selected' in answer.text
    assert 'value="speed:2" selected' in answer.text


def test_a_tie_cannot_be_sent_by_going_straight_to_the_check_page(
    on_page: Callable[..., Visitor], stored: Stored
) -> None:
    visitor = on_page("order")
    visitor.send(answer_matters=["price:1", "speed:1", "advice:2"])
    visitor.go(f"/r/{visitor.key}/en/check")
    assert "The price: 1" in visitor.page.text

    visitor.submit()

    assert visitor.url.endswith("/order?check=1")
    assert "both have place 1" in visitor.page.text
    assert 'value="speed:1" selected' in visitor.page.text
    assert stored.one(select(Response.state)) == "in_progress"
    visitor.send(answer_matters=["price:1", "speed:2"])
    visitor.submit()
    assert visitor.url.endswith("/thanks")
    ranked = [code for name, code, _ in stored.said() if name == "matters"]
    assert ranked == ["price", "speed"]


def test_a_tie_that_was_left_so_is_told_to_staff_in_words(
    on_page: Callable[..., Visitor], app: Flask, stored: Stored
) -> None:
    on_page("order").send(answer_matters=["price:1", "speed:1", "advice:2"])
    with stored.database.transaction() as session:
        settle_unfinished(session, at=now() + timedelta(days=31))
    with stored.database.write() as session:
        researcher = sign_in(app, session, "researcher")
    response = stored.one(select(Response))

    page = researcher.get(f"/staff/responses/{response.id}").text

    assert response.state == "abandoned"
    told = "The price (place 1) · Fast delivery (place 1) · Good advice (place 2)"
    assert told in " ".join(page.split())
    assert "price:1" not in page


def test_a_matrix_that_must_be_answered_names_the_rows_left_open(
    visit: Visit, stored: Stored
) -> None:
    source = ALL_TYPES.replace('type = "matrix"', 'type = "matrix"\nrequired = true')
    with stored.database.transaction() as session:
        publish(session, source, published_at=now())
    visitor = visit("all_types", "nl")
    visitor.skip_to("rated")

    answer = visitor.send(answer_rated__site="good", answer_rated__service="bad")

    assert answer.status_code == 422
    assert "Kies een antwoord bij “de bezorging van uw bestelling”." in answer.text
    assert 'value="skip"' not in answer.text
    kept = visitor.get(f"/r/{visitor.key}/nl/facts")
    assert kept.headers["Location"].endswith("/nl/rated")


def test_every_page_speaks_both_languages(on_page: Callable[..., Visitor]) -> None:
    visitor = on_page("seen", "nl")

    visitor.send("lang:en", answer_seen=["tv", "other"], detail_seen="Thuis")

    assert visitor.url.endswith("/en/seen")
    assert 'value="tv" checked' in visitor.page.text.replace("  ", " ")
    assert 'value="Thuis"' in visitor.page.text
    assert "Vragen? Mail" in visitor.get(visitor.url.replace("/en/", "/nl/")).text


def test_what_the_questionnaire_knows_beside_the_answers_decides_too(
    visit: Visit, stored: Stored
) -> None:
    source = ALL_TYPES.replace(
        'id = "seen"\n\n',
        'id = "seen"\nshow_if = { eq = [{ meta = "language" }, "nl"] }\n\n',
        1,
    )
    with stored.database.transaction() as session:
        publish(session, source, published_at=now())

    pages = {}
    for language in ("nl", "en"):
        visitor = visit("all_types", language)
        visitor.send("skip")
        pages[language] = visitor.url.rsplit("/", 1)[1]

    assert pages == {"nl": "seen", "en": "order"}


def test_the_class_of_the_device_is_kept_and_nothing_more(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    visitor.browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148"

    visitor.send()

    assert stored.one(select(Response.device)) == "phone"


def test_an_address_is_shown_again_and_on_the_check_page(
    on_page: Callable[..., Visitor],
) -> None:
    visitor = on_page("contact")
    here = f"/r/{visitor.key}/en/contact"

    visitor.send(answer_address="iemand@example.org")

    assert 'value="iemand@example.org"' in visitor.get(here).text
    visitor.skip_all()
    assert "iemand@example.org" in visitor.page.text
    visitor.submit()
    sent = visitor.get(f"/r/{visitor.key}/en/answers").text
    assert "Kept apart from your answers" in sent
    assert "iemand@example.org" not in sent
