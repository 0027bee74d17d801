"""Whatever is answered, the path ends and progress does not go back."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.path import (
    Progress,
    answers_on_path,
    first_incomplete,
    is_reachable,
    next_page,
    previous_page,
    progress,
    visible_pages,
)
from survey_app.questionnaires.question_set import Page
from survey_app.questionnaires.reading import read_question_set, shipped_question_set
from survey_app.questionnaires.rules import Value
from tests.questionnaires.builders import every_kind
from tests.questionnaires.strategies import answers_to, question_sets, values_of


@given(st.data())
def test_path_ends_and_progress_never_goes_back(data: st.DataObject) -> None:
    question_set = laid_out(data.draw(question_sets()))
    answers: dict[str, Value] = {"meta:language": "nl"}
    page: Page | None = visible_pages(question_set, answers)[0]
    seen: list[Progress] = []
    visited = []

    while page is not None:
        seen.append(progress(question_set, visible_pages(question_set, answers), page))
        visited.append(page.id)
        for question in page.questions:
            for answer_id in question.answer_ids:
                answers[answer_id] = data.draw(values_of(question))
        page = next_page(visible_pages(question_set, answers), page)

    assert len(visited) == len(set(visited)) <= len(question_set.pages)
    numbers = [step.number for step in seen]
    assert numbers == sorted(numbers)
    totals = [step.total for step in seen if step.total is not None]
    assert len(set(totals)) <= 1
    assert all(step.total is None or step.number <= step.total for step in seen)


@given(st.data())
def test_every_visible_page_is_reached_by_going_on(data: st.DataObject) -> None:
    question_set = laid_out(data.draw(question_sets()))
    answers = data.draw(answers_to(question_set))
    pages = visible_pages(question_set, answers)
    everything = frozenset(question_set.questions_by_answer)

    page, reached = pages[0], [pages[0]]
    while (following := next_page(pages, page)) is not None:
        assert previous_page(pages, following) is page
        page = following
        reached.append(page)

    assert tuple(reached) == pages
    assert all(is_reachable(pages, page, everything) for page in pages)


@given(st.data())
def test_answers_off_the_path_decide_nothing(data: st.DataObject) -> None:
    question_set = laid_out(data.draw(question_sets()))
    answers = data.draw(answers_to(question_set))
    pages = visible_pages(question_set, answers)
    shown = {name for page in pages for name in page.answer_ids}

    off_path = {
        answer_id: data.draw(st.none() | values_of(question))
        for answer_id, question in question_set.questions_by_answer.items()
        if answer_id not in shown
    }
    otherwise = {**answers, **off_path}

    assert visible_pages(question_set, otherwise) == pages
    on_path = answers_on_path(question_set, answers)
    again = answers_on_path(question_set, otherwise)
    for question in question_set.questions.values():
        assert question.wording(again) == question.wording(on_path)


@given(st.data())
def test_who_answered_what_must_be_answered_goes_on_to_the_end(
    data: st.DataObject,
) -> None:
    question_set = laid_out(data.draw(question_sets()))
    answers = data.draw(answers_to(question_set))
    pages = visible_pages(question_set, answers)
    answered = frozenset(name for name, said in answers.items() if said is not None)

    page = first_incomplete(pages, answered)

    if page is not None:
        assert is_reachable(pages, page, answered)
    assert first_incomplete(pages, frozenset(question_set.questions_by_answer)) in {
        None,
        *(page for page in pages if not page.answer_ids),
    }


def test_a_page_is_shown_when_an_earlier_answer_calls_for_it() -> None:
    question_set = every_kind()
    said_yes = {"returned": "yes"}

    with_page = visible_pages(question_set, said_yes)
    without = visible_pages(question_set, {"returned": "no"})

    assert [page.id for page in with_page if page not in without] == ["returning"]


def test_total_is_hidden_while_the_path_is_not_decided() -> None:
    question_set = every_kind()
    pages = visible_pages(question_set, {})

    steps = [progress(question_set, pages, page) for page in pages]

    assert [(step.number, step.total) for step in steps] == [
        (1, None),
        (2, None),
        (3, None),
        (4, 5),
        (5, 5),
    ]


def test_standard_set_counts_eight_questions_on_nine_pages() -> None:
    question_set = read_question_set(shipped_question_set("standard_v1.toml"))
    pages = visible_pages(question_set, {})

    steps = [progress(question_set, pages, page) for page in pages]

    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6, 6, 7, 8]
    assert {step.total for step in steps} == {8}


def test_going_on_starts_after_the_last_answer_but_not_past_what_is_required() -> None:
    question_set = every_kind()
    pages = visible_pages(question_set, {})

    found = [
        page and page.id
        for page in (
            first_incomplete(pages, frozenset()),
            first_incomplete(pages, frozenset({"ease"})),
            first_incomplete(pages, frozenset({"shop", "channels"})),
            first_incomplete(pages, frozenset({"shop", "ease"})),
        )
    ]

    assert found == ["name", "name", "returned", "last"]
    assert previous_page(pages, pages[0]) is None
