"""A change to a question is harmless, a note, a break, or another question."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.comparison import Comparability, compare
from survey_app.questionnaires.comparison.questions import compare_question
from survey_app.questionnaires.question_set import (
    LayoutKind,
    Option,
    Question,
    QuestionAnalysis,
    QuestionSet,
    QuestionType,
)
from tests.questionnaires.builders import every_type
from tests.questionnaires.strategies import question_sets

SET = every_type()
OTHER = {"nl": "iets anders", "en": "something else"}


def option(code: str, **changes: Any) -> Option:
    return Option(code=code, label={"nl": code, "en": code}, **changes)


def relabelled(question: Question) -> tuple[Option, ...]:
    first, *others = question.options
    return (replace(first, label=OTHER), *others)


@pytest.mark.parametrize(
    ("question_id", "changes", "what"),
    [
        ("city", {}, "same"),
        ("city", {"max_length": 10}, "same"),
        ("city", {"title": OTHER}, "wording"),
        ("city", {"hint": OTHER}, "wording"),
        ("city", {"required": True}, "wording"),
        ("city", {"type": QuestionType.TEXT_LONG}, "meaning"),
        (
            "city",
            {"analysis": QuestionAnalysis(role="why_us", phase="buy")},
            "meaning",
        ),
        ("reason", {"options": relabelled(SET.questions["reason"])}, "wording"),
        ("reason", {"options": SET.questions["reason"].options[::-1]}, "wording"),
        ("reason", {"options": SET.questions["reason"].options[:2]}, "options"),
        (
            "reason",
            {"options": (*SET.questions["reason"].options, option("new"))},
            "options",
        ),
        ("reason", {"options": (option("x"), option("y"))}, "meaning"),
        ("important", {"options": (option("price"), option("new"))}, "options"),
        ("effort", {"options": SET.questions["effort"].options[:5]}, "meaning"),
        (
            "effort",
            {
                "low_label": SET.questions["effort"].high_label,
                "high_label": SET.questions["effort"].low_label,
            },
            "meaning",
        ),
        ("effort", {"low_label": OTHER}, "wording"),
        ("service", {"rows": (option("speed"), option("price"))}, "options"),
        ("service", {"rows": (option("a"), option("b"))}, "meaning"),
        ("service", {"options": SET.questions["recommend"].options}, "meaning"),
        ("visits", {"maximum": 5}, "options"),
        ("visited_on", {"latest": date(2040, 1, 1)}, "options"),
    ],
)
def test_the_gravest_change_decides(
    question_id: str, changes: dict[str, Any], what: str
) -> None:
    before = SET.questions[question_id]

    change = compare_question(before, replace(before, **changes), path=())

    assert change.what == what
    assert bool(change.reasons) is bool(changes)


def test_settings_pages_and_texts_are_compared_too() -> None:
    settings = replace(SET.settings, min_group=9, layout=LayoutKind.QUESTION_PER_PAGE)
    first, second, third, *rest = SET.pages
    pages = (first, third, replace(second, title=OTHER), *rest[1:])

    comparison = compare(
        SET, replace(SET, settings=settings, pages=pages, notice=OTHER)
    )

    assert [str(sentence) for sentence in comparison.frame] == [
        "“notice” changed.",
        "The setting “layout” was page and is question_per_page.",
        "The setting “min_group” was 8 and is 9.",
        "The page “more” is gone.",
        "The pages are in a different order.",
        "The page “opinion” has a different heading or number.",
    ]
    assert comparison.comparability["why"] == "removed"


def test_a_text_changed_in_one_language_warns_of_the_other() -> None:
    title = {**SET.title, "nl": "Alle vragen"}

    comparison = compare(SET, replace(SET, title=title))

    assert [(each.code, each.place) for each in comparison.warnings] == [
        ("W_TRANSLATION_STALE", "title.en")
    ]


@given(question_sets(), st.data())
def test_a_set_compared_with_itself_is_the_same(
    question_set: QuestionSet, data: st.DataObject
) -> None:
    comparison = compare(question_set, question_set)

    assert not comparison.differs
    assert comparison.refused == comparison.warnings == ()
    other = data.draw(question_sets())
    found = {change.what for change in compare(question_set, other).questions}
    assert found <= set(Comparability)


def test_new_settings_are_told_as_what_they_were_and_are() -> None:
    longer = replace(SET.settings.retention, max_days=900)
    settings = replace(
        SET.settings, edit_after_submit=not SET.settings.edit_after_submit
    )
    after = replace(
        SET, touchpoints="own", settings=replace(settings, retention=longer)
    )

    told = [str(each) for each in compare(SET, after).frame]

    assert told == [
        "“touchpoints” changed.",
        "The setting “edit_after_submit” was false and is true.",
        "The setting “max_days” was – and is 900.",
    ]
