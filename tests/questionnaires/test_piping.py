"""Earlier answers stand in later texts as a respondent would say them."""

import pytest

from survey_app.questionnaires.piping import (
    LONGEST,
    detail_of,
    fill,
    piped_answers,
    placeholders,
)
from survey_app.questionnaires.rules import Value
from tests.questionnaires.builders import every_type


@pytest.mark.parametrize(
    ("text", "answers", "nl"),
    [
        ("geen", {}, "geen"),
        ("voor {reason|iets}", {}, "voor iets"),
        ("voor {reason|iets}", {"reason": "buy"}, "voor kopen"),
        ("voor { reason |iets}", {"reason": "buy"}, "voor kopen"),
        ("voor {reason|iets}", {"reason": "dont_know"}, "voor iets"),
        ("voor {reason|iets}", {"reason": "gone"}, "voor iets"),
        ("voor {nothing|iets}", {"nothing": "x"}, "voor iets"),
        ("{important|x}", {"important": ("speed", "price")}, "Snelheid en Prijs"),
        ("{service__speed|x}", {"service__speed": 4.0}, "4"),
        ("{visits|x} keer", {"visits": 12.5}, "12,5 keer"),
        ("op {visited_on|x}", {"visited_on": "2026-03-01"}, "op 1 maart 2026"),
        ("in {city|x}", {"city": " Den\n Haag "}, "in Den Haag"),
        ("in {city|x}", {"city": "{reason|y}"}, "in {reason|y}"),
        ("{city|x}", {"city": "a" * 200}, "a" * (LONGEST - 1) + "…"),
        ("een { los haakje", {}, "een { los haakje"),
    ],
)
def test_answers_fill_a_text(text: str, answers: dict[str, Value], nl: str) -> None:
    assert fill(text, every_type(), "nl", answers) == nl


def test_what_was_written_beside_an_option_stands_for_it() -> None:
    answers: dict[str, Value] = {"reason": "other", detail_of("reason"): "een klacht"}

    assert fill("voor {reason|iets}", every_type(), "nl", answers) == "voor een klacht"


def test_labels_are_in_the_language_of_the_page() -> None:
    said: dict[str, Value] = {"important": ("price", "quality", "speed")}

    words = fill("{important|that}", every_type(), "en", said)

    assert words == "Price, Quality, and Speed"


def test_a_page_tells_which_answers_it_shows() -> None:
    pages = {page.id: piped_answers(page) for page in every_type().pages}

    assert {name: set(ids) for name, ids in pages.items() if ids} == {
        "opinion": {"reason"},
        "more": {"important"},
    }
    assert [each.fallback for each in placeholders("{a} {b|} {c|d}")] == [
        None,
        None,
        "d",
    ]
