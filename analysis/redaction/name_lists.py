"""The lists of names and of the words beside names, ready to be asked."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from analysis.lexicon import load_lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Phrases = dict[str, tuple[tuple[str, ...], ...]]  # by one of their words
_SHORTEST_GENITIVE = 4  # letters of a name that takes an s: Sannes


@dataclass(frozen=True, slots=True)
class Names:
    given: frozenset[str]
    genitives: frozenset[str]  # Sannes, with a capital
    given_words: frozenset[str]
    surnames: frozenset[str]
    surname_words: frozenset[str]
    after_particles: frozenset[str]
    particles: frozenset[str]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameCues:
    before: dict[str, Phrases]  # by kind, then by last word
    words: dict[str, frozenset[str]]
    never: frozenset[str]
    function_words: dict[str, frozenset[str]]
    never_endings: tuple[str, ...]
    brand_words: frozenset[str]
    brands: Phrases  # of several words, by the first


BEFORE = (
    "short_titles", "titles", "naming", "labels", "called", "people", "helping",
    "closings", "thanking", "introducing", "near",
)  # fmt: skip
_SETS = ("determiners", "persons", "departments", "deeds", "states", "merits", "me", "places")


@cache
def names() -> Names:
    lexicon = load_lexicon("names")
    given_words = frozenset(lexicon["given_words"].split())
    given = {name for one in lexicon["given"].values() for name in one.split()}
    genitives = {
        f"{name}s"
        for name in given
        if len(name) >= _SHORTEST_GENITIVE and name[-1] not in "sxz"
    }
    surnames = {name for one in lexicon["surnames"].values() for name in one.split()}
    return Names(
        frozenset(given),
        frozenset(genitives - given - name_cues().never),
        given_words,
        frozenset(surnames),
        frozenset(lexicon["surname_words"].split()),
        frozenset(lexicon["after_particles"].split()),
        frozenset(lexicon["particles"].replace("'", "").split()),
        tuple(lexicon["surname_endings"].split()),
    )


@cache
def name_cues() -> NameCues:
    lexicon = load_lexicon("name_cues")
    brands = list(_phrases(load_lexicon("name_lookalikes")["brands"]))
    function_words = {
        language: frozenset(words.split())
        for language, words in load_lexicon("function_words").items()
    }
    return NameCues(
        before={kind: _by_word(_phrases(lexicon[kind]), -1) for kind in BEFORE},
        words={name: frozenset(lexicon[name].split()) for name in _SETS},
        never=frozenset(lexicon["never"].split()).union(*function_words.values()),
        function_words=function_words,
        never_endings=tuple(lexicon["never_endings"].split()),
        brand_words=frozenset(one[0] for one in brands if len(one) == 1),
        brands=_by_word((one for one in brands if len(one) > 1), 0),
    )


def _phrases(text: str) -> Iterable[tuple[str, ...]]:
    for phrase in re.split(r"\s/\s", f"{text} "):
        words = tuple(WORD.findall(phrase.strip(" /\n").lower()))
        if len(words) > 1:
            yield tuple(word.removesuffix("'s") for word in words)
        elif words:
            yield words


def _by_word(phrases: Iterable[tuple[str, ...]], place: int) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        found[phrase[place]].append(phrase)
    return {word: tuple(some) for word, some in found.items()}
