"""A question set: what is asked, in which words, in which order. Frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from survey_app.questionnaires.rules import Answers, Condition, Value

Texts = Mapping[str, str]  # language -> text


class QuestionType(StrEnum):
    TEXT_SHORT = "text_short"
    TEXT_LONG = "text_long"
    CHOICE = "choice"
    MULTI = "multi"
    RANKING = "ranking"
    SCALE = "scale"
    NPS = "nps"
    YES_NO = "yes_no"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    INFO = "info"


TEXT_TYPES = frozenset({QuestionType.TEXT_SHORT, QuestionType.TEXT_LONG})
WRITTEN_TYPES = TEXT_TYPES | {QuestionType.EMAIL}
PICK_MORE_TYPES = frozenset({QuestionType.MULTI, QuestionType.RANKING})
PICK_ONE_TYPES = frozenset(
    {
        QuestionType.CHOICE,
        QuestionType.SCALE,
        QuestionType.NPS,
        QuestionType.YES_NO,
    }
)
DETAIL_TYPES = frozenset(  # may have a text box beside the options
    {
        QuestionType.CHOICE,
        QuestionType.MULTI,
        QuestionType.RANKING,
        QuestionType.SCALE,
        QuestionType.NPS,
        QuestionType.YES_NO,
    }
)
NUMERIC_TYPES = frozenset({QuestionType.SCALE, QuestionType.NPS, QuestionType.NUMBER})


# Pages that every questionnaire has at the same addresses.
RESERVED_PAGE_IDS = frozenset(
    {
        "about",
        "check",
        "delete",
        "privacy",
        "results",
        "resume-mail",
        "saved",
        "submit",
        "thanks",
        "view",
        "withdraw",
    }
)


class PrivacyMode(StrEnum):
    """What ties a response to a person: nothing, a number, or contact details."""

    ANONYMOUS = "anonymous"
    PSEUDONYMOUS = "pseudonymous"
    IDENTIFIED = "identified"


class LayoutKind(StrEnum):
    """How the pages of the file become pages on the screen."""

    PAGE = "page"  # as written
    QUESTION_PER_PAGE = "question_per_page"
    SINGLE_PAGE = "single_page"


class OnExpiry(StrEnum):
    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how many days what is kept, counted from the last activity."""

    completed_days: int = 730
    incomplete_days: int = 30
    contacts_days: int = 180
    on_expiry: OnExpiry = OnExpiry.DELETE


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSetSettings:
    layout: LayoutKind = LayoutKind.PAGE
    intro_page: bool = False  # the notice on a page of its own, before question 1
    check_answers: bool = True
    allow_back: bool = True
    view_after_submit: bool = True  # respondents may read what they sent
    privacy_mode: PrivacyMode = PrivacyMode.PSEUDONYMOUS
    retention: Retention = Retention()
    min_group: int = 5
    prefill: tuple[str, ...] = ()  # names taken from the address, such as "channel"
    embed_origins: tuple[str, ...] = ()  # sites that may show it in a frame
    ask_back: bool = False  # "which part was that about?" after a short, vague text
    show_results_link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A box beside the notice; without one, taking part voluntarily is the basis."""

    label: Texts
    required: bool = False


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
    settings: QuestionSetSettings = QuestionSetSettings()

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
