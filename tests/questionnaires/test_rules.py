"""Conditions hold, or not, for given answers."""

from typing import Any

import pytest

from survey_app.questionnaires.reading.conditions import (
    InvalidConditionError,
    read_condition,
)
from survey_app.questionnaires.rules import Answers

ANSWERS: Answers = {"one": "a", "many": ("a", "b"), "figure": 4.0, "text": "hello"}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"eq": [{"answer": "one"}, "a"]}, True),
        ({"eq": [{"answer": "one"}, "b"]}, False),
        ({"eq": [{"answer": "none"}, "a"]}, False),
        ({"ne": [{"answer": "one"}, "b"]}, True),
        ({"ne": [{"answer": "none"}, "a"]}, True),
        ({"in": [{"answer": "one"}, ["a", "c"]]}, True),
        ({"in": [{"answer": "none"}, ["a", "c"]]}, False),
        ({"any_in": [{"answer": "many"}, ["b", "c"]]}, True),
        ({"any_in": [{"answer": "many"}, ["c"]]}, False),
        ({"all_in": [{"answer": "many"}, ["a", "b", "c"]]}, True),
        ({"all_in": [{"answer": "many"}, ["a"]]}, False),
        ({"all_in": [{"answer": "none"}, ["a"]]}, False),
        ({"gt": [{"answer": "figure"}, 3]}, True),
        ({"ge": [{"answer": "figure"}, 4]}, True),
        ({"lt": [{"answer": "figure"}, 4]}, False),
        ({"le": [{"answer": "figure"}, 4]}, True),
        ({"lt": [{"answer": "none"}, 4]}, False),
        ({"ge": [{"count": "many"}, 2]}, True),
        ({"eq": [{"count": "none"}, 0]}, True),
        ({"answered": "text"}, True),
        ({"answered": "none"}, False),
        ({"not": {"answered": "none"}}, True),
        ({"and": [{"answered": "one"}, {"answered": "none"}]}, False),
        ({"or": [{"answered": "one"}, {"answered": "none"}]}, True),
    ],
    ids=str,
)
def test_condition_holds(condition: dict[str, Any], holds: bool) -> None:  # noqa: FBT001 - a table of cases
    assert read_condition(condition).holds(ANSWERS) is holds


@pytest.mark.parametrize(
    "condition",
    [
        {},
        "eq",
        {"eq": ["a"]},
        {"eq": [{"answer": "one"}, "a"], "ne": ["a", "b"]},
        {"like": [{"answer": "one"}, "a"]},
        {"and": []},
        {"answered": 3},
        {"eq": [{"meta": "mode"}, "a"]},
        {"in": [{"answer": "one"}, [1, 2]]},
        {"eq": [{"answer": "one"}, True]},
    ],
    ids=str,
)
def test_condition_that_says_nothing_is_refused(condition: object) -> None:
    with pytest.raises(InvalidConditionError):
        read_condition(condition)


def test_condition_nested_too_deep_is_refused() -> None:
    condition: dict[str, Any] = {"answered": "one"}
    for _ in range(50):
        condition = {"not": condition}

    with pytest.raises(InvalidConditionError, match="deep"):
        read_condition(condition)
