from dataclasses import replace

import pytest
from flask import Flask

from survey_app.dashboard.steps import Workspace, list_steps, next_action

EMPTY = Workspace(
    questionnaires=0,
    people=0,
    waves=0,
    unread=0,
    personas=0,
    derived=False,
    touchpoints=0,
    worst=None,
)
OPEN = replace(EMPTY, questionnaires=1)
FIRST = replace(OPEN, people=3, waves=1)
SOME = replace(FIRST, people=40, touchpoints=4, worst="delivery")
MANY = replace(SOME, people=80)
COMPLETE = replace(MANY, waves=2, derived=True, personas=2)


@pytest.fixture(autouse=True)
def _english(app: Flask) -> object:
    with app.test_request_context(headers={"Accept-Language": "en"}) as context:
        yield context


@pytest.mark.parametrize(
    ("workspace", "expected"),
    [
        (EMPTY, "todo later todo todo todo later later todo"),
        (OPEN, "done later todo todo todo later later todo"),
        (FIRST, "done later busy busy busy later later busy"),
        (SOME, "done later busy done done later later busy"),
        (COMPLETE, "done later done done done later later done"),
    ],
)
def test_steps_show_where_the_workspace_is(workspace: Workspace, expected: str) -> None:
    states = [step.state.value for step in list_steps(workspace)]

    assert " ".join(states) == expected


@pytest.mark.parametrize(
    ("workspace", "expected"),
    [
        (EMPTY, "Open the questionnaire"),
        (OPEN, "Share the questionnaire"),
        (replace(FIRST, unread=9), "Wait a moment"),
        (FIRST, "Ask more customers"),
        (SOME, "Read what customers say"),
        (MANY, "Look for personas"),
        (COMPLETE, "Read what customers say"),
    ],
)
def test_there_is_one_thing_to_do_next(workspace: Workspace, expected: str) -> None:
    assert next_action(workspace).title == expected


@pytest.mark.parametrize(
    ("workspace", "expected"),
    [
        (FIRST, "3 of the 60 people that personas need"),
        (MANY, "Enough people to look for personas."),
        (replace(MANY, derived=True), "The answers point at one group of customers."),
        (COMPLETE, "2 personas"),
    ],
)
def test_profiles_say_how_far_they_are(workspace: Workspace, expected: str) -> None:
    assert list_steps(workspace)[2].words == expected
