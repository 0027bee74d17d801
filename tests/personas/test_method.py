import pytest
from flask import Flask

from survey_app.personas.method import (
    Attempt,
    DroppedGroup,
    GateLine,
    UsedVariable,
    list_attempts,
    list_dropped,
    list_used,
    people_needed,
)


def gate(k: int, name: str, **facts: object) -> dict[str, object]:
    plain = {"passed": True, "figure": 1.0, "threshold": 0.5}
    return {"k": k, "name": name, **plain, **facts}


def test_gates_are_listed_for_each_number_of_groups(app: Flask) -> None:
    report = {
        "gates": [
            gate(3, "bic", passed=False, figure=-12.3, threshold=0.0),
            gate(3, "stability", passed=None, figure=None, threshold=0.6),
            gate(2, "class_share", figure=0.42, threshold=0.1),
        ]
    }

    with app.test_request_context(headers={"Accept-Language": "en"}):
        attempts = list_attempts(report)

    refused, passed = attempts
    assert (refused.k, refused.passed) == (3, False)
    assert [(g.figure, g.threshold, g.passed) for g in refused.gates] == [
        ("−12", "0", False),
        ("–", "0.60", None),
    ]
    words = "The smallest group is a fair share of all"
    assert passed == Attempt(2, (GateLine(words, "42%", "10%", passed=True),))


@pytest.mark.parametrize(
    ("gates", "needed"),
    [
        ([gate(3, "base", figure=12, threshold=150)], 0),
        ([gate(2, "base", figure=12, threshold=60)], 48),
        ([gate(2, "base", figure=80, threshold=60)], 0),
        ([], 0),
    ],
)
def test_people_needed_counts_up_to_two_groups(
    gates: list[dict[str, object]], needed: int
) -> None:
    assert people_needed({"gates": gates}) == needed


def test_variables_are_said_in_words(app: Flask) -> None:
    report = {
        "used": [
            {"key": "factor:price", "levels": ["no", "yes"]},
            {"key": "feeling:delivery", "levels": ["none", "negative"]},
            {"key": "time", "levels": ["under_5", "other"]},
        ],
        "dropped": [
            {"variable": "touchpoint:app", "reason": "rare", "figure": 0.04},
            {"variable": "found", "reason": "unanswered", "figure": 0.1},
        ],
    }

    with app.test_request_context(headers={"Accept-Language": "en"}):
        used, dropped = list_used(report), list_dropped(report)

    assert used == [
        UsedVariable("Decided by price", ()),
        UsedVariable(
            "Feeling at delivery",
            ("No strong feeling at delivery", "Negative about delivery"),
        ),
        UsedVariable(
            "Time on the website",
            ("Less than 5 minutes on the website", "Time on the website: other"),
        ),
    ]
    assert dropped == [
        DroppedGroup("answered by too few", ("Found what they looked for",)),
        DroppedGroup("named by too few or by nearly all", ("Speaks of app",)),
    ]
