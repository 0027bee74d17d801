"""Our conditions, and texts that depend on them, in the words of another format.

Each format has a few phrases of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from survey_app.exchange.expressions.pieces import UncarriedConditionError
from survey_app.questionnaires.piping import PLACEHOLDER
from survey_app.questionnaires.question_set import PICK_MORE_TYPES, Question
from survey_app.questionnaires.rules import (
    ORDER,
    Answered,
    AnswerTo,
    Combination,
    Comparison,
    Condition,
    CountOf,
    Literal,
    Value,
    codes_in,
)

Questions = Mapping[str, Question]  # by the ids of their answers


class Phrases(Protocol):
    """What a format says for each of these."""

    def joined(self, name: str, parts: Sequence[str]) -> str:
        return f" {name} ".join(f"({part})" for part in parts)

    def reference(self, answer_id: str) -> str: ...

    def denied(self, part: str) -> str: ...

    def answered(self, answer_id: str) -> str: ...

    def ticked(self, answer_id: str, code: str) -> str: ...

    def compared(self, name: str, answer_id: str, value: str | float) -> str: ...

    def counted(self, name: str, answer_id: str, value: float) -> str: ...

    def chosen(self, condition: str, then: str, otherwise: str) -> str: ...

    def quoted(self, text: str) -> Iterable[str]: ...

    def put_in(self, answer_id: str, otherwise: str) -> str: ...

    def together(self, parts: Sequence[str]) -> str: ...


def phrased(condition: Condition, questions: Questions, phrases: Phrases) -> str:
    """The condition as text; refused when the format cannot know what it asks."""
    match condition:
        case Answered(AnswerTo(answer_id)):
            return phrases.answered(answer_id)
        case Combination("not", (part,)):
            return phrases.denied(phrased(part, questions, phrases))
        case Combination(name, parts) if parts:
            return phrases.joined(
                name, [phrased(part, questions, phrases) for part in parts]
            )
        case Comparison(name, CountOf(answer_id), Literal(float(value))):
            return phrases.counted(name, answer_id, value)
        case Comparison(name, AnswerTo(answer_id), Literal(value)):
            return _about(name, answer_id, value, questions, phrases)
    raise UncarriedConditionError


def spoken(text: str, phrases: Phrases) -> str:
    """A text as something to be worked out, with the answers that it wants."""
    parts: list[str] = []
    place = 0
    for found in PLACEHOLDER.finditer(text):
        parts += phrases.quoted(text[place : found.start()])
        otherwise = phrases.together([*phrases.quoted(found[2] or "")])
        parts.append(phrases.put_in(found[1].strip(), otherwise))
        place = found.end()
    return phrases.together([*parts, *phrases.quoted(text[place:])])


def _about(
    name: str, answer_id: str, value: Value, questions: Questions, phrases: Phrases
) -> str:
    question = questions[answer_id]
    takes_more = question.type in PICK_MORE_TYPES
    if name in ORDER or not (takes_more or isinstance(value, tuple)):
        if isinstance(value, tuple) or value is None:
            raise UncarriedConditionError
        return phrases.compared(name, answer_id, value)
    codes = codes_in(value)
    if name == "all_in":
        return _nothing_else(answer_id, codes, question, phrases)
    among = _any_of(answer_id, codes, question, phrases)
    return phrases.denied(among) if name == "ne" else among


def _any_of(
    answer_id: str, codes: Sequence[str], question: Question, phrases: Phrases
) -> str:
    parts = [_has(answer_id, code, question, phrases) for code in codes]
    return parts[0] if len(parts) == 1 else phrases.joined("or", parts)


def _nothing_else(
    answer_id: str, codes: Sequence[str], question: Question, phrases: Phrases
) -> str:
    """Something is ticked, and no option besides these."""
    others = [code for code in question.codes if code not in codes]
    parts = [phrases.answered(answer_id)]
    parts += [
        phrases.denied(_has(answer_id, code, question, phrases)) for code in others
    ]
    return parts[0] if len(parts) == 1 else phrases.joined("and", parts)


def _has(answer_id: str, code: str, question: Question, phrases: Phrases) -> str:
    if question.type in PICK_MORE_TYPES:
        return phrases.ticked(answer_id, code)
    value = float(code) if question.is_numeric else code
    return phrases.compared("eq", answer_id, value)
