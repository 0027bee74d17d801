"""Whatever is answered, the path ends and progress does not go back."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.path import (
    Progress,
    first_incomplete,
    is_reachable,
    next_page,
    previous_page,
    progress,
    visible_pages,
)
from survey_app.questionnaires.question_set import Page, Question, QuestionSet
from survey_app.questionnaires.question_set import QuestionType as Kind
from survey_app.questionnaires.reading import read_question_set, shipped_question_set
from survey_app.questionnaires.rules import AnswerTo, Comparison, Literal, Value
from tests.questionnaires.builders import every_kind

TEXT = {"nl": "tekst", "en": "text"}


@st.composite
def question_sets(draw: st.DrawFn) -> QuestionSet:
    """Up to ten pages; each may depend on any question before it."""
    pages = []
    for number in range(draw(st.integers(1, 10))):
        condition = None
        if number and draw(st.booleans()):
            earlier = f"q{draw(st.integers(0, number - 1))}"
            condition = Comparison("eq", AnswerTo(earlier), Literal("a"))
        question = Question(
            id=f"q{number}",
            type=Kind.CHOICE,
            title=TEXT,
            required=draw(st.booleans()),
        )
        shared = draw(st.one_of(st.none(), st.integers(1, 3)))
        pages.append(
            Page(
                id=f"p{number}",
                questions=(question,),
                show_if=condition,
                number=shared,
            )
        )
    return QuestionSet(
        id="made",
        version="1.0.0",
        languages=("nl", "en"),
        title=TEXT,
        notice=TEXT,
        privacy=TEXT,
        thanks_title=TEXT,
        thanks_text=TEXT,
        pages=tuple(pages),
    )


@given(question_sets(), st.lists(st.sampled_from(["a", "b"]), min_size=10, max_size=10))
def test_path_ends_and_progress_never_goes_back(
    question_set: QuestionSet, choices: list[str]
) -> None:
    answers: dict[str, Value] = {}
    page: Page | None = question_set.pages[0]
    if page is not None and page.show_if is not None:
        return
    seen: list[Progress] = []
    visited = []

    while page is not None:
        seen.append(progress(question_set, visible_pages(question_set, answers), page))
        visited.append(page.id)
        answers[page.questions[0].id] = choices[len(visited) - 1]
        page = next_page(visible_pages(question_set, answers), page)

    assert len(visited) == len(set(visited)) <= len(question_set.pages)
    numbers = [step.number for step in seen]
    assert numbers == sorted(numbers)
    totals = [step.total for step in seen if step.total is not None]
    assert len(set(totals)) <= 1
    assert (
        first_incomplete(visible_pages(question_set, answers), frozenset(answers))
        is None
    )


@given(
    question_sets(),
    st.dictionaries(
        st.from_regex("q[0-9]", fullmatch=True), st.sampled_from(["a", "b"])
    ),
)
def test_every_visible_page_is_reachable_once_what_is_required_is_answered(
    question_set: QuestionSet, answers: dict[str, Value]
) -> None:
    pages = visible_pages(question_set, answers)
    everything = frozenset(question_set.questions)

    assert all(is_reachable(pages, page, everything) for page in pages)


def test_answers_on_a_page_off_the_path_decide_nothing() -> None:
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
