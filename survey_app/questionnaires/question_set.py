"""A question set: what is asked, in which words, in which order. Frozen records.

What it is made of can be had from here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from survey_app.questionnaires.question import (
    Detail,
    Option,
    Question,
    QuestionAnalysis,
    Texts,
    Variant,
    row_id,
)
from survey_app.questionnaires.question_types import (
    DETAIL_TYPES,
    NUMERIC_TYPES,
    PICK_MORE_TYPES,
    PICK_ONE_TYPES,
    TEXT_TYPES,
    WRITTEN_TYPES,
    QuestionType,
)
from survey_app.questionnaires.rules import Condition
from survey_app.questionnaires.settings import (
    USUAL_SETTINGS,
    LayoutKind,
    OnExpiry,
    PrivacyMode,
    QuestionSetSettings,
    Retention,
)
from survey_app.questionnaires.vocabulary import USUAL_CATALOGUE

__all__ = [
    "DETAIL_TYPES",
    "NUMERIC_TYPES",
    "PICK_MORE_TYPES",
    "PICK_ONE_TYPES",
    "TEXT_TYPES",
    "WRITTEN_TYPES",
    "Consent",
    "Detail",
    "LayoutKind",
    "OnExpiry",
    "Option",
    "Page",
    "PrivacyMode",
    "Question",
    "QuestionAnalysis",
    "QuestionSet",
    "QuestionSetSettings",
    "QuestionType",
    "Retention",
    "Texts",
    "Variant",
    "row_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A box beside the notice; without one, taking part voluntarily is the basis."""

    label: Texts
    required: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """What is shown at once. Pages with the same ``number`` count as one question."""

    id: str
    questions: tuple[Question, ...]
    number: int | None = None
    title: Texts | None = None
    show_if: Condition | None = None

    @cached_property
    def required(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.required)

    @cached_property
    def parts(self) -> tuple[Question, ...]:
        """All that is asked here; a matrix is as many questions as it has rows."""
        return tuple(part for question in self.questions for part in question.parts)

    @cached_property
    def answer_ids(self) -> tuple[str, ...]:
        return tuple(
            answer_id
            for question in self.questions
            for answer_id in question.answer_ids
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class QuestionSet:
    """One version of a questionnaire; compared by identity, read once a process."""

    id: str
    version: str
    languages: tuple[str, ...]
    title: Texts
    notice: Texts
    privacy: Texts
    thanks_title: Texts
    thanks_text: Texts
    pages: tuple[Page, ...]
    minutes: int | None = None
    organisation: Texts | None = None
    contact: Texts | None = None  # whom respondents may ask
    consent: Consent | None = None
    settings: QuestionSetSettings = USUAL_SETTINGS
    touchpoints: str = USUAL_CATALOGUE  # the catalogue that its hints refer to

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def brand(self) -> Texts:
        return self.organisation or self.title

    @cached_property
    def has_required(self) -> bool:
        return any(page.required for page in self.pages)

    @cached_property
    def has_conditions(self) -> bool:
        return any(page.show_if is not None for page in self.pages)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in the order in which they are asked."""
        return {
            question.id: question for page in self.pages for question in page.questions
        }

    @cached_property
    def questions_by_answer(self) -> Mapping[str, Question]:
        """Every question by the ids of its answers: those of a matrix by each row."""
        return {
            answer_id: question
            for question in self.questions.values()
            for answer_id in question.answer_ids
        }

    @cached_property
    def _pages_by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in self.pages}

    def page(self, page_id: str) -> Page | None:
        return self._pages_by_id.get(page_id)
