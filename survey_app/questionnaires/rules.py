"""Conditions in a question set: which words and which pages, given the answers."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | float | tuple[str, ...] | None
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """The answer to an earlier question; None when there is none."""

    question_id: str

    def value(self, answers: Answers) -> Value:
        return answers.get(self.question_id)


@dataclass(frozen=True, slots=True)
class CountOf:
    """How many options of an earlier question are ticked."""

    question_id: str

    def value(self, answers: Answers) -> Value:
        return float(len(codes_in(answers.get(self.question_id))))


META = "meta:"  # no question id holds a colon
META_VALUES: Mapping[str, tuple[str, ...]] = {
    "language": ("nl", "en"),
    "privacy_mode": ("anonymous", "pseudonymous", "identified"),
    "source": ("link", "qr", "embed", "mail", "import", "api"),
    "device": ("phone", "tablet", "desktop"),
}
META_NAMES = tuple(META_VALUES)


@dataclass(frozen=True, slots=True)
class MetaOf:
    """Something known beside the answers: language, privacy_mode, source, device.

    Whoever hands over the answers puts it in with them, as ``meta:language``.
    """

    name: str

    def value(self, answers: Answers) -> Value:
        return answers.get(f"{META}{self.name}")


@dataclass(frozen=True, slots=True)
class Literal:
    content: Value

    def value(self, answers: Answers) -> Value:
        del answers
        return self.content


Operand = AnswerTo | CountOf | MetaOf | Literal


def codes_in(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (str(value),)


def _in_order(compare: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    def holds(left: Value, right: Value) -> bool:
        """Numbers, and days written year first; no answer is neither more nor less."""
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
        if isinstance(left, int | float) and isinstance(right, int | float):
            return compare(left, right)
        return False

    return holds


def _any_in(left: Value, right: Value) -> bool:
    return not set(codes_in(left)).isdisjoint(codes_in(right))


def _all_in(left: Value, right: Value) -> bool:
    return left is not None and set(codes_in(left)) <= set(codes_in(right))


ORDER: Mapping[str, Callable[..., bool]] = {
    "gt": _in_order(operator.gt),
    "ge": _in_order(operator.ge),
    "lt": _in_order(operator.lt),
    "le": _in_order(operator.le),
}
EQUALITY: Mapping[str, Callable[..., bool]] = {
    "eq": lambda left, right: left is not None and left == right,
    "ne": lambda left, right: left is None or left != right,
}
MEMBERSHIP: Mapping[str, Callable[..., bool]] = {
    "in": _any_in,
    "any_in": _any_in,
    "all_in": _all_in,
}
COMPARISONS = {**ORDER, **EQUALITY, **MEMBERSHIP}


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str
    left: Operand
    right: Operand

    def holds(self, answers: Answers) -> bool:
        compare = COMPARISONS[self.operator]
        return compare(self.left.value(answers), self.right.value(answers))

    def operands(self) -> Iterator[Operand]:
        yield self.left
        yield self.right

    def comparisons(self) -> Iterator["Comparison"]:
        yield self


@dataclass(frozen=True, slots=True)
class Answered:
    answer: AnswerTo

    def holds(self, answers: Answers) -> bool:
        return self.answer.value(answers) is not None

    def operands(self) -> Iterator[Operand]:
        yield self.answer

    def comparisons(self) -> Iterator[Comparison]:
        yield from ()


@dataclass(frozen=True, slots=True)
class Combination:
    """``and``, ``or`` and ``not`` (of one) over other conditions."""

    operator: str
    parts: tuple["Condition", ...]

    def holds(self, answers: Answers) -> bool:
        if self.operator == "not":
            return not self.parts[0].holds(answers)
        test = all if self.operator == "and" else any
        return test(part.holds(answers) for part in self.parts)

    def operands(self) -> Iterator[Operand]:
        for part in self.parts:
            yield from part.operands()

    def comparisons(self) -> Iterator[Comparison]:
        for part in self.parts:
            yield from part.comparisons()


Condition = Comparison | Answered | Combination


def referred(condition: Condition) -> tuple[str, ...]:
    """What a condition looks at, as it is called among the answers."""
    return tuple(
        f"{META}{operand.name}" if isinstance(operand, MetaOf) else operand.question_id
        for operand in condition.operands()
        if not isinstance(operand, Literal)
    )


def referred_questions(condition: Condition | None) -> tuple[str, ...]:
    """The ids of the questions that a condition looks at."""
    if condition is None:
        return ()
    return tuple(
        operand.question_id
        for operand in condition.operands()
        if isinstance(operand, AnswerTo | CountOf)
    )
