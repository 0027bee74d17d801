"""One question: its words, what it offers, and how an answer to it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from survey_app.questionnaires.question_types import (
    NUMERIC_TYPES,
    PICK_MORE_TYPES,
    TEXT_TYPES,
    QuestionType,
)
from survey_app.questionnaires.rules import Answers, Condition, Value

Texts = Mapping[str, str]  # language -> text


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer offered; ``touchpoints`` are what ticking it is evidence of."""

    code: str
    label: Texts
    touchpoints: tuple[str, ...] = ()
    exclusive: bool = False
    missing: bool = False
    detail: "Detail | None" = None  # at most one option of a question has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The text box beside the options of a question."""

    label: Texts
    max_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnalysis:
    """What a question asks about, as evidence for what an answer is about."""

    role: str
    phase: str
    touchpoint_prior: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Other words for the same question; the first one whose condition holds wins."""

    when: Condition
    title: Texts | None = None
    hint: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    type: QuestionType
    title: Texts
    hint: Texts | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    detail: Detail | None = None
    max_length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    rows: tuple[Option, ...] = ()  # of a matrix; each is answered as ``id__code``
    earliest: date | None = None
    latest: date | None = None
    low_label: Texts | None = None
    high_label: Texts | None = None
    variants: tuple[Variant, ...] = ()
    analysis: QuestionAnalysis | None = None
    trait: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    @property
    def parts(self) -> "tuple[Question, ...]":
        """What is asked apart: each row of a matrix, else the question itself."""
        if self.type is not QuestionType.MATRIX:
            return (self,)
        return tuple(
            replace(
                self,
                id=row_id(self.id, row.code),
                type=QuestionType.CHOICE,
                title=row.label,
                rows=(),
                trait=None,
            )
            for row in self.rows
        )

    @property
    def detailed(self) -> Option | None:
        """The option that has a text box beside it."""
        return next((option for option in self.options if option.detail), None)

    @property
    def written(self) -> Detail | None:
        """The text box of the question or of one of its options; never of both."""
        option = self.detailed
        return self.detail if option is None else option.detail

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """Under which ids the answers are stored; each row of a matrix has its own."""
        if self.type is QuestionType.MATRIX:
            return tuple(row_id(self.id, row.code) for row in self.rows)
        return () if self.type is QuestionType.INFO else (self.id,)

    @property
    def is_numeric(self) -> bool:
        """Whether an answer is a number, so that it can be more or less."""
        if self.type is QuestionType.MATRIX:
            return all(code.isdecimal() for code in self.codes)
        return self.type in NUMERIC_TYPES

    def value_of(self, codes: tuple[str, ...], text: str | None) -> Value:
        """An answer as conditions look at it."""
        if self.type in TEXT_TYPES:
            return text
        if self.type is QuestionType.EMAIL:  # kept elsewhere: a code says it is there
            return text or next(iter(codes), None)
        if self.type in PICK_MORE_TYPES:
            return codes or None
        if not codes:
            return None
        return float(codes[0]) if self.is_numeric else codes[0]

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def wording(self, answers: Answers) -> int | None:
        """The place of the variant that these answers call for, if any."""
        for place, variant in enumerate(self.variants):
            if variant.when.holds(answers):
                return place
        return None

    def title_for(self, wording: int | None) -> Texts:
        variant = None if wording is None else self.variants[wording]
        return (variant and variant.title) or self.title

    def hint_for(self, wording: int | None) -> Texts | None:
        variant = None if wording is None else self.variants[wording]
        return (variant and variant.hint) or self.hint


def row_id(question_id: str, row: str) -> str:
    """Where the answer to a row of a matrix is stored; no id holds two underscores."""
    return f"{question_id}__{row}"
