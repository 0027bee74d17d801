"""A walk through a draft: where given answers lead to, kept in the form alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.parts import tables_in
from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.path import next_page, previous_page
from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Page, QuestionSet, QuestionType
from survey_app.questionnaires.reading import Reading, inspect_question_set
from survey_app.questionnaires.rules import META, Value
from survey_app.responses.said import Said, rule_values


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody is in a preview: it travels in the form, and is kept nowhere."""

    page_id: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: str) -> "Walk":
        try:
            page_id, rows = json.loads(sent)
            said = {str(key): Said(tuple(codes), text) for key, codes, text in rows}
            return cls(str(page_id), said)
        except (ValueError, TypeError, RecursionError):
            return cls()

    def write(self) -> str:
        rows = [(key, said.codes, said.text) for key, said in self.said.items()]
        return json.dumps([self.page_id, rows])


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to show of a draft, and what is wrong with it."""

    question_set: QuestionSet | None
    errors: tuple[Problem, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        return () if self.question_set is None else self.question_set.pages

    def page_with(self, question_id: str | None) -> str:
        """The id of the page with this question, or else of the first one."""
        for page in self.pages:
            if any(question.id == question_id for question in page.questions):
                return page.id
        return self.pages[0].id if self.pages else ""

    def obstacles(self, page: Page) -> tuple[Problem, ...]:
        """Why a page cannot be drawn: a matrix without answers to choose from."""
        path = ("pages", self.pages.index(page), "questions")
        return tuple(
            Problem(
                "E_SCHEMA",
                (*path, number, "options"),
                _("“%(name)s” has no answers to choose from.", name=asked.id),
                _("Write options, or the first and last point of a scale."),
            )
            for number, asked in enumerate(page.questions)
            if asked.type is QuestionType.MATRIX and not asked.options
        )

    def about(self, name: str, language: str) -> tuple[Problem, ...]:
        """What is wrong with one of the texts around the questions."""
        places = {(name,), (name, language)}
        return tuple(each for each in self.errors if each.path in places)


@lru_cache(maxsize=32)
def read_once(source: str) -> Shown:
    """Equal texts are one question set, so that their pages are drawn once."""
    return as_shown(inspect_question_set(source))


def as_shown(reading: Reading) -> Shown:
    """On the pages that respondents get; as written while something is wrong."""
    question_set = reading.question_set
    if question_set is None or reading.errors:
        return Shown(question_set, reading.errors)
    return Shown(laid_out(question_set))


def first_question(data: Data, number: int) -> str | None:
    """What a page of the draft is found by, wherever the layout puts it."""
    pages = tables_in(data, "pages")
    questions = (
        tables_in(pages[number - 1], "questions") if 0 < number <= len(pages) else ()
    )
    return next((str(question.get("id")) for question in questions), None)


def switched(action: str, lang: str, question_set: QuestionSet) -> str:
    chosen = action.removeprefix("lang:")
    return chosen if chosen in question_set.languages else lang


def goes_to(action: str, pages: tuple[Page, ...], page: Page) -> Page | None:
    """Nothing is judged here: a keeper wants to see the next page."""
    if page not in pages or action.startswith("lang:") or action == "save_later":
        return page
    if action == "back":
        return previous_page(pages, page) or page
    return next_page(pages, page)


def answers_in(
    question_set: QuestionSet, said: Mapping[str, Said], lang: str
) -> dict[str, Value]:
    known: dict[str, Value] = {
        f"{META}language": lang,
        f"{META}privacy_mode": str(question_set.settings.privacy_mode),
        f"{META}source": "link",
        f"{META}device": "desktop",
    }
    return {**known, **rule_values(question_set, said)}
