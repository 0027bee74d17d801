"""Placeholder until the validator lands: problems with the path of what they are of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set
from survey_app.questionnaires.table import InvalidQuestionSetError
from survey_app.questionnaires.table import Problem as Written


@dataclass(frozen=True, slots=True)
class Message:
    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid

    def translated(self, gettext: Callable[..., Any]) -> str:
        del gettext
        return self.msgid


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    path: tuple[str | int, ...]
    sentence: Message
    fix: Message
    line: int | None = None
    column: int | None = None

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E_")

    @property
    def place(self) -> str:
        return ".".join(map(str, self.path))


@dataclass(frozen=True, slots=True)
class Reading:
    question_set: QuestionSet | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return self.problems

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return ()


def inspect_question_set(source: str) -> Reading:
    try:
        return Reading(read_question_set(source), ())
    except InvalidQuestionSetError as error:
        return Reading(None, tuple(map(_problem, error.problems)))


def _problem(problem: Written) -> Problem:
    steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", problem.place)
    path = tuple(int(number) if number else name for number, name in steps)
    return Problem(problem.code, path, Message(problem.sentence), Message(problem.fix))
