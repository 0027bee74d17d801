"""Conditions written as text, as other formats do: one grammar, their own words.

Each format says what its words are; what comes out is a condition of ours, which
names questions as the file does. What we have no words for is refused, so that the
reader can say so.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from survey_app.questionnaires.rules import (
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    Operand,
)

DEEPEST = 40
LONGEST = 20_000
SWAPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}


class UncarriedConditionError(ValueError):
    """A condition that has no counterpart here."""


Piece = Condition | Operand
Call = Callable[[Sequence[Piece]], Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The words of one format: what refers to an answer, compares, joins, calls."""

    tokens: re.Pattern[str]  # groups: reference, text, number, name, sign
    comparisons: Mapping[str, str]
    joins: Mapping[str, str]  # and, or, not
    calls: Mapping[str, Call] = field(default_factory=dict)
    reference: Callable[[str], Piece] = AnswerTo
    # Comparisons that stand after what they ask, such as notempty.
    endings: Mapping[str, Callable[[Piece], Condition]] = field(default_factory=dict)
    names: Callable[[str], Piece] | None = None  # what a bare name stands for


Token = tuple[str, str]  # kind and text


def parse(text: str, dialect: Dialect) -> Condition:
    """The condition that a text of this dialect states."""
    if len(text) > LONGEST:
        raise UncarriedConditionError(text[:60])
    reader = _Reader(list(_tokens(text, dialect)), dialect)
    piece = reader.alternatives(0)
    if reader.rest or not isinstance(piece, Condition):
        raise UncarriedConditionError(text)
    return piece


def combined(name: str, parts: Sequence[Condition]) -> Condition:
    """Several conditions as one; one alone as itself."""
    return parts[0] if len(parts) == 1 else Combination(name, tuple(parts))


def _tokens(text: str, dialect: Dialect) -> list[Token]:
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = dialect.tokens.match(text, place)
        if match is None or match.end() == place:
            raise UncarriedConditionError(text)
        place = match.end()
        if match.lastgroup is not None:
            found.append((match.lastgroup, match[match.lastgroup]))
    return found


class _Reader:
    """Reads from the left: or, and, not, comparison, operand."""

    def __init__(self, tokens: list[Token], dialect: Dialect) -> None:
        self.rest = tokens[::-1]
        self._dialect = dialect

    def alternatives(self, depth: int) -> Piece:
        if depth > DEEPEST:
            raise UncarriedConditionError
        return self._joined("or", lambda: self._conjunction(depth))

    def _conjunction(self, depth: int) -> Piece:
        return self._joined("and", lambda: self._denied(depth))

    def _joined(self, name: str, read: Callable[[], Piece]) -> Piece:
        parts = [read()]
        while self._join() == name:
            self.rest.pop()
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        return Combination(name, tuple(_condition(part) for part in parts))

    def _denied(self, depth: int) -> Piece:
        if depth > DEEPEST:
            raise UncarriedConditionError
        if self._join() != "not":
            return self._compared(depth)
        self.rest.pop()
        return negated(_condition(self._denied(depth + 1)))

    def _compared(self, depth: int) -> Piece:
        left = self._operand(depth)
        word = self._word()
        if word in self._dialect.endings:
            self.rest.pop()
            return self._dialect.endings[word](left)
        if word not in self._dialect.comparisons:
            return left
        self.rest.pop()
        return compare(self._dialect.comparisons[word], left, self._operand(depth))

    def _operand(self, depth: int) -> Piece:
        if not self.rest:
            raise UncarriedConditionError
        kind, text = self.rest.pop()
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "number":
            return Literal(float(text))
        if kind == "reference":
            return self._dialect.reference(text)
        if text in {"(", "["}:
            return self._group(text, depth)
        return self._named(kind, text, depth)

    def _group(self, opening: str, depth: int) -> Piece:
        if opening == "[":
            return _list(self._arguments("]", depth))
        inner = self.alternatives(depth + 1)
        self._expect(")")
        return inner

    def _named(self, kind: str, text: str, depth: int) -> Piece:
        is_call = self.rest and self.rest[-1][1] == "("
        if kind == "name" and is_call and text in self._dialect.calls:
            self.rest.pop()
            return self._dialect.calls[text](self._arguments(")", depth))
        if kind == "name" and not is_call and self._dialect.names is not None:
            return self._dialect.names(text)
        raise UncarriedConditionError(text)

    def _arguments(self, closing: str, depth: int) -> list[Piece]:
        found: list[Piece] = []
        while self.rest and self.rest[-1][1] != closing:
            found.append(self.alternatives(depth + 1))
            if self.rest and self.rest[-1][1] == ",":
                self.rest.pop()
        self._expect(closing)
        return found

    def _expect(self, sign: str) -> None:
        if not self.rest or self.rest.pop()[1] != sign:
            raise UncarriedConditionError

    def _word(self) -> str:
        return self.rest[-1][1].lower() if self.rest else ""

    def _join(self) -> str | None:
        if not self.rest or self.rest[-1][0] in {"text", "reference"}:
            return None
        return self._dialect.joins.get(self._word())


def compare(name: str, left: Piece, right: Piece) -> Condition:
    """A comparison with what was asked on the left."""
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, name = right, left, SWAPPED.get(name, name)
    if isinstance(left, Condition) or isinstance(right, Condition):
        raise UncarriedConditionError
    if isinstance(right, Literal) and right.content == "" and name in {"eq", "ne"}:
        return answered(left) if name == "ne" else negated(answered(left))
    if isinstance(left, Literal) or not isinstance(right, Literal):
        raise UncarriedConditionError
    return Comparison(name, left, right)


def answered(piece: Piece) -> Condition:
    if not isinstance(piece, AnswerTo):
        raise UncarriedConditionError
    return Answered(piece)


def negated(condition: Condition) -> Condition:
    """Not so; of what is denied already, that it is so."""
    if isinstance(condition, Combination) and condition.operator == "not":
        return condition.parts[0]
    return Combination("not", (condition,))


def has_code(arguments: Sequence[Piece]) -> Condition:
    """``selected(question, code)``: one of those ticked."""
    match arguments:
        case [AnswerTo() as question, Literal(content)] if content is not None:
            return Comparison("any_in", question, Literal((_plain(content),)))
    raise UncarriedConditionError


def count_of(arguments: Sequence[Piece]) -> Piece:
    match arguments:
        case [AnswerTo(name)]:
            return CountOf(name)
    raise UncarriedConditionError


def denial(arguments: Sequence[Piece]) -> Piece:
    match arguments:
        case [part]:
            return negated(_condition(part))
    raise UncarriedConditionError


def itself(arguments: Sequence[Piece]) -> Piece:
    """A call that changes nothing here, such as ``number()``."""
    match arguments:
        case [part]:
            return part
    raise UncarriedConditionError


def _list(pieces: Sequence[Piece]) -> Literal:
    codes = []
    for piece in pieces:
        if not isinstance(piece, Literal) or piece.content is None:
            raise UncarriedConditionError
        codes.append(_plain(piece.content))
    return Literal(tuple(codes))


def _plain(content: object) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content)


def _condition(piece: Piece) -> Condition:
    if not isinstance(piece, Condition):
        raise UncarriedConditionError
    return piece
