"""Earlier answers inside texts, such as ``How was {q1_visit|your visit}?``.

What is filled in is a respondent's own text: whoever writes it into a page escapes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from survey_app.questionnaires.question_set import (
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import Answers, Value, codes_in
from survey_app.questionnaires.texts import page_texts

PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
LONGEST = 100  # characters of an answer inside another text


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Where an answer goes; ``fallback`` is what stands there without one."""

    answer_id: str
    fallback: str | None


@lru_cache(maxsize=4096)
def placeholders(text: str) -> tuple[Placeholder, ...]:
    """The answers that a text wants, in their order.

    >>> placeholders("How was {q1_visit|your visit}?")
    (Placeholder(answer_id='q1_visit', fallback='your visit'),)
    """
    return tuple(
        Placeholder(name.strip(), fallback or None)
        for name, fallback in PLACEHOLDER.findall(text)
    )


def piped_answers(page: Page) -> frozenset[str]:
    """The ids of the answers that any text of a page may show."""
    return frozenset(
        placeholder.answer_id
        for placed in page_texts(page, 0)
        if placed.position is not None
        for text in placed.texts.values()
        for placeholder in placeholders(text)
    )


def fill(text: str, question_set: QuestionSet, language: str, answers: Answers) -> str:
    """A text with the answers in it. Give it the answers on the path only.

    The text of an option's or question's detail box is used where ``answers`` has it
    as ``<id>:detail``.
    """
    if "{" not in text:
        return text

    def words(found: re.Match[str]) -> str:
        name, fallback = found[1].strip(), found[2] or ""
        question = question_set.questions_by_answer.get(name)
        if question is None:
            return fallback
        said = answer_words(question, answers.get(name), language)
        detail = answers.get(detail_of(name))
        if said and isinstance(detail, str) and question.detail is None:
            said = detail  # "something else" says less than what was written beside it
        return _shortened(said) or fallback

    return PLACEHOLDER.sub(words, text)


def detail_of(answer_id: str) -> str:
    return f"{answer_id}:detail"


def answer_words(question: Question, value: Value, language: str) -> str:
    """An answer as a respondent would say it; empty without a real one."""
    if value is None:
        return ""
    if question.options:
        labels = list(_labels(question, value, language))
        return format_list(labels, locale=language) if labels else ""
    if isinstance(value, float):
        return format_decimal(value, locale=language)
    if question.type is QuestionType.DATE:
        return _day(str(value), language)
    return str(value)


def _labels(question: Question, value: Value, language: str) -> Iterator[str]:
    for code in codes_in(value):
        option = question.option(code)
        if option is not None and not option.missing:
            yield option.label[language]


def _day(written: str, language: str) -> str:
    try:
        return format_date(date.fromisoformat(written), "long", locale=language)
    except ValueError:
        return ""


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
