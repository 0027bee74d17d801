"""Out and back again: what a format can carry comes home the same."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.exchange.drafting import Conversion
from survey_app.exchange.losses import Loss
from survey_app.exchange.markers import ONE_LEFT_OUT, OTHERS_LEFT_OUT
from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.exchange.xlsform.reading import read_xlsform
from survey_app.exchange.xlsform.writing import write_xlsform
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import (
    inspect_question_set,
    shipped_question_set,
)
from survey_app.questionnaires.writing import write_question_set
from tests.exchange.comparing import (
    as_written,
    asks_what_no_format_knows,
    carried,
    is_lost_on_the_way,
    shown_for,
)
from tests.questionnaires.builders import EVERY_KIND, EVERY_TYPE
from tests.questionnaires.strategies import answers_to, question_sets

Write = Callable[[QuestionSet], tuple[bytes, tuple[Loss, ...]]]
Read = Callable[[bytes], Conversion]
FORMATS = [
    pytest.param(write_xlsform, read_xlsform, id="xlsform"),
    pytest.param(write_surveyjs, read_surveyjs, id="surveyjs"),
]
WITH_WORDINGS = [
    pytest.param(shipped_question_set(f"{name}_v1.toml"), id=name)
    for name in ("standard", "after_purchase", "after_contact")
] + [
    pytest.param(EVERY_KIND, id="every_kind"),
    pytest.param(EVERY_TYPE, id="every_type"),
]
SLOW = settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize(("write", "read"), FORMATS)
@SLOW
@given(question_set=question_sets())
def test_questions_come_back_the_same(
    write: Write, read: Read, question_set: QuestionSet
) -> None:
    content, _losses = write(question_set)

    back = read(content).question_set

    assert carried(back) == carried(question_set)


@pytest.mark.parametrize(("write", "read"), FORMATS)
@SLOW
@given(data=st.data(), question_set=question_sets())
def test_conditions_come_back_with_the_same_meaning(
    write: Write, read: Read, data: st.DataObject, question_set: QuestionSet
) -> None:
    content, losses = write(question_set)
    back = read(content)
    answers = data.draw(answers_to(question_set))
    told = {loss.place for loss in (*losses, *back.losses)}

    for before, after in zip(question_set.pages, back.question_set.pages, strict=True):
        if before.show_if is None:
            assert after.show_if is None
        elif asks_what_no_format_knows(before.show_if) or after.show_if is None:
            assert before.id in told
        else:
            assert before.show_if.holds(answers) == after.show_if.holds(answers)


@pytest.mark.parametrize(("write", "read"), FORMATS)
@SLOW
@given(data=st.data(), question_set=question_sets())
def test_other_wordings_come_back_for_the_same_answers(
    write: Write, read: Read, data: st.DataObject, question_set: QuestionSet
) -> None:
    content, losses = write(question_set)
    back = read(content)
    answers = data.draw(answers_to(question_set))
    told = {
        loss.place for loss in (*losses, *back.losses) if loss.sentence == ONE_LEFT_OUT
    }

    for before in question_set.questions.values():
        after = back.question_set.questions[before.id]
        if any(is_lost_on_the_way(v.when, question_set) for v in before.variants):
            assert before.id in told
        else:
            assert before.id not in told
            assert shown_for(after, answers) == shown_for(before, answers)


@pytest.mark.parametrize(("write", "read"), FORMATS)
@pytest.mark.parametrize("source", WITH_WORDINGS)
def test_every_wording_comes_back(write: Write, read: Read, source: str) -> None:
    question_set = as_written(source)

    content, losses = write(question_set)
    back = read(content).question_set

    assert [
        [(part.title, part.hint) for part in question.variants]
        for question in back.questions.values()
    ] == [
        [(part.title, part.hint) for part in question.variants]
        for question in question_set.questions.values()
    ]
    told = [loss.sentence for loss in losses]
    assert ONE_LEFT_OUT not in told
    assert OTHERS_LEFT_OUT not in told


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_every_type_comes_back_as_a_file_that_is_valid(
    write: Write, read: Read
) -> None:
    question_set = as_written(EVERY_TYPE)

    content, losses = write(question_set)
    back = read(content)

    assert carried(back.question_set) == carried(question_set)
    assert inspect_question_set(write_question_set(back.question_set)).errors == ()
    places = {loss.place for loss in losses}
    assert places >= {"settings", "consent", "organisation", "order", "why"}
