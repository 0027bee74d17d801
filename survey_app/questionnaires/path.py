"""The way through a questionnaire that given answers lead to."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.rules import META, Answers, Value, referred_questions


@dataclass(frozen=True, slots=True)
class Progress:
    """Question ``number`` of ``total``; None while the rest is not decided yet."""

    number: int
    total: int | None


def visible_pages(question_set: QuestionSet, answers: Answers) -> tuple[Page, ...]:
    """The pages on the path. Answers on pages that are off it decide nothing."""
    if not question_set.has_conditions:
        return question_set.pages
    return _walk(question_set, answers)[0]


def answers_on_path(question_set: QuestionSet, answers: Answers) -> Answers:
    """What decides about words and pages: no answer on a page that is not shown."""
    if not question_set.has_conditions:
        return answers
    return _walk(question_set, answers)[1]


def _walk(
    question_set: QuestionSet, answers: Answers
) -> tuple[tuple[Page, ...], dict[str, Value]]:
    said = {name: it for name, it in answers.items() if name.startswith(META)}
    pages = []
    for page in question_set.pages:
        if page.show_if is None or page.show_if.holds(said):
            pages.append(page)
            said.update((name, answers.get(name)) for name in page.answer_ids)
    return tuple(pages), said


def next_page(pages: tuple[Page, ...], page: Page) -> Page | None:
    place = pages.index(page) + 1
    return pages[place] if place < len(pages) else None


def previous_page(pages: tuple[Page, ...], page: Page) -> Page | None:
    place = pages.index(page)
    return pages[place - 1] if place else None


def is_reachable(pages: tuple[Page, ...], page: Page, answered: frozenset[str]) -> bool:
    """No question that must be answered may be jumped over."""
    if page not in pages:
        return False
    return not any(_misses(earlier, answered) for earlier in pages[: pages.index(page)])


def first_incomplete(
    pages: tuple[Page, ...], answered: frozenset[str], passed: str | None = None
) -> Page | None:
    """Where to go on: what must be answered, else what follows the last answer.

    ``passed`` is the page that was last sent, answered or not.

    None when there is nothing left but to check and send.
    """
    missing = next((page for page in pages if _misses(page, answered)), None)
    if missing is not None:
        return missing
    reached = [
        place
        for place, page in enumerate(pages)
        if page.id == passed or _holds_answer(page, answered)
    ]
    following = reached[-1] + 1 if reached else 0
    return pages[following] if following < len(pages) else None


def progress(
    question_set: QuestionSet, pages: tuple[Page, ...], page: Page
) -> Progress:
    number = _count_numbers(pages[: pages.index(page) + 1])
    total = _count_numbers(pages) if _is_decided(question_set, page) else None
    return Progress(number, total)


def _is_decided(question_set: QuestionSet, page: Page) -> bool:
    """Whether no later page still depends on what will be answered."""
    if not question_set.has_conditions:
        return True
    place = question_set.pages.index(page)
    known = {
        answer_id
        for past in question_set.pages[:place]
        for answer_id in past.answer_ids
    }
    later = question_set.pages[place + 1 :]
    return all(known.issuperset(referred_questions(page.show_if)) for page in later)


def _count_numbers(pages: Iterable[Page]) -> int:
    """Pages that carry the same number count once."""
    return len({page.number if page.number is not None else page.id for page in pages})


def _misses(page: Page, answered: frozenset[str]) -> bool:
    return any(
        answer_id not in answered
        for question in page.required
        for answer_id in question.answer_ids
    )


def _holds_answer(page: Page, answered: frozenset[str]) -> bool:
    return any(answer_id in answered for answer_id in page.answer_ids)
