"""Multi-word expressions with alternatives, options and gaps, found in a text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

MAX_GAP = 4
_NUMBER = "#"
_SENTENCE_END = frozenset(".!?;…\n")


class PhraseMatch(NamedTuple, Generic[Value]):
    """Tokens ``start`` up to ``end``, and what the phrase stands for."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]  # empty: any word
    optional: bool = False
    gap: bool = False
    number: bool = False

    def accepts(self, word: str) -> bool:
        if self.number and word[:1].isdigit():
            return True
        return word in self.words if self.words or self.number else True


_Phrase = tuple[tuple[_Element, ...], Value]


class PhraseBook(Generic[Value]):
    """Patterns of normalised words, looked up by their first word.

    In a pattern ``a|b`` is either, ``(a)`` may be absent, ``_`` is any one word,
    ``...`` up to four words, ``#`` a number in digits, ``<name>`` a word of that
    named set. The first element may not be open.

    >>> book = PhraseBook([("kan|kon ... beter", -1)])
    >>> book.find(["het", "kon", "wel", "beter"])
    [PhraseMatch(start=1, end=4, value=-1)]
    """

    def __init__(
        self,
        patterns: Iterable[tuple[str, Value]],
        sets: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._by_first: dict[str, list[_Phrase[Value]]] = {}
        self._after: dict[str, _Following[Value]] = {}
        for pattern, value in patterns:
            elements = tuple(_element(part, sets or {}) for part in pattern.split())
            self._index(pattern, elements, value)

    def _index(
        self, pattern: str, elements: tuple[_Element, ...], value: Value
    ) -> None:
        first = elements[0]
        for word in _first_words(pattern, first):
            self._by_first.setdefault(word, []).append((elements, value))
        if first.optional:
            self._index(pattern, elements[1:], value)

    def find(self, words: Sequence[str]) -> list[PhraseMatch[Value]]:
        """The matches, left to right, longest first, none overlapping."""
        found: list[PhraseMatch[Value]] = []
        by_first, numbers = self._by_first, _NUMBER in self._by_first
        start = 0
        while start < len(words):
            word = words[start]
            if word in by_first or (numbers and word[:1].isdigit()):
                match = self._longest(words, start)
                if match is not None:
                    found.append(match)
                    start = match.end
                    continue
            start += 1
        return found

    def _phrases(self, first: str) -> "_Following[Value]":
        key = first if first in self._by_first else _NUMBER
        if key not in self._after:
            phrases = self._by_first.get(key, [])
            if key[:1].isdigit():
                phrases = [*phrases, *self._by_first.get(_NUMBER, ())]
            self._after[key] = _Following(phrases)
        return self._after[key]

    def _longest(self, words: Sequence[str], start: int) -> PhraseMatch[Value] | None:
        best: PhraseMatch[Value] | None = None
        following = words[start + 1] if start + 1 < len(words) else ""
        for elements, value in self._phrases(words[start])[following]:
            end = _match(elements, 1, words, start + 1)
            if end > (best.end if best else start):
                best = PhraseMatch(start, end, value)
        return best


class _Following(dict[str, Sequence[_Phrase[Value]]]):
    """Of the phrases that begin with a word, those that may go on with another.

    Most phrases go on with one word out of a few, most words are none of these: so
    what may follow is worked out once for each such word, and once for all others.
    """

    def __init__(self, phrases: Sequence[_Phrase[Value]]) -> None:
        super().__init__()
        self._phrases = phrases
        self._seconds = frozenset(
            word
            for elements, _ in phrases
            for second in elements[1:2]
            for word in second.words
        )
        self._others: dict[bool, Sequence[_Phrase[Value]]] = {}

    def __missing__(self, word: str) -> Sequence[_Phrase[Value]]:
        if word in self._seconds:
            self[word] = self._that_go_on_with(word)
            return self[word]
        is_number = word[:1].isdigit()
        if is_number not in self._others:
            self._others[is_number] = self._that_go_on_with(word)
        return self._others[is_number]

    def _that_go_on_with(self, word: str) -> Sequence[_Phrase[Value]]:
        return [
            phrase
            for phrase in self._phrases
            if len(phrase[0]) == 1 or _may_follow(phrase[0][1], word)
        ]


def _may_follow(second: _Element, word: str) -> bool:
    return second.optional or second.gap or second.accepts(word)


def _match(
    elements: tuple[_Element, ...], at: int, words: Sequence[str], position: int
) -> int:
    """Where the elements from ``at`` on end in the words, or -1."""
    while at < len(elements):
        element = elements[at]
        if element.gap:
            return _match_gap(elements, at + 1, words, position)
        if position < len(words) and element.accepts(words[position]):
            if element.optional:
                taken = _match(elements, at + 1, words, position + 1)
                if taken >= 0:
                    return taken
            else:
                position += 1
        elif not element.optional:
            return -1
        at += 1
    return position


def _match_gap(
    elements: tuple[_Element, ...], at: int, words: Sequence[str], position: int
) -> int:
    for skipped in range(MAX_GAP + 1):
        end = _match(elements, at, words, position + skipped)
        if end >= 0:
            return end
        if position + skipped >= len(words):
            break
        if words[position + skipped][:1] in _SENTENCE_END:
            break
    return -1


def _element(part: str, sets: Mapping[str, frozenset[str]]) -> _Element:
    if part == "...":
        return _Element(frozenset(), gap=True)
    if part == "_":
        return _Element(frozenset())
    if part.startswith("(") and part.endswith(")"):
        return replace(_element(part[1:-1], sets), optional=True)
    words = frozenset[str]().union(*_alternatives(part, sets))
    return _Element(words - {_NUMBER}, number=_NUMBER in words)


def _alternatives(
    part: str, sets: Mapping[str, frozenset[str]]
) -> list[frozenset[str]]:
    return [
        sets[choice[1:-1]]
        if choice.startswith("<") and choice.endswith(">")
        else frozenset({choice})
        for choice in part.split("|")
    ]


def _first_words(pattern: str, element: _Element) -> frozenset[str]:
    words = element.words | {_NUMBER} if element.number else element.words
    if not words:
        raise ValueError(f"a phrase must begin with a word: {pattern!r}")
    return words
