"""What is written reads as what it was."""

from dataclasses import asdict

import pytest
from hypothesis import given

from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import (
    inspect_question_set,
    read_question_set,
    shipped_question_set,
)
from survey_app.questionnaires.writing import write_question_set
from tests.questionnaires.builders import EVERY_KIND, EVERY_TYPE
from tests.questionnaires.strategies import question_sets


@pytest.mark.parametrize(
    "source",
    [EVERY_KIND, EVERY_TYPE, shipped_question_set("standard_v1.toml")],
    ids=["every kind", "every type", "standard"],
)
def test_a_file_written_again_reads_the_same(source: str) -> None:
    question_set = read_question_set(source)

    again = read_question_set(write_question_set(question_set))

    assert asdict(again) == asdict(question_set)


@given(question_sets())
def test_any_question_set_reads_as_it_was_written(question_set: QuestionSet) -> None:
    reading = inspect_question_set(write_question_set(question_set))

    assert reading.errors == ()
    assert reading.question_set is not None
    assert asdict(reading.question_set) == asdict(question_set)


@given(question_sets())
def test_laying_out_twice_is_laying_out_once(question_set: QuestionSet) -> None:
    once = laid_out(question_set)

    again = read_question_set(write_question_set(once))

    assert asdict(again) == asdict(once)


def test_what_goes_without_saying_is_not_written() -> None:
    written = write_question_set(read_question_set(EVERY_KIND))

    assert "[settings]" not in written
    assert "required = false" not in written
    assert "points = [1, 5]" in written
