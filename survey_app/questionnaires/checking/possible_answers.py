"""The answers that make a difference to conditions: a few for each question."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from survey_app.questionnaires.question_set import (
    PICK_MORE_TYPES,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import (
    META,
    META_VALUES,
    AnswerTo,
    Comparison,
    Condition,
    CountOf,
    Literal,
    MetaOf,
    Operand,
    Value,
    codes_in,
    referred,
)

MOST_NAMED = 6  # codes of a multiple choice that conditions tell apart
SOME_DAY = date(2000, 1, 1)
SOME_TEXT = "\x00 some text"


def possible_answers(
    question_set: QuestionSet, conditions: Iterable[Condition]
) -> dict[str, tuple[Value, ...]] | None:
    """For each answer looked at the values worth trying; None when unclear."""
    looked_at = tuple(conditions)
    comparisons = [part for each in looked_at for part in each.comparisons()]
    if any(_compares_answers(comparison) for comparison in comparisons):
        return None
    values: dict[str, tuple[Value, ...]] = {}
    for name in dict.fromkeys(name for each in looked_at for name in referred(each)):
        named = list(_named_with(name, comparisons))
        if name.startswith(META):
            values[name] = meta_values(question_set, name)
            continue
        found = _values(question_set.questions_by_answer[name], named)
        if found is None:
            return None
        values[name] = found
    return values


def _compares_answers(comparison: Comparison) -> bool:
    return not any(
        isinstance(side, Literal) for side in (comparison.left, comparison.right)
    )


def _named_with(name: str, comparisons: Iterable[Comparison]) -> Iterator[Value]:
    """What an answer is compared with; sizes for a count are numbers."""
    for comparison in comparisons:
        for side, other in (
            (comparison.left, comparison.right),
            (comparison.right, comparison.left),
        ):
            if isinstance(other, Literal) and _name_of(side) == name:
                yield other.content


def _name_of(operand: Operand) -> str | None:
    match operand:
        case AnswerTo(name) | CountOf(name):
            return name
        case MetaOf(name):
            return f"{META}{name}"
    return None


def meta_values(question_set: QuestionSet, name: str) -> tuple[Value, ...]:
    name = name.removeprefix(META)
    if name == "language":
        return question_set.languages
    if name == "privacy_mode":
        return (question_set.settings.privacy_mode.value,)
    return (*META_VALUES[name], None)


def _values(question: Question, named: list[Value]) -> tuple[Value, ...] | None:
    if question.type in PICK_MORE_TYPES:
        return _choices(question, named)
    if question.options:
        codes = question.codes
        return (None, *(map(float, codes) if question.is_numeric else codes))
    if question.type is QuestionType.NUMBER:
        return _numbers(question, named)
    if question.type is QuestionType.DATE:
        return _days(question, named)
    return (None, SOME_TEXT, *(text for text in named if isinstance(text, str)))


def _numbers(question: Question, named: list[Value]) -> tuple[Value, ...]:
    low, high = question.minimum, question.maximum
    limits = [float(limit) for limit in (low, high) if limit is not None]
    numbers = {float(n) for n in named if isinstance(n, float)} | set(limits) | {0.0}
    near = {n + step for n in numbers for step in (-1.0, -0.5, 0.0, 0.5, 1.0)}
    return (
        None,
        *(
            n
            for n in sorted(near)
            if (low is None or n >= low) and (high is None or n <= high)
        ),
    )


def _days(question: Question, named: list[Value]) -> tuple[Value, ...]:
    limits = [day for day in (question.earliest, question.latest) if day is not None]
    days = {*limits, *(_day(text) for text in named if isinstance(text, str))}
    days = days - {None} or {SOME_DAY}
    near = {_moved(day, step) for day in days if day for step in (-1, 0, 1)}
    low, high = question.earliest or date.min, question.latest or date.max
    return (None, *(day.isoformat() for day in sorted(near) if low <= day <= high))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return day


def _choices(question: Question, named: list[Value]) -> tuple[Value, ...] | None:
    """Every set of the codes named, with as many others as a count may want."""
    codes = [code for code in question.codes if any(code in codes_in(n) for n in named)]
    alone = {option.code for option in question.options if option.exclusive}
    others = [
        code for code in question.codes if code not in codes and code not in alone
    ]
    sizes = [int(n) for n in named if isinstance(n, float)]
    if len(codes) > MOST_NAMED:
        return None
    together = [code for code in codes if code not in alone]
    most_others = min(len(others), max([1, *(size + 1 for size in sizes)]))
    sets = (
        (*chosen, *others[:more])
        for size in range(len(together) + 1)
        for chosen in combinations(together, size)
        for more in range(most_others + 1)
        if chosen or more
    )
    return (None, *((code,) for code in question.codes if code in alone), *sets)
