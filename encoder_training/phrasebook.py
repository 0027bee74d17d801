"""Opinions out of our own lexicons, said of any touchpoint."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.encoder import OVERALL
from analysis.records import Language, QuestionRole
from encoder_training.contrasts import BOOKS
from encoder_training.examples import NEGATIVE, POSITIVE, Example, merged

_LEXICONS = Path(__file__).parents[1] / "analysis" / "lexicons"
_OPINION_FROM = 0.25
_PLAIN = re.compile(r"[\w|'’.\-() ]+")
_OPTIONAL = re.compile(r"\(([^()]*)\)")
_ASKED_ABOUT = {
    QuestionRole.WEBSITE_EXPERIENCE: "website",
    QuestionRole.FINDABILITY: "search_navigation",
    QuestionRole.INTERACTIONS: "customer_service",
}
_OPEN = (QuestionRole.REVIEW, QuestionRole.INTERVIEW, None)
_FORMS = ("{N} {X}", "{N}: {X}", "{X}, {N}", "{N}? {X}", "{X} {N}", "{N}, {X}")
_BARE = 0.3  # the share of opinions said without naming what they are about
_PAIRED = 0.35  # of the others, the share said beside an opinion on something else
_PHRASES = 0.7


@dataclass(frozen=True, slots=True)
class _Opinions:
    """Patterns and words with their sign."""

    phrases: Sequence[tuple[str, int]]
    words: Sequence[tuple[str, int]]
    sets: Mapping[str, Sequence[str]]


@cache
def _opinions(code: str) -> _Opinions:
    phrases = tomllib.loads((_LEXICONS / f"phrases_{code}.toml").read_text("utf-8"))
    words = tomllib.loads((_LEXICONS / f"polarity_{code}.toml").read_text("utf-8"))
    return _Opinions(
        phrases=[
            (line.strip(), _sign(entry))
            for entry in phrases["phrases"]
            for line in entry["list"].splitlines()
            if _sign(entry) >= 0 and _PLAIN.fullmatch(line.strip())
        ],
        words=[
            (word, _sign(entry))
            for kind in ("words", "exact")
            for entry in words[kind]
            for word in entry["list"].split()
            if _sign(entry) >= 0 and word.isalpha()
        ],
        sets={name: found.split() for name, found in phrases["sets"].items()},
    )


def _sign(entry: Mapping[str, Any]) -> int:
    """The polarity, or -1 where the lexicon holds no plain opinion."""
    score = entry.get("score", 0.0)
    if abs(score) < _OPINION_FROM:
        return -1
    return POSITIVE if score > 0 else NEGATIVE


def opinions(count: int, chance: random.Random) -> list[Example]:
    """So many opinions, two in three of them Dutch."""
    languages = (Language.DUTCH, Language.DUTCH, Language.ENGLISH)
    return [_opinion(languages[at % len(languages)], chance) for at in range(count)]


def _opinion(language: Language, chance: random.Random) -> Example:
    said, sign = _said(language, chance)
    if chance.random() < _BARE:
        role = chance.choice((*_ASKED_ABOUT, None))
        name = _ASKED_ABOUT.get(role, OVERALL) if role else OVERALL
        return _example(said, role, language, {name: (sign, (0, len(said)))})
    things = BOOKS[language]["things"]
    first, second = chance.sample(sorted(things), 2)
    text = _of(chance.choice(things[first]), said, chance)
    labels = {first: (sign, (0, len(text)))}
    if chance.random() < _PAIRED:
        more, other = _said(language, chance)
        start = len(text) + 2
        beside = _of(chance.choice(things[second]), more, chance)
        text = f"{text}{chance.choice('.,;')} {beside}"
        labels[second] = (other, (start, len(text)))
    return _example(text, chance.choice(_OPEN), language, labels)


def _of(thing: str, said: str, chance: random.Random) -> str:
    return chance.choice(_FORMS).replace("{N}", thing).replace("{X}", said)


def _example(
    text: str,
    role: QuestionRole | None,
    language: Language,
    labels: Mapping[str, tuple[int, tuple[int, int]]],
) -> Example:
    return Example(
        text=text,
        role=role,
        language=language,
        labels={name: merged([sign]) for name, (sign, _) in labels.items()},
        asked=frozenset(labels),
        spans={name: (place,) for name, (_, place) in labels.items()},
        group="opinions",
        source="opinions",
        key=text,
    )


def _said(language: Language, chance: random.Random) -> tuple[str, int]:
    book = _opinions(language)
    if chance.random() < _PHRASES:
        pattern, sign = chance.choice(book.phrases)
        return _spoken(pattern, book.sets, chance), sign
    return chance.choice(book.words)


def _spoken(
    pattern: str, sets: Mapping[str, Sequence[str]], chance: random.Random
) -> str:
    """One of the many ways to say a pattern of the lexicon.

    >>> _spoken("niet (te) MOOI ... |x", {"MOOI": ["fraai"]}, random.Random(1))
    'niet te fraai x'
    """
    kept = _OPTIONAL.sub(lambda m: m[1] if chance.random() < 0.5 else "", pattern)  # noqa: PLR2004
    words = []
    for part in kept.replace("...", " ").split():
        choices = [one for one in part.split("|") if one]
        if choices:
            word = chance.choice(choices)
            words.append(chance.choice(sets[word]) if word in sets else word)
    return " ".join(words)
