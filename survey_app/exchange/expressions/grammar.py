"""Conditions written as text, as other formats do: one grammar, their own words.

Each format says what its words are; what comes out is a condition of ours, which
names questions as the file does. What we have no words for is refused, so that the
reader can say so.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from survey_app.exchange.expressions.pieces import (
    Cases,
    Piece,
    UncarriedConditionError,
    as_condition,
    compare,
    is_text,
    joined_text,
    list_of,
    negated,
    text_in,
)
from survey_app.questionnaires.rules import AnswerTo, Combination, Condition, Literal

DEEPEST = 40
LONGEST = 20_000

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
    quoted: Callable[[str], str] = str  # what a text between quotes says


Token = tuple[str, str]  # kind and text


def parse(text: str, dialect: Dialect) -> Condition:
    """The condition that a text of this dialect states."""
    return as_condition(_read(text, dialect))


def parse_wording(text: str, dialect: Dialect) -> Cases:
    """The texts that this one chooses from, and when."""
    piece = _read(text, dialect)
    return piece if isinstance(piece, Cases) else Cases((), text_in(piece))


def _read(text: str, dialect: Dialect) -> Piece:
    if len(text) > LONGEST:
        raise UncarriedConditionError(text[:60])
    reader = _Reader(list(_tokens(text, dialect)), dialect)
    piece = reader.alternatives(0)
    if reader.rest:
        raise UncarriedConditionError(text)
    return piece


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
        return Combination(name, tuple(as_condition(part) for part in parts))

    def _denied(self, depth: int) -> Piece:
        if depth > DEEPEST:
            raise UncarriedConditionError
        if self._join() != "not":
            return self._compared(depth)
        self.rest.pop()
        return negated(as_condition(self._denied(depth + 1)))

    def _compared(self, depth: int) -> Piece:
        left = self._added(depth)
        word = self._word()
        if word in self._dialect.endings:
            self.rest.pop()
            return self._dialect.endings[word](left)
        if word not in self._dialect.comparisons:
            return left
        self.rest.pop()
        return compare(self._dialect.comparisons[word], left, self._added(depth))

    def _added(self, depth: int) -> Piece:
        """Texts one after another; formats that join them otherwise have no sign."""
        pieces = [self._operand(depth)]
        while self.rest and self.rest[-1] == ("sign", "+"):
            self.rest.pop()
            pieces.append(self._operand(depth))
        if len(pieces) == 1:
            return pieces[0]
        if not any(map(is_text, pieces)):  # numbers, added up
            raise UncarriedConditionError
        return joined_text(pieces)

    def _operand(self, depth: int) -> Piece:
        if not self.rest:
            raise UncarriedConditionError
        kind, text = self.rest.pop()
        if kind == "text":
            return Literal(self._dialect.quoted(text[1:-1]))
        if kind == "number":
            return Literal(float(text))
        if kind == "reference":
            return self._dialect.reference(text)
        if text in {"(", "["}:
            return self._group(text, depth)
        return self._named(kind, text, depth)

    def _group(self, opening: str, depth: int) -> Piece:
        if opening == "[":
            return list_of(self._arguments("]", depth))
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
