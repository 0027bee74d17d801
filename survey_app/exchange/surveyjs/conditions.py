"""Conditions, and texts that depend on them, as SurveyJS has them.

``{question} = 'code'``, ``anyof``, ``notempty``, ``iif``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from survey_app.exchange.expressions.grammar import Dialect
from survey_app.exchange.expressions.pieces import (
    Piece,
    UncarriedConditionError,
    answered,
    chosen,
    combined,
    compare,
    negated,
    shown,
)
from survey_app.exchange.phrasing import Phrases
from survey_app.questionnaires.rules import (
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
)

SIGNS = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
ZERO_FITS: Mapping[str, Callable[[float], bool]] = {
    "eq": lambda value: value == 0,
    "ne": lambda value: value != 0,
    "lt": lambda value: value > 0,
    "le": lambda value: value >= 0,
    "gt": lambda value: value < 0,
    "ge": lambda value: value <= 0,
}
LENGTH = ".length"
QUOTE = re.compile(r"['\"]")
ESCAPED = re.compile(r"\\(['\"])")
# SurveyJS rewrites these wherever they stand in an expression, in texts too: such a
# text is cut in the middle of them.
REWRITTEN = re.compile(r"(?<==)(?=[<>])|(?<=<)(?=>)|(?<=equ)(?=als)")


def _reference(name: str) -> Piece:
    if name.endswith(LENGTH):
        return CountOf(name.removesuffix(LENGTH))
    return AnswerTo(name)


def _constant(name: str) -> Piece:
    """``true`` and ``false`` stand without quotes."""
    if name.lower() in {"true", "false"}:
        return Literal(name.lower())
    raise UncarriedConditionError(name)


DIALECT = Dialect(
    tokens=re.compile(
        r"\s+|\{\s*(?P<reference>[^{}]+?)\s*\}"
        r"|(?P<text>'(?:[^'\\]|\\['\"]|\\)*+'|\"(?:[^\"\\]|\\['\"]|\\)*+\")"
        r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)"
        r"|(?P<sign><=|>=|<>|!=|==|&&|\|\||[=<>()\[\],!+])"
    ),
    comparisons={
        **{sign: name for name, sign in SIGNS.items()},
        "==": "eq",
        "!=": "ne",
        "equal": "eq",
        "notequal": "ne",
        "greater": "gt",
        "less": "lt",
        "anyof": "any_in",
        "greaterorequal": "ge",
        "lessorequal": "le",
        "contains": "contains",
        "contain": "contains",
        "allof": "allof",
        "notcontains": "notcontains",
        "noneof": "noneof",
    },
    joins={"and": "and", "&&": "and", "or": "or", "||": "or", "!": "not"},
    reference=_reference,
    endings={
        "notempty": answered,
        "empty": lambda piece: negated(answered(piece)),
    },
    names=_constant,
    calls={"iif": chosen, "displayValue": shown},
    quoted=lambda text: ESCAPED.sub(r"\1", text),
)


def in_our_words(condition: Condition) -> Condition:
    """``contains`` and its like, which only SurveyJS says."""
    if isinstance(condition, Comparison) and condition.operator in LISTS:
        return LISTS[condition.operator](condition.left, condition.right)
    if isinstance(condition, Combination):
        parts = tuple(in_our_words(part) for part in condition.parts)
        return Combination(condition.operator, parts)
    return condition


def _has_all(left: Piece, right: Piece) -> Condition:
    if not isinstance(left, AnswerTo) or not isinstance(right, Literal):
        raise UncarriedConditionError
    codes = right.content if isinstance(right.content, tuple) else (right.content,)
    parts = [
        Comparison("any_in", left, Literal((_code(code),))) for code in codes if code
    ]
    if not parts:
        raise UncarriedConditionError
    return combined("and", parts)


def _code(content: object) -> str:
    return f"{content:g}" if isinstance(content, float) else str(content)


LISTS: Mapping[str, Callable[[Piece, Piece], Condition]] = {
    "contains": _has_all,
    "allof": _has_all,
    "notcontains": lambda left, right: negated(_has_all(left, right)),
    "noneof": lambda left, right: negated(compare("any_in", left, right)),
}


class SurveyJsPhrases(Phrases):
    """``names`` are what answers are called there: a row is ``matrix.row``."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def reference(self, answer_id: str) -> str:
        return f"{{{self._names.get(answer_id, answer_id)}}}"

    def denied(self, part: str) -> str:
        return f"!({part})"

    def answered(self, answer_id: str) -> str:
        return f"{self.reference(answer_id)} notempty"

    def ticked(self, answer_id: str, code: str) -> str:
        return f"{self.reference(answer_id)} anyof ['{code}']"

    def compared(self, name: str, answer_id: str, value: str | float) -> str:
        if isinstance(value, str):
            if value.endswith("\\"):
                raise UncarriedConditionError(value)
            written = self.together([*self.quoted(value)])
        else:
            written = f"{value:.15g}"
        return f"{self.reference(answer_id)} {SIGNS[name]} {written}"

    def counted(self, name: str, answer_id: str, value: float) -> str:
        """Who ticked nothing has ticked none; there, that is no number."""
        question = self._names[answer_id]
        said = f"{{{question}}} notempty and {{{question}{LENGTH}}}"
        counted = f"({said} {SIGNS[name]} {value:g})"
        if not ZERO_FITS[name](value):
            return counted
        return f"{{{question}}} empty or {counted}"

    def chosen(self, condition: str, then: str, otherwise: str) -> str:
        return f"iif({condition}, {then}, {otherwise})"

    def quoted(self, text: str) -> Iterator[str]:
        for run in REWRITTEN.split(text):
            if run:  # a backslash at the end would take the quote with it
                escaped = QUOTE.sub(r"\\\g<0>", run)
                yield f"'{escaped} '" if run.endswith("\\") else f"'{escaped}'"

    def put_in(self, answer_id: str, otherwise: str) -> str:
        """An answer as it is read; of a row of a matrix only its value is known."""
        name = self._names.get(answer_id, answer_id)
        said = f"{{{name}}}" if "." in name else f"displayValue('{name}')"
        return self.chosen(self.answered(answer_id), said, otherwise)

    def together(self, parts: Sequence[str]) -> str:
        """What is empty would show the name of what was worked out instead."""
        return " + ".join(parts) or "' '"
