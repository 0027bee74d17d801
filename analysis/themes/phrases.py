"""Phrases: runs of one to four whole words that can stand for what is meant.

Words are compared by their stems (Snowball, by NLTK), and shown as people write them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, Self

import regex
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS
from spacy.lang.nl.stop_words import STOP_WORDS as DUTCH_STOP_WORDS

from analysis.language.stems import load_stemmer
from analysis.lexicon import load_lexicon
from analysis.records import Language

LONGEST = 4  # words
_SHORTEST = 3  # letters of a word that may stand alone
_WORD = regex.compile(r"[^\W_]+(?:['’.,&-][^\W_]+)*")
_ABBREVIATION = 3  # letters; longer ones in capitals are shouted
_SENTENCE_ENDS = frozenset(".!?…\n")
CONTENT, OPENER, EMPTY = range(3)

Phrase = tuple[str, ...]  # stems


class Words(NamedTuple):
    """A text cut into words: one entry in each of the lists for each word."""

    text: str
    stems: list[str]
    kinds: list[int]
    starts: list[int]
    ends: list[int]


class Occurrence(NamedTuple):
    phrase: Phrase
    start: int
    end: int


class _Reader:
    """The words of one language, each looked at once."""

    def __init__(self, language: Language) -> None:
        english = language is Language.ENGLISH
        lexicon = load_lexicon("themes")["en" if english else "nl"]
        stop_words = ENGLISH_STOP_WORDS if english else DUTCH_STOP_WORDS
        self._empty = stop_words | set(lexicon["empty"].split())
        self._openers = frozenset(lexicon["may_open"].split())
        self._stemmer = load_stemmer(language)
        self._known: dict[str, tuple[str, int]] = {}

    def read(self, text: str) -> Words:
        found = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
        known = [self._look_up(word) for word, _start, _end in found]
        return Words(
            text,
            [stem for stem, _kind in known],
            [kind for _stem, kind in known],
            [start for _word, start, _end in found],
            [end for _word, _start, end in found],
        )

    def _look_up(self, word: str) -> tuple[str, int]:
        if word not in self._known:
            lower = word.casefold().replace("’", "'")
            self._known[word] = self._stemmer.stem(lower), self._kind(lower)
        return self._known[word]

    def _kind(self, word: str) -> int:
        if word in self._openers or word[0].isdigit():
            return OPENER
        return EMPTY if word in self._empty else CONTENT


@cache
def _reader(language: Language) -> _Reader:
    return _Reader(language)


def read_words(texts: Iterable[str], language: Language) -> list[Words]:
    """Each text cut into words.

    >>> [words] = read_words(["De pakjes kwamen te laat."], Language.DUTCH)
    >>> words.stems
    ['de', 'pakjes', 'kwam', 'te', 'lat']
    """
    reader = _reader(language)
    return [reader.read(text) for text in texts]


def phrases_in(
    words: Words, *, stems: Collection[str] | None = None
) -> Iterator[Occurrence]:
    """The phrases of a text, in reading order; with ``stems``, of these words only.

    A phrase stands within one sentence, ends in a word with a meaning of its own and
    begins with such a word, or with one such as "te", "niet", "on" and "too".

    >>> [words] = read_words(["De verzendkosten zijn te hoog"], Language.DUTCH)
    >>> [words.text[start:end] for _, start, end in phrases_in(words)]
    ['verzendkosten', 'verzendkosten zijn te hoog', 'te hoog', 'hoog']
    """
    for first, kind in enumerate(words.kinds):
        if kind != EMPTY:
            yield from _phrases_from(words, first, stems)


def _phrases_from(
    words: Words, first: int, stems: Collection[str] | None
) -> Iterator[Occurrence]:
    start = words.starts[first]
    for last in range(first, min(first + LONGEST, len(words.stems))):
        if stems is not None and words.stems[last] not in stems:
            return
        if last > first and not is_joined(words, last):
            return
        if words.kinds[last] == CONTENT and (
            last > first or words.ends[last] - start >= _SHORTEST
        ):
            stem = tuple(words.stems[first : last + 1])
            yield Occurrence(stem, start, words.ends[last])


def is_joined(words: Words, place: int) -> bool:
    """Whether nothing but space parts a word from the one before it."""
    return words.text[words.ends[place - 1] : words.starts[place]].isspace()


def has_content(words: Words) -> bool:
    return CONTENT in words.kinds


@dataclass(slots=True)
class PhraseTable:
    """Which texts hold which phrase, and how people write it."""

    places: dict[Phrase, list[int]] = field(default_factory=dict)  # of texts, rising
    forms: dict[Phrase, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[Words], stems: Collection[str] | None = None) -> Self:
        places: defaultdict[Phrase, list[int]] = defaultdict(list)
        forms: defaultdict[Phrase, Counter[str]] = defaultdict(Counter)
        for place, words in enumerate(texts):
            for phrase, start, end in phrases_in(words, stems=stems):
                if not places[phrase] or places[phrase][-1] != place:
                    places[phrase].append(place)
                forms[phrase][as_written(words.text, start, end)] += 1
        return cls(dict(places), dict(forms))

    def by_text(self, texts: int) -> list[list[Phrase]]:
        """The phrases that each of so many texts holds."""
        held: list[list[Phrase]] = [[] for _ in range(texts)]
        for phrase, places in self.places.items():
            for place in places:
                held[place].append(phrase)
        return held

    def form(self, phrase: Phrase) -> str:
        """The way in which it is written most."""
        forms = self.forms[phrase].items()
        return min(forms, key=lambda form: (-form[1], form[0]))[0]


def as_written(text: str, start: int, end: int) -> str:
    """A capital that only begins a sentence is left out, and so are shouts."""
    words = " ".join(
        word.lower() if word.isupper() and len(word) > _ABBREVIATION else word
        for word in text[start:end].split()
    )
    before = text[:start].rstrip()
    begins = not before or before[-1] in _SENTENCE_ENDS
    if begins and words[1:2].islower():
        return words[0].lower() + words[1:]
    return words


def find_phrase(words: Words, phrase: Phrase) -> tuple[int, int]:
    """Where a text that holds it has it first."""
    found = (each for each in phrases_in(words) if each.phrase == phrase)
    occurrence = next(found)
    return occurrence.start, occurrence.end


def span_of_both(words: Words, one: Phrase, other: Phrase) -> tuple[int, int] | None:
    """The shortest stretch of a few words that holds two phrases, if there is one.

    >>> [words] = read_words(["De bezorging is gratis"], Language.DUTCH)
    >>> span_of_both(words, ("gratis",), ("bezorg",))
    (3, 22)
    """
    first, second = _places_of(words, one), _places_of(words, other)
    found = [
        (words.starts[start], words.ends[end - 1])
        for start, end in (
            (min(a[0], b[0]), max(a[1], b[1])) for a in first for b in second
        )
        if end - start <= LONGEST + 1
        and all(is_joined(words, place) for place in range(start + 1, end))
    ]
    return min(found, key=lambda span: (span[1] - span[0], span), default=None)


def _places_of(words: Words, phrase: Phrase) -> list[tuple[int, int]]:
    size = len(phrase)
    return [
        (place, place + size)
        for place in range(len(words.stems) - size + 1)
        if tuple(words.stems[place : place + size]) == phrase
    ]
