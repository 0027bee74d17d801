"""Sentences in which a small word turns an opinion, put together from frames."""

import random
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.records import Language, QuestionRole
from encoder_training.examples import NEGATIVE, NEUTRAL, POSITIVE, Example

BOOKS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("contrasts.toml").read_text("utf-8")
)
_SIGNS = {1: POSITIVE, 0: NEUTRAL, -1: NEGATIVE}
_KINDS = (("plus", 1, 0.3), ("minus", -1, 0.3), ("zero", 0, 0.06), ("two", 0, 0.34))
_ROLES = (QuestionRole.REVIEW, QuestionRole.REVIEW, QuestionRole.INTERVIEW, None)
_OWN_WORDS = 0.45  # the share of words that suit only the thing spoken of


def contrasts(count: int, chance: random.Random) -> list[Example]:
    """So many sentences, Dutch and English in turn."""
    languages = (Language.DUTCH, Language.DUTCH, Language.ENGLISH)
    return [
        _sentence(BOOKS[language], language, chance)
        for number in range(count)
        for language in [languages[number % len(languages)]]
    ]


def _sentence(
    book: Mapping[str, Any], language: Language, chance: random.Random
) -> Example:
    kind, sign, _ = chance.choices(_KINDS, [share for *_, share in _KINDS])[0]
    frame = chance.choice(book[kind])
    first, second = chance.sample(sorted(book["things"]), 2)
    signs = {first: sign}
    if kind == "two":
        frame, one, other = frame
        signs = {first: one, second: other}
    things = {"N": first, "O": second}
    text, spans = _filled(frame, things, book, chance)
    if chance.random() < 0.5:  # noqa: PLR2004
        text = text[0].upper() + text[1:]
    return Example(
        text=text + chance.choice(("", "", ".", "!")),
        role=chance.choice(_ROLES),
        language=language,
        labels={name: _SIGNS[value] for name, value in signs.items()},
        asked=frozenset(signs),
        spans={name: (spans[mark],) for mark, name in things.items() if name in signs},
        group="contrasts",
        source="contrasts",
        key=text,
    )


def _filled(
    frame: str,
    things: Mapping[str, str],
    book: Mapping[str, Any],
    chance: random.Random,
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The frame with words in its slots; where the things came to stand."""
    text, spans, last = "", {}, things["N"]
    for part in frame.split("{"):
        slot, brace, rest = part.partition("}")
        if not brace:
            text += part
            continue
        if slot in things:
            last = things[slot]
            word = chance.choice(book["things"][last])
            spans[slot] = (len(text), len(text) + len(word))
        else:
            word = _word(slot, last, book, chance)
        text += word + rest
    return text, spans


def _word(slot: str, thing: str, book: Mapping[str, Any], chance: random.Random) -> str:
    if slot == "C":
        return str(chance.choice(book["comparatives"]))
    general, own = {
        "P": ("praise", "own_praise"),
        "Q": ("praise", "own_praise"),
        "M": ("blame", "own_blame"),
        "L": ("blame", "own_blame"),
    }[slot]
    fitting = book[own].get(thing)
    if fitting and chance.random() < _OWN_WORDS:
        return str(chance.choice(fitting))
    return str(chance.choice(book[general]))
