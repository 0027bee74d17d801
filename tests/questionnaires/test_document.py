"""A text changed as plain data says what the data says, and keeps its comments."""

import tomllib
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.document import (
    UnreadableSourceError,
    read_source,
    rewritten,
    written,
)
from tests.factories import STANDARD
from tests.questionnaires.builders import EVERY_TYPE

KEYS = st.sampled_from(["id", "code", "title", "pages", "questions", "options", "when"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = TEXTS | st.integers(-9, 9) | st.booleans()
DATA = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=3),
    lambda inner: st.dictionaries(
        KEYS, SCALARS | inner | st.lists(inner, max_size=3), max_size=4
    ),
    max_leaves=12,
)


def standard() -> dict[str, Any]:
    return tomllib.loads(STANDARD)


@pytest.mark.parametrize("source", [STANDARD, EVERY_TYPE])
def test_a_text_that_says_it_already_stays_as_it_is(source: str) -> None:
    assert rewritten(source, tomllib.loads(source)) == source


def test_one_changed_word_changes_one_line() -> None:
    data = standard()
    data["pages"][0]["questions"][0]["options"][2]["label"]["nl"] = "Via een vriend"

    text = rewritten(STANDARD, data)

    changed = set(text.splitlines()) ^ set(STANDARD.splitlines())
    assert len(changed) == 2
    assert all("word_of_mouth" in line for line in changed)


def test_pages_that_change_places_keep_their_comments() -> None:
    data = standard()
    pages = data["pages"]
    pages[1], pages[4] = pages[4], pages[1]

    text = rewritten(STANDARD, data)

    assert tomllib.loads(text) == data
    assert sorted(text.splitlines()) == sorted(STANDARD.splitlines())


def test_a_question_with_another_id_stays_in_its_place() -> None:
    data = standard()
    data["pages"][0]["questions"][0]["id"] = "q1_v2"

    text = rewritten(STANDARD, data)

    assert text == STANDARD.replace('id = "q1_found_us"', 'id = "q1_v2"', 1)


def test_what_cannot_be_read_says_where() -> None:
    with pytest.raises(UnreadableSourceError, match="line 2"):
        read_source('id = "x"\n= nonsense')


@given(DATA, DATA)
def test_any_data_can_be_written_over_any_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    source = written(before)

    assert tomllib.loads(source) == before
    assert tomllib.loads(rewritten(source, after)) == after


@given(st.data())
def test_any_rearranging_of_pages_is_what_was_asked(data: st.DataObject) -> None:
    asked = tomllib.loads(EVERY_TYPE)
    order = data.draw(st.permutations(range(len(asked["pages"]))))
    kept = order[: data.draw(st.integers(0, len(order)))]
    asked["pages"] = [deepcopy(asked["pages"][place]) for place in kept]

    assert tomllib.loads(rewritten(EVERY_TYPE, asked)) == asked
