"""Relevance equations of LimeSurvey, the simple ones: ``Q1.NAOK == "A1"``."""

import re
from collections.abc import Mapping, Sequence

from survey_app.exchange.expressions.grammar import Dialect
from survey_app.exchange.expressions.pieces import (
    Piece,
    UncarriedConditionError,
    answered,
    negated,
)
from survey_app.questionnaires.rules import (
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    Literal,
)

ALWAYS = frozenset({"", "1"})
Ticks = Mapping[str, tuple[str, str]]  # name of an option -> question, code


def _name(text: str) -> Piece:
    return AnswerTo(text.partition(".")[0])


def _is_empty(arguments: Sequence[Piece]) -> Condition:
    match arguments:
        case [piece]:
            return negated(answered(piece))
    raise UncarriedConditionError


EQUATIONS = Dialect(
    tokens=re.compile(
        r"\s+|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))"
        r"|(?P<name>[A-Za-z]\w*(?:\.[A-Za-z]+)?)"
        r"|(?P<sign>==|!=|<=|>=|&&|\|\||[=<>(),!])"
    ),
    comparisons={
        "==": "eq",
        "=": "eq",
        "!=": "ne",
        "<": "lt",
        "<=": "le",
        ">": "gt",
        ">=": "ge",
        "eq": "eq",
        "ne": "ne",
        "lt": "lt",
        "le": "le",
        "gt": "gt",
        "ge": "ge",
    },
    joins={"and": "and", "&&": "and", "or": "or", "||": "or", "!": "not"},
    calls={"is_empty": _is_empty},
    names=_name,
)


def with_ticks(condition: Condition, ticks: Ticks) -> Condition:
    """``Q1_SQ1 == "Y"`` is that an option of Q1 is ticked."""
    match condition:
        case Comparison(name, AnswerTo(option), Literal("Y")) if option in ticks:
            question, code = ticks[option]
            ticked = Comparison("any_in", AnswerTo(question), Literal((code,)))
            return negated(ticked) if name == "ne" else ticked
        case Combination(name, parts):
            return Combination(name, tuple(with_ticks(part, ticks) for part in parts))
    return condition
