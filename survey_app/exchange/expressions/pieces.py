"""What the words of a condition stand for, and what may be made of them together."""

from collections.abc import Sequence
from dataclasses import dataclass

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

SWAPPED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}


class UncarriedConditionError(ValueError):
    """A condition that has no counterpart here."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text put together; an answer in it stands as ``{question|otherwise}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Cases:
    """A text for each condition, the first that holds; and one where none does."""

    cases: tuple[tuple[Condition, str], ...]
    otherwise: str


Piece = Condition | Operand | Words | Cases


def as_condition(piece: Piece) -> Condition:
    if not isinstance(piece, Condition):
        raise UncarriedConditionError
    return piece


def combined(name: str, parts: Sequence[Condition]) -> Condition:
    """Several conditions as one; one alone as itself."""
    return parts[0] if len(parts) == 1 else Combination(name, tuple(parts))


def compare(name: str, left: Piece, right: Piece) -> Condition:
    """A comparison with what was asked on the left."""
    left, right = _literal(left), _literal(right)
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, name = right, left, SWAPPED.get(name, name)
    if not isinstance(left, Operand) or not isinstance(right, Operand):
        raise UncarriedConditionError
    if isinstance(right, Literal) and right.content == "" and name in {"eq", "ne"}:
        return answered(left) if name == "ne" else negated(answered(left))
    if isinstance(left, Literal) or not isinstance(right, Literal):
        raise UncarriedConditionError
    return Comparison(name, left, right)


def _literal(piece: Piece) -> Piece:
    """A text with no answer in it was only put together because of its quotes."""
    if isinstance(piece, Words) and "{" not in piece.text:
        return Literal(piece.text)
    return piece


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
            return negated(as_condition(part))
    raise UncarriedConditionError


def itself(arguments: Sequence[Piece]) -> Piece:
    """A call that changes nothing here, such as ``number()``."""
    match arguments:
        case [part]:
            return part
    raise UncarriedConditionError


def list_of(pieces: Sequence[Piece]) -> Literal:
    codes = []
    for piece in pieces:
        if not isinstance(piece, Literal) or piece.content is None:
            raise UncarriedConditionError
        codes.append(_plain(piece.content))
    return Literal(tuple(codes))


def chosen(arguments: Sequence[Piece]) -> Piece:
    """``if(condition, text, text)``; an answer or else a text is a text with it in."""
    match arguments:
        case [condition, then, Cases(cases, otherwise)]:
            return Cases(((as_condition(condition), text_in(then)), *cases), otherwise)
        case [Answered(AnswerTo(name)), then, other] if text_in(then) == f"{{{name}}}":
            return or_else([AnswerTo(name), other])
        case [condition, then, other]:
            first = (as_condition(condition), text_in(then))
            return Cases((first,), text_in(other))
    raise UncarriedConditionError


def or_else(arguments: Sequence[Piece]) -> Piece:
    """``coalesce(question, text)``: the answer, or the text where there is none."""
    match arguments:
        case [AnswerTo(name), otherwise]:
            return Words(f"{{{name}|{text_in(otherwise)}}}")
    raise UncarriedConditionError


def shown(arguments: Sequence[Piece]) -> Piece:
    """``displayValue('question')``: an answer as it is read."""
    match arguments:
        case [Literal(str(name))]:
            return Words(f"{{{name}}}")
    raise UncarriedConditionError


def joined_text(pieces: Sequence[Piece]) -> Piece:
    return Words("".join(map(text_in, pieces)))


def is_text(piece: Piece) -> bool:
    match piece:
        case Words() | Literal(str()):
            return True
    return False


def text_in(piece: Piece) -> str:
    match piece:
        case Words(text) | Literal(str(text)):
            return text
        case Literal(float(number)):
            return f"{number:.15g}"
        case AnswerTo(name):
            return f"{{{name}}}"
    raise UncarriedConditionError


def _plain(content: object) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content)
