"""Whether a comparison compares like with like: codes, numbers, days."""

import re
from collections.abc import Iterator

from survey_app.questionnaires.problems import Message, Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    PICK_MORE_TYPES,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import (
    EQUALITY,
    META_VALUES,
    ORDER,
    AnswerTo,
    Comparison,
    CountOf,
    Literal,
    MetaOf,
    Operand,
    Value,
    codes_in,
)

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_comparison(
    comparison: Comparison, path: Path, question_set: QuestionSet
) -> Iterator[Problem]:
    known = question_set.questions_by_answer
    for operand, other in (
        (comparison.left, comparison.right),
        (comparison.right, comparison.left),
    ):
        match operand, other:
            case AnswerTo(name), Literal(content):
                yield from _check_answer(comparison, known[name], content, path)
            case AnswerTo(name), _other:
                yield from _check_order(comparison, known[name], path)
            case CountOf(name), _other:
                yield from _check_count(known[name], other, path)
            case MetaOf(name), Literal(content):
                yield from _check_meta(name, content, path)


def _check_answer(
    comparison: Comparison, question: Question, content: Value, path: Path
) -> Iterator[Problem]:
    problem = next(_check_order(comparison, question, path), None)
    if problem is None:
        problem = _wrong_kind(comparison, question, content, path)
    if problem is not None:
        yield problem
    elif question.options and comparison.operator not in ORDER:
        yield from _check_codes(question, content, path)


def _check_order(
    comparison: Comparison, question: Question, path: Path
) -> Iterator[Problem]:
    has_order = question.is_numeric or question.type is QuestionType.DATE
    if comparison.operator in ORDER and not has_order:
        yield _mismatch(
            path,
            _(
                "“%(name)s” is not a number, so it is never more or less.",
                name=question.id,
            ),
            _("Use eq, any_in or answered."),
        )


def _wrong_kind(  # noqa: PLR0911 - a kind a line
    comparison: Comparison, question: Question, content: Value, path: Path
) -> Problem | None:
    """Equality and order want a single value of the question's own kind."""
    if comparison.operator in EQUALITY and question.type in PICK_MORE_TYPES:
        return _mismatch(
            path,
            _("Several options of “%(name)s” can be chosen.", name=question.id),
            _("Use any_in or all_in, with a list of codes."),
        )
    if comparison.operator not in {*EQUALITY, *ORDER}:
        return None
    if isinstance(content, tuple):
        return _mismatch(
            path,
            _("One answer is compared with a list."),
            _("Use in or any_in for a list, or write one value."),
        )
    if question.is_numeric:
        return None if isinstance(content, float) else _wants_number(question, path)
    if isinstance(content, float) and not question.options:
        return _wants_text(question, path)
    is_day = isinstance(content, str) and DAY.fullmatch(content)
    if question.type is QuestionType.DATE and not is_day:
        return _mismatch(
            path,
            _("“%(name)s” asks for a day.", name=question.id),
            _("Write a day without quotes, such as 2026-01-31."),
        )
    return None


def _wants_number(question: Question, path: Path) -> Problem:
    return _mismatch(
        path,
        _("“%(name)s” asks for a number.", name=question.id),
        _("Write a number without quotes."),
    )


def _wants_text(question: Question, path: Path) -> Problem:
    return _mismatch(
        path,
        _("“%(name)s” asks for no number.", name=question.id),
        _("Write a text between quotes, or use answered."),
    )


def _check_codes(question: Question, content: Value, path: Path) -> Iterator[Problem]:
    for code in codes_in(content):
        if code not in question.codes:
            yield Problem(
                "E_VALUE_NOT_OPTION",
                path,
                _(
                    "“%(code)s” is not an option of “%(name)s”.",
                    code=code,
                    name=question.id,
                ),
                _("Its options are %(codes)s.", codes=", ".join(question.codes)),
            )
        elif isinstance(content, float) and not question.is_numeric:
            yield Problem(
                "E_CODE_NOT_STRING",
                path,
                _("The code %(code)s is not a text.", code=code),
                _('Write it between quotes: "%(code)s".', code=code),
            )


def _check_count(question: Question, other: Operand, path: Path) -> Iterator[Problem]:
    if question.type not in PICK_MORE_TYPES:
        yield _mismatch(
            path,
            _(
                "“%(name)s” has one answer, so there is nothing to count.",
                name=question.id,
            ),
            _("Use count for multi and ranking; elsewhere answered."),
        )
    if isinstance(other, Literal) and not isinstance(other.content, float):
        yield _mismatch(
            path,
            _("A count is a number."),
            _("Compare it with a number without quotes."),
        )


def _check_meta(name: str, content: Value, path: Path) -> Iterator[Problem]:
    for value in codes_in(content):
        if value not in META_VALUES[name]:
            yield Problem(
                "E_VALUE_NOT_OPTION",
                path,
                _("“%(value)s” is not a known %(name)s.", value=value[:60], name=name),
                _("Choose from %(known)s.", known=", ".join(META_VALUES[name])),
            )


def _mismatch(path: Path, sentence: Message, fix: Message) -> Problem:
    return Problem("E_TYPE_MISMATCH", path, sentence, fix)
