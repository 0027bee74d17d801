"""The words that turn, lessen or suspend polarity, read from the lexicons."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from analysis.language import PhraseBook
from analysis.lexicon import load_lexicon
from analysis.records import Language


@dataclass(frozen=True, slots=True)
class Rules:
    """Sets of normalised words, named after what they do to a cue near them."""

    negators: frozenset[str]
    weak_negators: frozenset[str]
    rightward: frozenset[str]
    no_negation_before: frozenset[str]
    chain: frozenset[str]
    comments: frozenset[str]
    stops: frozenset[str]
    reach_through: frozenset[str]
    saying: frozenset[str]
    denying_pairs: frozenset[str]
    too: frozenset[str]
    scalars: frozenset[str]
    conditional: frozenset[str]
    conditional_subject: frozenset[str]
    consequence: frozenset[str]
    modal: frozenset[str]
    late_modal: frozenset[str]
    inverted: frozenset[str]
    inverted_subject: frozenset[str]
    inverted_mark: frozenset[str]
    why: frozenset[str]
    sarcasm: frozenset[str]
    rivals: frozenset[str]
    other: frozenset[str]
    firms: frozenset[str]
    than: frozenset[str]
    ours: frozenset[str]
    contrast: frozenset[str]
    boosting: frozenset[str]
    sheer: frozenset[str]
    tilted: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Expression:
    """What a multi-word expression says, and how firmly."""

    score: float
    negatable: bool = False
    wish: bool = False
    open: bool = False  # holds a gap: whatever stands in it was not foreseen


def _code(language: Language) -> str:
    return "en" if language is Language.ENGLISH else "nl"


@cache
def load_rules(language: Language) -> Rules:
    """The rule words of a language; an undetermined one is read as Dutch."""
    code = _code(language)
    data = {**load_lexicon(f"negation_{code}"), **load_lexicon(f"intensity_{code}")}
    sets = {
        part.name: frozenset(data[part.name].split())
        for part in fields(Rules)
        if part.name != "tilted"
    }
    return Rules(**sets, tilted=_scores(data["tilted"]))


def _scores(groups: list[dict[str, Any]], key: str = "score") -> dict[str, float]:
    return {word: group[key] for group in groups for word in group["list"].split()}


@cache
def load_complaints(language: Language) -> PhraseBook[None]:
    """How questions open that complain: "where is my ...?", "how hard can ...?"."""
    lists = load_lexicon(f"negation_{_code(language)}")["complaining"]["list"]
    return PhraseBook((line, None) for line in lists.strip().splitlines())


@cache
def load_degrees(language: Language) -> Mapping[str, float]:
    """The factor of each word of degree."""
    return _scores(load_lexicon(f"intensity_{_code(language)}")["degrees"], "factor")


@cache
def load_expressions(language: Language) -> PhraseBook[Expression]:
    """The multi-word expressions of a language; of both when it is undetermined."""
    codes = ["nl", "en"] if language is Language.UNDETERMINED else [_code(language)]
    patterns: list[tuple[str, Expression]] = []
    sets: dict[str, frozenset[str]] = {}
    for code in codes:
        data = load_lexicon(f"phrases_{code}")
        sets.update(
            {name: frozenset(text.split()) for name, text in data["sets"].items()}
        )
        patterns.extend(_patterns(data["phrases"]))
    return PhraseBook(patterns, sets)


def _patterns(groups: list[dict[str, Any]]) -> list[tuple[str, Expression]]:
    return [
        (
            line,
            Expression(
                score=group["score"],
                negatable=bool(group.get("negatable")),
                wish=bool(group.get("wish")),
                open="..." in line,
            ),
        )
        for group in groups
        for line in group["list"].strip().splitlines()
    ]
