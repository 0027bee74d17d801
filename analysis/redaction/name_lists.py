"""The lists of names and of the words beside names, ready to be asked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from analysis.lexicon import load_lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Phrases = dict[str, tuple[tuple[str, ...], ...]]  # by one of their words
_SMALL = ("tje", "je")
_SHORTEST_GENITIVE = 4  # letters of a name that takes an s: Sannes


@dataclass(frozen=True, slots=True)
class Names:
    beginnings: frozenset[str]  # given names, also those that are words
    given: frozenset[str]
    genitives: frozenset[str]  # Sannes, with a capital
    diminutives: frozenset[str]  # Hilletje, with a capital
    given_words: frozenset[str]
    surnames: frozenset[str]
    surname_words: frozenset[str]
    after_particles: frozenset[str]
    particles: frozenset[str]
    endings: tuple[str, ...]
    opening: frozenset[str]  # particles, by what may follow
    common: frozenset[str]
    placing: frozenset[str]
    placed: frozenset[str]
    after_van: frozenset[str]
    inside: frozenset[str]  # of given_words: with a capital inside a sentence
    capital: frozenset[str]  # and of these, with one anywhere


@dataclass(frozen=True, slots=True)
class NameCues:
    before: dict[str, Phrases]  # by kind, then by last word
    before_any: frozenset[str]  # the last words of all cues before a name
    before_lower: frozenset[str]  # and of those behind which it needs no capital
    words: dict[str, frozenset[str]]
    never: frozenset[str]
    function_words: dict[str, frozenset[str]]
    ordinary: frozenset[str]  # words of other word lists that are no name
    unlikely: frozenset[str]  # to begin a name
    role_endings: tuple[str, ...]
    never_endings: tuple[str, ...]
    inhabitants: tuple[str, ...]
    named_after: tuple[str, ...]
    brand_words: frozenset[str]
    brands: Phrases  # of several words, by the first


BEFORE = (
    "short_titles", "titles", "naming", "labels", "called", "people", "helping",
    "closings", "thanking", "introducing", "near", "fillers",
)  # fmt: skip
_LOWER = ("short_titles", "titles", "naming", "labels", "closings")
_SETS = (
    "determiners", "persons", "departments", "deeds", "states", "merits", "me",
    "places", "loose", "sure", "conjunctions", "joining",
    "articles", "meanwhile", "things", "met",
    "adverbs", "doubtful", "greetings", "royals",
    "firms_before", "firms_after", "works",
)  # fmt: skip
_ORDINARY = (
    "polarity", "intensity", "negation", "emotions", "touchpoints", "phrases", "stance",
)  # fmt: skip


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
        frozenset(given) | given_words,
        frozenset(given),
        frozenset(genitives - given - _never()),
        frozenset(f"{name}{end}" for name in given for end in _SMALL) - _never(),
        given_words,
        frozenset(surnames),
        frozenset(lexicon["surname_words"].split()),
        frozenset(lexicon["after_particles"].split()),
        frozenset(lexicon["particles"].replace("'", "").split()),
        tuple(lexicon["surname_endings"].split()),
        frozenset(lexicon["opening_particles"].split(" / ")),
        frozenset(lexicon["common_particles"].split(" / ")),
        frozenset(lexicon["placing_particles"].split()),
        frozenset(lexicon["placed_particles"].split(" / ")),
        frozenset(lexicon["after_van"].split()),
        frozenset(lexicon["inside_words"].split()),
        frozenset(lexicon["capital_words"].split()),
    )


@cache
def _ordinary() -> frozenset[str]:
    """What answers are about, and how: words of which none names a person."""
    words: set[str] = set()
    for kind in _ORDINARY:
        for language in ("nl", "en"):
            words.update(_words_in(load_lexicon(f"{kind}_{language}")))
    known = names()
    return frozenset(words).difference(
        known.beginnings, known.surnames, known.surname_words, known.after_particles
    )


def _unlikely() -> frozenset[str]:
    """Of those and of the words that are never a name the ones that begin none."""
    known = names()
    words = {word for word in _ordinary() | _never() if len(word) > 1}  # but J. de Boer
    return frozenset(words) - known.beginnings - known.surnames - known.particles


def _words_in(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield from WORD.findall(said.lower())
    elif isinstance(said, dict | list):
        for one in said.values() if isinstance(said, dict) else said:
            yield from _words_in(one)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lists = load_lexicon("function_words").items()
    return {language: frozenset(words.split()) for language, words in lists}


@cache
def _never() -> frozenset[str]:
    listed = load_lexicon("name_cues")["never"].split()
    return frozenset(listed).union(*_function_words().values())


@cache
def name_cues() -> NameCues:
    lexicon = load_lexicon("name_cues")
    brands = list(_phrases(load_lexicon("name_lookalikes")["brands"]))
    before = {kind: _by_word(_phrases(lexicon[kind]), -1) for kind in BEFORE}
    return NameCues(
        before=before,
        before_any=frozenset().union(*before.values()),
        before_lower=frozenset().union(*(before[kind] for kind in _LOWER)),
        words={name: frozenset(lexicon[name].split()) for name in _SETS},
        never=_never(),
        function_words=_function_words(),
        ordinary=_ordinary(),
        unlikely=_unlikely(),
        role_endings=tuple(lexicon["role_endings"].split()),
        never_endings=tuple(lexicon["never_endings"].split()),
        inhabitants=tuple(lexicon["inhabitants"].split()),
        named_after=tuple(lexicon["named_after"].split()),
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
