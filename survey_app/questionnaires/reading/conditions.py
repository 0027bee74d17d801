"""Conditions as they are written in a file: ``{ eq = [{ answer = "q" }, "yes"] }``."""

from datetime import date

from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.reading.table import as_written
from survey_app.questionnaires.rules import (
    COMPARISONS,
    META_NAMES,
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    MetaOf,
    Operand,
)

MAX_DEPTH = 20
MAX_PARTS = 50
LARGEST = 10**15
OPERATORS = (*COMPARISONS, "and", "or", "not", "answered")


class InvalidConditionError(ValueError):
    """A condition that says nothing we can evaluate."""

    def __init__(
        self, sentence: Message, fix: Message | None = None, code: str = "E_SCHEMA"
    ) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.fix = fix or _("See conditions in question_sets/README.md.")
        self.code = code


def read_condition(data: object, depth: int = 0) -> Condition:
    if depth > MAX_DEPTH:
        raise InvalidConditionError(
            _("The condition is nested more than %(depth)s deep.", depth=MAX_DEPTH)
        )
    name, content = _only_item(data)
    if name in {"and", "or"}:
        return Combination(name, _parts(name, content, depth))
    if name == "not":
        return Combination("not", (read_condition(content, depth + 1),))
    if name == "answered":
        return Answered(AnswerTo(_question_id(content)))
    if name in COMPARISONS:
        return _comparison(name, content)
    raise InvalidConditionError(
        _("“%(name)s” is not an operator.", name=name[:60]),
        _("Choose from %(known)s.", known=", ".join(sorted(OPERATORS))),
    )


def _parts(name: str, content: object, depth: int) -> tuple[Condition, ...]:
    if not isinstance(content, list) or not 0 < len(content) <= MAX_PARTS:
        raise InvalidConditionError(
            _("“%(name)s” needs a list of conditions.", name=name)
        )
    return tuple(read_condition(part, depth + 1) for part in content)


def _comparison(name: str, content: object) -> Comparison:
    match content:
        case [left, right]:
            return Comparison(name, _operand(left), _operand(right))
    raise InvalidConditionError(
        _("“%(name)s” compares two things, in a list.", name=name)
    )


def _operand(data: object) -> Operand:
    if isinstance(data, dict):
        name, content = _only_item(data)
        if name == "answer":
            return AnswerTo(_question_id(content))
        if name == "count":
            return CountOf(_question_id(content))
        if name == "meta":
            return MetaOf(_meta_name(content))
        raise InvalidConditionError(
            _("“%(name)s” is nothing to compare.", name=name[:60]),
            _("Write answer, count or meta."),
        )
    return Literal(_literal(data))


def _literal(data: object) -> str | float | tuple[str, ...]:
    match data:
        case str():
            return data
        case bool():
            return _code(data)
        case int() | float():
            return _number(data)
        case list():
            return tuple(_code(code) for code in data)
        case date() if type(data) is date:
            return data.isoformat()
    raise InvalidConditionError(
        _("%(value)s is nothing to compare.", value=as_written(data)),
        _("Write a code between quotes, a list of codes, a number or a day."),
    )


def _number(data: float) -> float:
    if -LARGEST <= data <= LARGEST:
        return float(data)
    raise InvalidConditionError(_("This number is too large to compare."))


def _code(data: object) -> str:
    if isinstance(data, str):
        return data
    raise InvalidConditionError(
        _("The code %(code)s is not a text.", code=as_written(data)),
        _('Write it between quotes: "%(code)s".', code=as_written(data)),
        "E_CODE_NOT_STRING",
    )


def _meta_name(content: object) -> str:
    if content in META_NAMES:
        return str(content)
    raise InvalidConditionError(
        _("%(name)s is not known beside the answers.", name=as_written(content)),
        _("Choose from %(known)s.", known=", ".join(META_NAMES)),
    )


def _question_id(content: object) -> str:
    if isinstance(content, str):
        return content
    raise InvalidConditionError(
        _("%(name)s is not the id of a question.", name=as_written(content))
    )


def _only_item(data: object) -> tuple[str, object]:
    if not isinstance(data, dict) or len(data) != 1:
        raise InvalidConditionError(
            _("A condition is a table with exactly one operator.")
        )
    return next(iter(data.items()))
