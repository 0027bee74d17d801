"""Forms of the editor as plain data: what is typed is kept, what is not stays."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from survey_app.questionnaires.editing.differences import Difference, differences
from survey_app.questionnaires.editing.lists import Press, name_of
from survey_app.questionnaires.editing.outline import apply_outline
from survey_app.questionnaires.editing.parts import NoSuchPartError, Place
from survey_app.questionnaires.editing.question_form import apply_question_form
from survey_app.questionnaires.editing.renaming import give_new_id
from survey_app.questionnaires.editing.rule_rows import (
    Row,
    Rows,
    condition_of,
    rows_of,
)
from survey_app.questionnaires.reading.conditions import read_condition

TYPES = {"bought": "choice", "channels": "multi", "grade": "scale", "why": "text_long"}
CODES = st.sampled_from(["yes", "no", "3"])
ASKED = st.sampled_from([*TYPES, "meta:language"])


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        asked = draw(ASKED)
        test = draw(st.sampled_from(["is", "isnt"]))
        if asked in TYPES:
            test = draw(
                st.sampled_from(["is", "isnt", "answered", "unanswered", "only"])
            )
        if TYPES.get(asked) == "scale":
            test = draw(st.sampled_from(["ge", "le", "gt", "lt"]))
        values = draw(st.lists(CODES, min_size=1, max_size=2, unique=True))
        if test in {"answered", "unanswered"}:
            values = []
        if test in {"ge", "le", "gt", "lt"}:
            values = ["3"]
        found.append(Row(asked, test, tuple(values)))
    return Rows(draw(st.sampled_from(["and", "or"])), tuple(found))


def question_after(question: dict[str, Any], **posted: Any) -> dict[str, Any]:
    form = MultiDict({name.replace("__", "."): value for name, value in posted.items()})
    apply_question_form(question, form, languages=("nl", "en"), types=TYPES)
    return question


@given(rows())
def test_rows_become_a_condition_and_rows_again(said: Rows) -> None:
    condition = condition_of(said, TYPES)

    if condition is None:
        assert said.rows == ()
        return
    read_condition(condition)  # one that the program can read
    read = rows_of(condition)
    assert read is not None
    assert read.rows == said.rows
    assert len(said.rows) < 2 or read.joint == said.joint


@pytest.mark.parametrize(
    "condition",
    [
        {"not": {"and": [{"answered": "bought"}]}},
        {"and": [{"or": [{"answered": "bought"}]}]},
        {"eq": [{"count": "channels"}, 2]},
        {"eq": [{"answer": "grade"}, {"answer": "why"}]},
        "nonsense",
        {"eq": "nonsense"},
        {},
    ],
)
def test_what_rows_cannot_say_is_left_alone(condition: object) -> None:
    variant = {"when": condition, "title": {"nl": "Oud", "en": "Old"}}
    question: dict[str, Any] = {"id": "q", "type": "text_long", "variants": [variant]}

    question_after(question, variants__0__title__nl="Nieuw", action="save")

    assert rows_of(condition) is None
    assert question["variants"][0]["when"] == condition
    assert question["variants"][0]["title"] == {"nl": "Nieuw", "en": "Old"}


def test_an_id_and_a_code_are_made_of_the_words() -> None:
    question: dict[str, Any] = {"type": "choice", "options": [{}, {"code": "yes"}]}

    question_after(
        question,
        id="",
        title__nl="Wat vond u ervan?",
        title__en="What did you think of it?",
        options__0__code="",
        options__0__label__en="Yes!",
        options__1__code="yes",
        options__1__label__en="Yes, very",
    )

    assert question["id"] == "what_did_you_think"
    assert [option["code"] for option in question["options"]] == ["yes_1", "yes"]


@pytest.mark.parametrize(
    ("words", "name"),
    [("Één idee", "een_idee"), ("3 keer", "option_3_keer"), ("日本", "option")],
)
def test_names_are_plain_letters(words: str, name: str) -> None:
    assert name_of(words, set(), "option") == name


def test_another_type_keeps_what_it_can_use() -> None:
    options = [{"code": "a", "label": {"nl": "A"}}, {"code": "b", "label": {"nl": "B"}}]
    question: dict[str, Any] = {"id": "q", "type": "choice", "options": options}

    assert question_after(question, type="multi")["options"] == options
    assert "options" not in question_after(question, type="text_long")
    assert question_after(question, type="scale")["points"] == [1, 5]


def test_a_number_that_is_none_stays_as_it_was_typed() -> None:
    question = question_after({"id": "q", "type": "number"}, minimum="tien")

    assert question["minimum"] == "tien"


def test_a_text_box_moves_to_the_option_it_belongs_to() -> None:
    detail = {"label": {"nl": "Namelijk", "en": "Please say"}}
    question: dict[str, Any] = {
        "id": "q",
        "type": "choice",
        "detail": detail,
        "options": [{"code": "a"}, {"code": "other"}],
    }

    question_after(question, detail__where="option:other")

    assert "detail" not in question
    assert question["options"][1]["detail"] == detail


def test_a_matrix_is_answered_with_options_or_with_points() -> None:
    question: dict[str, Any] = {"id": "q", "type": "matrix", "options": [{"code": "a"}]}

    assert question_after(question, columns="points")["points"] == [1, 5]
    assert "options" not in question
    assert len(question_after(question, columns="options")["options"]) == 2
    assert "points" not in question


def test_a_question_moves_past_the_end_of_its_page() -> None:
    data: dict[str, Any] = {
        "pages": [
            {"id": "one", "questions": [{"id": "a"}]},
            {"id": "two", "questions": [{"id": "b"}]},
        ]
    }

    apply_outline(data, Press.read("down:pages.1:0"))

    assert data == {"pages": [{"id": "two", "questions": [{"id": "a"}, {"id": "b"}]}]}


def test_a_new_page_gets_an_id_of_its_own_and_a_question() -> None:
    data: dict[str, Any] = {"pages": [{"id": "page_1", "questions": []}]}

    place = apply_outline(data, Press.read("add:page"))

    assert place == Place(2, 1)
    assert data["pages"][1]["id"] == "page_2"


@given(st.text(max_size=40))
def test_no_button_is_too_odd(sent: str) -> None:
    data: dict[str, Any] = {"pages": [{"id": "p", "questions": [{"id": "a"}]}]}

    try:
        apply_outline(data, Press.read(sent))
    except NoSuchPartError:
        assert "pages." in sent or "question" in sent


def test_a_new_id_reaches_rules_and_texts() -> None:
    when = {"and": [{"answered": "a"}, {"ge": [{"count": "a"}, 2]}]}
    data: dict[str, Any] = {
        "pages": [
            {"questions": [{"id": "a"}, {"id": "ab"}]},
            {
                "show_if": when,
                "questions": [{"id": "c", "title": {"nl": "{a|x} {ab}"}}],
            },
        ]
    }

    assert give_new_id(data, "a") == "a_v2"

    assert when == {"and": [{"answered": "a_v2"}, {"ge": [{"count": "a_v2"}, 2]}]}
    assert data["pages"][1]["questions"][0]["title"]["nl"] == "{a_v2|x} {ab}"
    assert give_new_id(data, "a_v2") == "a_v3"
    assert give_new_id(data, "unknown") is None


def test_differences_name_the_place() -> None:
    mine = {"title": {"nl": "Mijn"}, "options": [{"code": "a"}]}
    theirs = {"title": {"nl": "Hun"}, "options": [{"code": "a"}], "required": True}

    assert differences(mine, theirs) == [
        Difference("title.nl", "Mijn", "Hun"),
        Difference("required", "", "True"),
    ]
