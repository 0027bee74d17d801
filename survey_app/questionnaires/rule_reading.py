"""Conditions as they are written in a file: ``{ eq = [{ answer = "q" }, "yes"] }``."""

from survey_app.questionnaires.rules import (
    COMPARISONS,
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    Operand,
)

MAX_DEPTH = 20


class InvalidConditionError(ValueError):
    """A condition that says nothing we can evaluate; the message says why."""


def read_condition(data: object, depth: int = 0) -> Condition:
    if depth > MAX_DEPTH:
        raise InvalidConditionError(f"it is nested more than {MAX_DEPTH} deep")
    name, content = _only_item(data)
    if name in {"and", "or"}:
        parts = content if isinstance(content, list) else []
        if not parts:
            raise InvalidConditionError(f"'{name}' needs a list of conditions")
        read = tuple(read_condition(part, depth + 1) for part in parts)
        return Combination(name, read)
    if name == "not":
        return Combination("not", (read_condition(content, depth + 1),))
    if name == "answered":
        return Answered(AnswerTo(_question_id(content)))
    if name in COMPARISONS:
        return _comparison(name, content)
    known = ", ".join(sorted([*COMPARISONS, "and", "or", "not", "answered"]))
    raise InvalidConditionError(f"'{name}' is no operator; there are {known}")


def _comparison(name: str, content: object) -> Comparison:
    match content:
        case [left, right]:
            return Comparison(name, _operand(left), _operand(right))
    raise InvalidConditionError(f"'{name}' compares two things, in a list")


def _operand(data: object) -> Operand:
    if isinstance(data, dict):
        name, content = _only_item(data)
        if name == "answer":
            return AnswerTo(_question_id(content))
        if name == "count":
            return CountOf(_question_id(content))
        raise InvalidConditionError(f"'{name}' is no operand; write answer or count")
    if isinstance(data, bool) or not isinstance(data, str | int | float | list):
        raise InvalidConditionError(f"{data!r} is no text, number or list of codes")
    return Literal(_literal(data))


def _literal(data: str | float | list[object]) -> str | float | tuple[str, ...]:
    if not isinstance(data, list):
        return data
    if not all(isinstance(code, str) for code in data):
        raise InvalidConditionError("a list of codes holds texts only")
    return tuple(str(code) for code in data)


def _question_id(content: object) -> str:
    if not isinstance(content, str):
        raise InvalidConditionError(f"{content!r} is no id of a question")
    return content


def _only_item(data: object) -> tuple[str, object]:
    if not isinstance(data, dict) or len(data) != 1:
        raise InvalidConditionError("a condition is a table with exactly one operator")
    return next(iter(data.items()))
