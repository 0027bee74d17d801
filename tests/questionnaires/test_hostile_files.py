"""Whatever a file holds, reading it ends in a question set or in one kind of error."""

import json
from contextlib import suppress
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.reading import inspect_question_set, read_question_set
from survey_app.questionnaires.writing.toml_text import assignment_lines
from tests.questionnaires.builders import EVERY_KIND, EVERY_TYPE

WORDS = ("id", "type", "pages", "questions", "options", "show_if", "eq", "answer")
KEYS = st.sampled_from(WORDS) | st.text("abc_", min_size=1, max_size=4)
PLAIN = (
    st.text(max_size=20)
    | st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.dates()
    | st.sampled_from([*WORDS, "choice", "matrix", "q1", "nl"])
)
TREES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=20,
)
BROKEN = [
    "x = " + "[" * 5_000,
    "x = " + "{a=" * 5_000,
    "x = " + "9" * 5_000,
    "x = 0x" + "f" * 5_000,
    "minutes = 0x" + "f" * 5_000,
    "a." * 100_000 + "b = 1",
    "'a' . " * 50_000 + "b = 1",
    "[" + "a." * 5_000 + "b]",
    'x = "\\ud800"',
    'x = "\ud800"',
    "\ufeffformat = 1",
    "format = 1\x00",
    "format = inf\nminutes = nan",
    "format = 1979-05-27 07:32:00",
    '"" = 1\n"a.b" = 2\n"\\U0001F600" = 3',
    "pages = [[], {}]",
    "pages = [{questions = [{options = [{code = [], label = 1}]}]}]",
    "thanks = 3\nsettings = 4\nconsent = []\nnotice = 5",
]


@pytest.mark.parametrize("source", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_question_set_is_said_to_be_none(source: str) -> None:
    with pytest.raises(InvalidQuestionSetError) as error:
        read_question_set(source)

    assert all(problem.line for problem in error.value.problems)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidQuestionSetError):
        read_question_set(content.decode("utf-8", "replace"))


@given(st.dictionaries(KEYS, TREES, max_size=6))
def test_random_trees_are_refused(tree: dict[str, Any]) -> None:
    source = "\n".join(assignment_lines({json.dumps(k): v for k, v in tree.items()}))

    with pytest.raises(InvalidQuestionSetError):
        read_question_set(source)


@given(st.data())
def test_a_file_with_a_passage_damaged_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EVERY_TYPE)))
    end = data.draw(st.integers(start, min(start + 60, len(EVERY_TYPE))))
    put = data.draw(st.text(max_size=10) | st.sampled_from(['"', "]", "{", "\n"]))

    with suppress(InvalidQuestionSetError):
        read_question_set(EVERY_TYPE[:start] + put + EVERY_TYPE[end:])


@given(st.data())
def test_a_value_replaced_by_another_is_placed(data: st.DataObject) -> None:
    lines = EVERY_TYPE.split("\n")
    places = [n for n, line in enumerate(lines) if " = " in line and line[0] != " "]
    number = data.draw(st.sampled_from(places))
    key = lines[number].split(" = ", 1)[0]
    lines[number] = "\n".join(assignment_lines({key: data.draw(TREES)}))

    reading = inspect_question_set("\n".join(lines))

    assert all(problem.line and problem.column for problem in reading.problems)


CHOICE = """
[[pages]]
id = "p{number}"
{show_if}

[[pages.questions]]
id = "q{number}"
type = "yes_no"
title = {{ nl = "Vraag {number}", en = "Question {number}" }}
"""


def test_a_file_full_of_conditions_is_read_in_reasonable_time() -> None:
    head, *_pages = EVERY_KIND.split("[[pages]]")
    pages = [CHOICE.format(number=0, show_if="")]
    for number in range(1, 300):
        earlier = range(max(0, number - 7), number)
        parts = (f'{{ eq = [{{ answer = "q{n}" }}, "yes"] }}' for n in earlier)
        show_if = f"show_if = {{ or = [{', '.join(parts)}] }}"
        pages.append(CHOICE.format(number=number, show_if=show_if))

    started = process_time()
    reading = inspect_question_set(head + "".join(pages))

    assert (reading.problems, process_time() - started < 10) == ((), True)
