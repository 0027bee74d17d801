"""Every text that respondents read, with its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.questionnaires.problems import Path
from survey_app.questionnaires.question_set import (
    Option,
    Page,
    Question,
    QuestionSet,
    Texts,
)

# Nothing of these is shown, and pages mark their gaps with the first.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Position = tuple[int, int]  # page, question on it; -1 is the page itself


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text in all languages. ``position`` is None where nothing is filled in."""

    path: Path
    texts: Texts
    position: Position | None = None


def texts_of(question_set: QuestionSet) -> Iterator[PlacedText]:
    yield from _frame(question_set)
    for number, page in enumerate(question_set.pages):
        yield from page_texts(page, number)
    after_all = (len(question_set.pages), -1)
    yield PlacedText(("thanks", "title"), question_set.thanks_title, after_all)
    yield PlacedText(("thanks", "text"), question_set.thanks_text, after_all)


def page_texts(page: Page, number: int) -> Iterator[PlacedText]:
    path: Path = ("pages", number)
    if page.title is not None:
        yield PlacedText((*path, "title"), page.title, (number, -1))
    for order, question in enumerate(page.questions):
        place = (*path, "questions", order)
        yield from _wordings(place, question, (number, order))
        yield from _offered((*place, "options"), question.options)
        yield from _offered((*place, "rows"), question.rows)
        if question.detail is not None:
            yield PlacedText((*place, "detail", "label"), question.detail.label)
        for key in ("low_label", "high_label"):
            label = getattr(question, key)
            if label is not None:
                yield PlacedText((*place, key), label)


def _frame(question_set: QuestionSet) -> Iterator[PlacedText]:
    for key in ("title", "organisation", "contact", "notice", "privacy"):
        texts = getattr(question_set, key)
        if texts is not None:
            yield PlacedText((key,), texts)
    if question_set.consent is not None:
        yield PlacedText(("consent", "label"), question_set.consent.label)


def _wordings(
    path: Path, question: Question, position: Position
) -> Iterator[PlacedText]:
    yield PlacedText((*path, "title"), question.title, position)
    if question.hint is not None:
        yield PlacedText((*path, "hint"), question.hint, position)
    for order, variant in enumerate(question.variants):
        for key, texts in (("title", variant.title), ("hint", variant.hint)):
            if texts is not None:
                yield PlacedText((*path, "variants", order, key), texts, position)


def _offered(path: Path, options: tuple[Option, ...]) -> Iterator[PlacedText]:
    for number, option in enumerate(options):
        yield PlacedText((*path, number, "label"), option.label)
        if option.detail is not None:
            place = (*path, number, "detail", "label")
            yield PlacedText(place, option.detail.label)
