"""Guessing which column of a file is which question: by name, by title, by likeness."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from survey_app.questionnaires.question_set import (
    Question,
    QuestionSet,
    QuestionType,
    Texts,
    row_id,
)
from survey_app.responses.importing.answers import DETAIL, columns_of

SURE, LIKELY, LEAST = 1.0, 0.9, 0.72
LONGEST_COMPARED = 200
NOT_WORDS = re.compile(r"[^0-9a-z]+")
# What else programs and people call what goes with a response.
FACTS: Mapping[str, tuple[str, ...]] = {
    "submission_id": (
        "id",
        "response id",
        "respons id",
        "nummer",
        "inzending",
        "token",
    ),
    "respondent_id": (
        "respondent",
        "klantnummer",
        "customer id",
        "klant id",
        "user id",
    ),
    "submitted_at": (
        "date",
        "datum",
        "timestamp",
        "tijdstempel",
        "submitdate",
        "submit date",
        "end date",
        "submitted",
        "verstuurd op",
        "completed at",
    ),
    "language": ("taal", "lang", "startlanguage", "start language"),
    "wave": ("golf", "ronde", "round", "meting"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may be: ``names`` are what it is known by, in any language."""

    column: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """``column`` None: nothing is like it. ``confidence`` is from 0 to 1."""

    column: str | None
    confidence: float


def guess_columns(names: Sequence[str], question_set: QuestionSet) -> dict[str, Guess]:
    """The likeliest target of each column; no target twice, the surest first."""
    targets = list(targets_of(question_set))
    likely = sorted(
        (
            (likeness, name, target.column)
            for name in names
            for target in targets
            if (likeness := _likeness(name, target)) >= LEAST
        ),
        key=lambda found: -found[0],
    )
    guesses: dict[str, Guess] = {}
    taken: set[str] = set()
    for likeness, name, column in likely:
        if name not in guesses and column not in taken:
            guesses[name] = Guess(column, likeness)
            taken.add(column)
    return {name: guesses.get(name, Guess(None, 0.0)) for name in names}


def targets_of(question_set: QuestionSet) -> Iterator[Target]:
    for column, others in FACTS.items():
        yield Target(column, frozenset(map(plain, (column, *others))))
    for question in question_set.questions.values():
        for column in columns_of(question):
            titles = _titles(question, column)
            yield Target(column, frozenset(map(plain, (column, *titles))))


def plain(text: str) -> str:
    """Letters and digits only, in small: what differs otherwise means nothing.

    >>> plain("Hoe heeft u ons gevonden?")
    'hoe heeft u ons gevonden'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    without = "".join(each for each in bare if not unicodedata.combining(each))
    return NOT_WORDS.sub(" ", without).strip()


def _likeness(name: str, target: Target) -> float:
    words = plain(name)[:LONGEST_COMPARED]
    if not words:
        return 0.0
    if words == plain(target.column):
        return SURE
    if words in target.names:
        return LIKELY
    return max(_share(words, known) for known in target.names) * LIKELY


def _share(words: str, known: str) -> float:
    """How much of two texts is the same; cheap bounds first."""
    matcher = SequenceMatcher(None, words, known[:LONGEST_COMPARED], autojunk=False)
    least = LEAST / LIKELY
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _titles(question: Question, column: str) -> Iterator[str]:
    """A question by its title; a part of it by title and label together."""
    if column == question.id:
        yield from question.title.values()
        for variant in question.variants:
            yield from (variant.title or {}).values()
        return
    for language, title in question.title.items():
        label = _label(question, column, language)
        yield f"{title} {label}"
        yield f"{title} [{label}]"


def _label(question: Question, column: str, language: str) -> str:
    if column == row_id(question.id, DETAIL) and question.written:
        return _in(question.written.label, language)
    parts = question.rows if question.type is QuestionType.MATRIX else question.options
    for part in parts:
        if column == row_id(question.id, part.code):
            return _in(part.label, language)
    return column


def _in(texts: Texts, language: str) -> str:
    return texts.get(language, "")
