"""Conditions of a file fitted to our questions: their ids, and how they compare.

A choice is compared with a code, a scale with a number, several answers with a list.
"""

from collections.abc import Mapping

from survey_app.exchange.drafting import as_code
from survey_app.exchange.expressions.pieces import UncarriedConditionError
from survey_app.questionnaires.question_set import (
    PICK_MORE_TYPES,
    WRITTEN_TYPES,
    Question,
    QuestionType,
)
from survey_app.questionnaires.rules import (
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    Operand,
    Value,
)

YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1"), "yes"),
    **dict.fromkeys(("no", "n", "false", "0"), "no"),
}
OTHERS = {"-oth-": "other"}
Asked = Mapping[str, tuple[str, Question]]  # name in the file -> our id, our question


def fitted(condition: Condition, asked: Asked) -> Condition:
    """The same condition about our questions; refused where it cannot be."""
    match condition:
        case Answered(AnswerTo(name)):
            return Answered(AnswerTo(_known(name, asked)[0]))
        case Combination(name, parts):
            return Combination(name, tuple(fitted(part, asked) for part in parts))
        case Comparison(name, left, Literal(content)):
            return _comparison(name, left, content, asked)
    raise UncarriedConditionError


def _comparison(name: str, left: Operand, content: Value, asked: Asked) -> Condition:
    match left:
        case CountOf(source):
            return Comparison(
                name, CountOf(_known(source, asked)[0]), Literal(_number(content))
            )
        case AnswerTo(source):
            answer_id, question = _known(source, asked)
            return _about(name, AnswerTo(answer_id), content, question)
    raise UncarriedConditionError


def _about(
    name: str, answer: AnswerTo, content: Value, question: Question
) -> Condition:
    if question.type in WRITTEN_TYPES:
        raise UncarriedConditionError  # texts are only answered, or not
    if name in {"in", "any_in", "all_in"}:
        written = content if isinstance(content, tuple) else (_text(content),)
        codes = tuple(_code(code, question) for code in written)
        return _among(name, answer, codes, question)
    if question.type in PICK_MORE_TYPES:
        codes = (_code(_text(content), question),)
        return _among("any_in", answer, codes, question, is_not=name)
    if question.is_numeric:
        return Comparison(name, answer, Literal(_number(content)))
    return Comparison(name, answer, Literal(_code(_text(content), question)))


def _among(
    name: str,
    answer: AnswerTo,
    codes: tuple[str, ...],
    question: Question,
    *,
    is_not: str = "eq",
) -> Condition:
    if is_not not in {"eq", "ne"}:
        raise UncarriedConditionError
    found: Condition
    if question.type not in PICK_MORE_TYPES and len(codes) == 1:
        value = _number(codes[0]) if question.is_numeric else codes[0]
        found = Comparison("eq", answer, Literal(value))
    else:
        found = Comparison(name, answer, Literal(codes))
    return found if is_not == "eq" else Combination("not", (found,))


def _known(name: str, asked: Asked) -> tuple[str, Question]:
    if name not in asked:
        raise UncarriedConditionError(name)
    return asked[name]


def _code(written: str, question: Question) -> str:
    """The option as it is called here; refused when there is none."""
    if not question.options:
        return written
    if question.type is QuestionType.YES_NO:
        return YES_NO.get(written.casefold(), "") or _none(written)
    codes = (written, as_code(written), OTHERS.get(written, ""))
    return next((code for code in codes if code in question.codes), "") or _none(
        written
    )


def _none(written: str) -> str:
    raise UncarriedConditionError(written)


def _text(content: Value) -> str:
    if isinstance(content, float):
        return f"{content:g}"
    if isinstance(content, str):
        return content
    raise UncarriedConditionError


def _number(content: Value) -> float:
    if isinstance(content, tuple) or content is None:
        raise UncarriedConditionError
    try:
        return float(content)
    except ValueError:
        raise UncarriedConditionError from None
