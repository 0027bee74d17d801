"""The pages of a file as pages on the screen: as written, one a question, or one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from survey_app.questionnaires.question_set import (
    LayoutKind,
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.vocabulary import RESERVED_PAGE_IDS


def laid_out(question_set: QuestionSet) -> QuestionSet:
    """The same questions on the pages that the layout asks for.

    Laying out what is laid out already changes nothing.
    """
    kind = question_set.settings.layout
    if kind is LayoutKind.QUESTION_PER_PAGE:
        return replace(question_set, pages=_one_a_question(question_set.pages))
    if kind is LayoutKind.SINGLE_PAGE and len(question_set.pages) > 1:
        return replace(question_set, pages=(_single_page(question_set),))
    return question_set


def _one_a_question(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    taken = {page.id for page in pages}
    laid: list[Page] = []
    for page in pages:
        groups = list(_groups(page))
        if len(groups) <= 1:
            laid.append(page)
            continue
        for group in groups:
            name = _free_name(group[-1].id, taken)
            laid.append(replace(page, id=name, questions=group))
    return tuple(laid)


def _groups(page: Page) -> Iterator[tuple[Question, ...]]:
    """Each question by itself; what is only read stays with what follows it."""
    group: list[Question] = []
    for question in page.questions:
        group.append(question)
        if question.type is not QuestionType.INFO:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _single_page(question_set: QuestionSet) -> Page:
    """One page; the titles of the pages are headings between the questions."""
    taken = {question.id for page in question_set.pages for question in page.questions}
    questions: list[Question] = []
    for page in question_set.pages:
        if page.title is not None:
            name = _free_name(f"{page.id}_heading", taken)
            heading = Question(id=name, type=QuestionType.INFO, title=page.title)
            questions.append(heading)
        questions.extend(page.questions)
    return Page(
        id=question_set.pages[0].id,
        title=question_set.title,
        questions=tuple(questions),
    )


def _free_name(wanted: str, taken: set[str]) -> str:
    names = (wanted if n == 1 else f"{wanted}_{n}" for n in count(1))
    name = next(n for n in names if n not in taken and n not in RESERVED_PAGE_IDS)
    taken.add(name)
    return name
