"""Conditions as they are written in a file, the reverse of reading them."""

from typing import Any

from survey_app.questionnaires.rules import (
    Answered,
    AnswerTo,
    Combination,
    Condition,
    CountOf,
    Literal,
    MetaOf,
    Operand,
    Value,
)


def written_condition(condition: Condition | None) -> dict[str, Any] | None:
    match condition:
        case None:
            return None
        case Answered(answer):
            return {"answered": answer.question_id}
        case Combination("not", (part,)):
            return {"not": written_condition(part)}
        case Combination(name, parts):
            return {name: [written_condition(part) for part in parts]}
    return {condition.operator: [_operand(condition.left), _operand(condition.right)]}


def _operand(operand: Operand) -> Any:  # noqa: ANN401 - a table or a plain value
    match operand:
        case AnswerTo(name):
            return {"answer": name}
        case CountOf(name):
            return {"count": name}
        case MetaOf(name):
            return {"meta": name}
        case Literal(content):
            return _literal(content)


def _literal(content: Value) -> Any:  # noqa: ANN401 - a plain value of TOML
    if isinstance(content, float) and content.is_integer():
        return int(content)
    return list(content) if isinstance(content, tuple) else content
