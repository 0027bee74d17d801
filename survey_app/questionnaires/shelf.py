"""The question sets that are ready to use: the files in question_sets/."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import read_question_set


@dataclass(frozen=True, slots=True)
class Shipped:
    """One of them, as it is offered; ``name`` is its file without the ending."""

    name: str
    source: str
    question_set: QuestionSet


@cache
def shipped_question_sets() -> Mapping[str, Shipped]:
    """By name, the standard one first."""
    found = [
        Shipped(file.name.removesuffix(".toml"), source, read_question_set(source))
        for file in files("question_sets").iterdir()
        if file.name.endswith(".toml") and "_v" in file.name
        for source in [file.read_text("utf-8")]
    ]
    found.sort(key=lambda each: (each.question_set.id != "standard", each.name))
    return {each.name: each for each in found}


@cache
def blank_question_set() -> str:
    """What a questionnaire from nothing begins as: all that must be there, once."""
    return (files("survey_app.questionnaires") / "blank.toml").read_text("utf-8")
