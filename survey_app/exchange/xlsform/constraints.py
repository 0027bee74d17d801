"""What an answer must be, as XLSForm says it of ``.``; ours written and read back."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey_app.questionnaires.question_set import WRITTEN_TYPES, Question, QuestionType

AN_ADDRESS = r"regex(., '^[^@\s]+@[^@\s]+$')"
LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=?)\s*(\d{1,6})")
BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,13})(?![\d.])")
DAY = re.compile(r"\.\s*(>=|<=)\s*date\('(\d{4}-\d\d-\d\d)'\)")
ALONE = re.compile(
    r"not\(selected\(\.,\s*'([^']+)'\)\s*and\s*count-selected\(\.\)\s*>\s*1\)"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What of a constraint we have words for; ``is_whole`` when that was all."""

    attributes: dict[str, Any]
    exclusive: frozenset[str]
    is_email: bool
    is_whole: bool


def constraint_of(question: Question) -> str:
    if question.type is QuestionType.EMAIL:
        return AN_ADDRESS
    if question.type in WRITTEN_TYPES:
        return f"string-length(.) <= {question.max_length}"
    if question.type is QuestionType.NUMBER:
        return _between(question.minimum, question.maximum)
    if question.type is QuestionType.DATE:
        days = (question.earliest, question.latest)
        return _between(*(None if d is None else f"date('{d}')" for d in days))
    if question.type is not QuestionType.MULTI:
        return ""
    alone = [option.code for option in question.options if option.exclusive]
    return " and ".join(
        f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone
    )


def read_constraint(text: str) -> Bounds:
    attributes: dict[str, Any] = {}
    for sign, number in LENGTH.findall(text):
        attributes["max_length"] = int(number) - (sign == "<")
    for sign, number in BOUND.findall(text):
        name = "minimum" if sign[0] == ">" else "maximum"
        step = {">": 1, "<": -1}.get(sign, 0)
        attributes[name] = int(number) + step
    for sign, day in DAY.findall(text):
        try:
            attributes["earliest" if sign == ">=" else "latest"] = date.fromisoformat(
                day
            )
        except ValueError:
            continue
    rest = text.replace(AN_ADDRESS, "")
    for pattern in (LENGTH, DAY, BOUND, ALONE):
        rest = pattern.sub("", rest)
    return Bounds(
        attributes,
        frozenset(ALONE.findall(text)),
        AN_ADDRESS in text,
        not re.sub(r"\band\b|[\s()]", "", rest),
    )


def _between(low: object, high: object) -> str:
    bounds = [f". >= {low}"] if low is not None else []
    bounds += [f". <= {high}"] if high is not None else []
    return " and ".join(bounds)
