import pytest

from survey_app.insights.people import Customer, Said
from survey_app.personas.readings import (
    channel_of,
    decided_by,
    feelings_of,
    felt_at,
    spoke_of,
    ticked,
)


def customer(**facts: object) -> Customer:
    plain: dict[str, object] = {"respondent_id": 1, "language": "nl", "wave": None}
    return Customer(**{**plain, **facts})  # type: ignore[arg-type] # facts of a test


def said(score: float, touchpoint: str = "delivery", role: str = "why_us") -> Said:
    return Said(role=role, touchpoint=touchpoint, total=score, mentions=1)


@pytest.mark.parametrize(
    ("code", "channel"),
    [
        ("search_engine", "search"),
        ("physical_store", "people"),
        ("dont_know", None),
        ("billboard", "other"),
        (None, None),
    ],
)
def test_channel_groups_the_ways_in(code: str | None, channel: str | None) -> None:
    codes = {} if code is None else {"q1_found_us": code}

    assert channel_of(customer(codes=codes)) == channel


def test_ticked_says_nothing_of_people_who_do_not_know() -> None:
    codes = {"q5_time_on_site": "dont_know", "q3_found_what": "yes"}
    someone = customer(codes=codes)

    assert ticked(someone, question_id="q5_time_on_site") is None
    assert ticked(someone, question_id="q3_found_what") == "yes"
    assert ticked(someone, question_id="q6_bought") is None


def test_decided_by_is_unknown_where_nothing_was_named() -> None:
    someone = customer(factors=["price"])

    assert decided_by(someone, factor="price") == "yes"
    assert decided_by(someone, factor="trust") == "no"
    assert decided_by(customer(), factor="price") is None


def test_feelings_are_the_mean_over_all_that_was_said() -> None:
    someone = customer(
        wrote={"why_us"},
        said=[said(-0.6), said(0.5), said(0.7, "website"), said(-0.9, "price")],
    )

    assert feelings_of(someone) == {
        "delivery": "neutral",
        "website": "positive",
        "price": "negative",
    }
    assert felt_at(someone, touchpoint="delivery") == "none"
    assert felt_at(someone, touchpoint="price") == "negative"
    assert spoke_of(someone, touchpoint="delivery") == "yes"
    assert spoke_of(someone, touchpoint="app") == "no"


def test_what_was_asked_for_elsewhere_is_not_counted_again() -> None:
    someone = customer(wrote={"found_us"}, said=[said(0.0, "event", "found_us")])

    assert spoke_of(someone, touchpoint="event") is None
    assert felt_at(someone, touchpoint="event") is None
