"""What must hold between the parts of a question set, once each part has its shape."""

from collections import Counter
from collections.abc import Iterable, Iterator

from survey_app.questionnaires.question_set import (
    NUMERIC_TYPES,
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import (
    EQUALITY,
    MEMBERSHIP,
    ORDER,
    AnswerTo,
    Comparison,
    Condition,
    Literal,
    referred_questions,
)
from survey_app.questionnaires.table import Problem
from survey_app.questionnaires.vocabulary import FREE_ROLES, PHASES, ROLES

# Columns of an import file, and texts imported without a question of ours.
RESERVED_QUESTION_IDS = (
    FREE_ROLES
    | ROLES
    | {
        "date",
        "id",
        "language",
        "question",
        "respondent_id",
        "submission_id",
        "submitted_at",
        "text",
        "wave",
    }
)
# Pages that every questionnaire has at the same addresses.
RESERVED_PAGE_IDS = frozenset(
    {"check", "privacy", "results", "saved", "submit", "thanks", "withdraw"}
)
WITH_OPTIONS = frozenset({QuestionType.CHOICE, QuestionType.MULTI})
MIN_OPTIONS = 2


def check(question_set: QuestionSet, touchpoints: frozenset[str]) -> Iterator[Problem]:
    yield from _check_ids(question_set)
    earlier: dict[str, Question] = {}
    for page in question_set.pages:
        yield from _check_page(page, earlier)
        for question in page.questions:
            place = f"question {question.id}"
            yield from _check_options(question, place)
            yield from _check_vocabulary(question, place, touchpoints)
            for variant in question.variants:
                yield from _check_condition(
                    variant.when, f"{place}.variants", earlier, question.id
                )
            earlier[question.id] = question


def _check_ids(question_set: QuestionSet) -> Iterator[Problem]:
    for what, ids, reserved in (
        ("page", [page.id for page in question_set.pages], RESERVED_PAGE_IDS),
        ("question", _question_ids(question_set), RESERVED_QUESTION_IDS),
    ):
        for name in _repeated(ids):
            yield Problem(
                "E_DUP_ID",
                f"{what} {name}",
                f"There are two {what}s with this id.",
                "Give one of them another id.",
            )
        for name in sorted(reserved.intersection(ids)):
            yield Problem(
                "E_RESERVED_ID",
                f"{what} {name}",
                "This id has a meaning of its own.",
                "Choose another.",
            )


def _question_ids(question_set: QuestionSet) -> list[str]:
    return [question.id for page in question_set.pages for question in page.questions]


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _check_page(page: Page, earlier: dict[str, Question]) -> Iterator[Problem]:
    place = f"page {page.id}"
    if not page.questions:
        yield Problem(
            "E_EMPTY_PAGE", place, "It has no questions.", "Add one, or leave it out."
        )
    if len(page.questions) > 1 and page.title is None:
        yield Problem(
            "E_MISSING_TITLE",
            place,
            "A page with several questions needs a title, for its heading.",
            'Write title = { nl = "…", en = "…" }.',
        )
    if page.show_if is not None:
        yield from _check_condition(page.show_if, f"{place}.show_if", earlier, "")


def _check_options(question: Question, place: str) -> Iterator[Problem]:
    if question.type in WITH_OPTIONS and len(question.options) < MIN_OPTIONS:
        yield Problem(
            "E_SCHEMA",
            f"{place}.options",
            "A choice needs at least two options.",
            "Write them.",
        )
    for code in _repeated(question.codes):
        yield Problem(
            "E_DUP_CODE",
            f"{place}.options",
            f"The code '{code}' is used twice.",
            "Codes are what is stored: give each option its own.",
        )
    for language in question.title:
        labels = [option.label[language].casefold() for option in question.options]
        for label in _repeated(labels):
            yield Problem(
                "E_DUP_LABEL",
                f"{place}.options",
                f"Two options read '{label}' ({language}).",
                "Nobody can choose between them: change one.",
            )


def _check_vocabulary(
    question: Question, place: str, touchpoints: frozenset[str]
) -> Iterator[Problem]:
    analysis = question.analysis
    named = {code for option in question.options for code in option.touchpoints}
    if analysis is not None:
        named.update(analysis.touchpoint_prior)
        yield from _check_word("E_UNKNOWN_ROLE", place, analysis.role, ROLES)
        yield from _check_word("E_UNKNOWN_PHASE", place, analysis.phase, PHASES)
    for code in sorted(named):
        yield from _check_word("E_TOUCHPOINT_UNKNOWN", place, code, touchpoints)


def _check_word(
    code: str, place: str, word: str, known: frozenset[str]
) -> Iterator[Problem]:
    if word not in known:
        yield Problem(
            code,
            place,
            f"'{word}' is not known.",
            f"Choose from {', '.join(sorted(known))}.",
        )


def _check_condition(
    condition: Condition, place: str, earlier: dict[str, Question], own_id: str
) -> Iterator[Problem]:
    unknown = [name for name in referred_questions(condition) if name not in earlier]
    for name in unknown:
        code = "E_SELF_REF" if name == own_id else "E_UNKNOWN_REF"
        yield Problem(
            code,
            place,
            f"It looks at '{name}', which is not asked before this.",
            "Only an earlier question can decide; check the id and the order.",
        )
    if not unknown:
        for comparison in condition.comparisons():
            yield from _check_comparison(comparison, place, earlier)


def _check_comparison(
    comparison: Comparison, place: str, earlier: dict[str, Question]
) -> Iterator[Problem]:
    match comparison.left, comparison.right:
        case AnswerTo(question_id), Literal(content):
            question = earlier[question_id]
            if comparison.operator in ORDER and question.type not in NUMERIC_TYPES:
                yield Problem(
                    "E_TYPE_MISMATCH",
                    place,
                    f"'{question_id}' is no number, so it is not more or less.",
                    "Use eq, in or answered.",
                )
            yield from _check_values(comparison.operator, content, question, place)


def _check_values(
    operator: str, content: object, question: Question, place: str
) -> Iterator[Problem]:
    by_code = bool(question.options) and question.type is not QuestionType.SCALE
    if not by_code or operator not in {*EQUALITY, *MEMBERSHIP}:
        return
    values = content if isinstance(content, tuple) else (content,)
    for value in values:
        if value not in question.codes:
            yield Problem(
                "E_VALUE_NOT_OPTION",
                place,
                f"'{value}' is no option of '{question.id}'.",
                f"Its options are {', '.join(question.codes)}.",
            )
