"""Cue phrases with wildcards and gaps, looked up in the words of a text."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

import regex
import simplemma

from analysis.language.tokens import normalise

Value = TypeVar("Value")

MAX_GAP = 3
_CACHE_LIMIT = 200_000
_MIN_STEM = 2
_LONGEST_WORD = 60  # letters; what is longer is no word, and slow to look up
_MIN_TYPO_LENGTH = 7  # in shorter words a changed letter is often another word
_WORD = regex.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_JOINTS = str.maketrans("", "", "-'.&")
_DOMAINS = (".com", ".nl", ".be", ".org", ".io")
_LONGEST_INITIALS = 7  # from here on a full stop in a word is a missing space
_VALUES = ""  # the key of a node's values; no symbol is empty
_GAP = "~"
_TURN = "|"  # no phrase goes on across a word that turns: "delivery but expensive"
_TURNS = frozenset(("maar", "but"))


class Word(NamedTuple):
    """``text[start:end]``, and its form: small letters, no hyphens or accents."""

    start: int
    end: int
    form: str
    follows_break: bool = False  # punctuation stands before it


class CueMatch(NamedTuple, Generic[Value]):
    """The words, by position, that a cue phrase matched, and what it stands for."""

    positions: tuple[int, ...]
    value: Value
    letters: int = 0  # of the phrase: the more, the closer the match


def words_in(text: str) -> list[Word]:
    """The words of a text with their places.

    >>> [word.form for word in words_in("Foto's via bol.com, per e-mail!")]
    ['fotos', 'via', 'bolcom', 'per', 'email']
    """
    return list(_words_in(text))


def _words_in(text: str) -> Iterator[Word]:
    reached = 0
    for match in _WORD.finditer(text):
        start, raw = match.start(), match.group()
        broken = not text[reached:start].isspace() and reached < start
        reached = match.end()
        if "." not in raw or len(raw) < _LONGEST_INITIALS or _is_domain(raw):
            yield Word(start, reached, _form(raw), broken)
            continue
        for part in raw.split("."):
            yield Word(start, start + len(part), _form(part), broken)
            start, broken = start + len(part) + 1, True


def _is_domain(raw: str) -> bool:
    return raw.lower().endswith(_DOMAINS)


class _Forms(dict[str, str]):
    def __missing__(self, raw: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        self[raw] = normalise(raw).translate(_JOINTS)
        return self[raw]


_FORMS = _Forms()


def _form(raw: str) -> str:
    return _FORMS[raw]


class CueBook(Generic[Value]):
    """Cue phrases in a tree by word, so that a text costs a few look-ups a word.

    In a phrase ``word*``, ``*word`` and ``*word*`` stand for any ending, beginning or
    both, ``a|b`` for either and ``~`` for up to three words in between. A long word
    that is one letter off a known word counts as that word.

    >>> book = CueBook([("verzendkost*", "cost"), ("niet ~ vinden", "lost")])
    >>> words = words_in("Kon de verzendkosten niet goed vinden")
    >>> [(match.positions, match.value) for match in book.find(words)]
    [((2,), 'cost'), ((3, 5), 'lost')]
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._root: dict[str, Any] = {}
        self._symbols = _Symbols()
        for phrase, value in phrases:
            for symbols in _spellings(phrase):
                self._add(symbols, value)

    def _add(self, symbols: Sequence[str], value: Value) -> None:
        node = self._root
        for symbol in symbols:
            self._symbols.learn(symbol)
            node = node.setdefault(symbol, {})
        letters = sum(len(symbol.strip("*")) for symbol in symbols if symbol != _GAP)
        values: list[tuple[Value, int]] = node.setdefault(_VALUES, [])
        if (value, letters) not in values:
            values.append((value, letters))

    def find(self, words: Sequence[Word]) -> list[CueMatch[Value]]:
        """Every match, also those inside others, by their first word."""
        if not self._root:
            return []
        symbols = [self._symbols[word.form] for word in words]
        found: list[CueMatch[Value]] = []
        for start, choices in enumerate(symbols):
            for symbol in choices:
                node = self._root.get(symbol)
                if node is not None:
                    _follow(node, symbols, (start,), found)
        return found


def _follow(
    node: dict[str, Any],
    symbols: Sequence[Sequence[str]],
    positions: tuple[int, ...],
    found: list[CueMatch[Value]],
) -> None:
    for value, letters in node.get(_VALUES, ()):
        found.append(CueMatch(positions, value, letters))
    after = positions[-1] + 1
    if after < len(symbols):
        for symbol in symbols[after]:
            if symbol in node:
                _follow(node[symbol], symbols, (*positions, after), found)
    if _GAP in node:
        _follow_gap(node[_GAP], symbols, positions, found)


def _follow_gap(
    node: dict[str, Any],
    symbols: Sequence[Sequence[str]],
    positions: tuple[int, ...],
    found: list[CueMatch[Value]],
) -> None:
    after = positions[-1] + 1
    for place in range(after, min(after + MAX_GAP + 1, len(symbols))):
        for symbol in symbols[place]:
            if symbol in node:
                _follow(node[symbol], symbols, (*positions, place), found)
        if _TURN in symbols[place]:
            return


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    parts = [part.split("|") for part in phrase.split()]
    for choice in product(*parts):
        yield tuple(symbol for word in choice if (symbol := _symbol(word)))


@cache
def _symbol(word: str) -> str:
    if word == _GAP:
        return _GAP
    return "*".join(normalise(part).translate(_JOINTS) for part in word.split("*"))


class _Symbols(dict[str, tuple[str, ...]]):
    """Per form of a word the symbols of the book that it satisfies."""

    def __init__(self) -> None:
        super().__init__()
        self._exact: set[str] = set()
        self._starts: set[str] = set()
        self._ends: set[str] = set()
        self._inner: list[str] = []
        self._shortened: dict[str, str] = {}

    def learn(self, symbol: str) -> None:
        stem = symbol.strip("*")
        if symbol.startswith("*") and symbol.endswith("*"):
            if symbol not in self._inner:
                self._inner.append(symbol)
        elif symbol.endswith("*"):
            self._starts.add(stem)
        elif symbol.startswith("*"):
            self._ends.add(stem)
        else:
            self._exact.add(symbol)
            if len(symbol) >= _MIN_TYPO_LENGTH:
                self._shortened.update(dict.fromkeys(_one_letter_less(symbol), symbol))

    def __missing__(self, form: str) -> tuple[str, ...]:
        if len(form) > _LONGEST_WORD:
            return ()
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = self._satisfied(form)
        if (
            form not in self._exact
            and len(form) >= _MIN_TYPO_LENGTH
            and not _is_known(form)
        ):
            found = list(dict.fromkeys([*found, *self._misspelt(form)]))
        self[form] = (*found, _TURN) if form in _TURNS else tuple(found)
        return self[form]

    def _satisfied(self, form: str) -> list[str]:
        found = [form] if form in self._exact else []
        starts = (form[:cut] for cut in range(_MIN_STEM, len(form) + 1))
        found.extend(f"{start}*" for start in starts if start in self._starts)
        ends = (form[cut:] for cut in range(len(form) - 1))
        found.extend(f"*{end}" for end in ends if end in self._ends)
        found.extend(symbol for symbol in self._inner if symbol.strip("*") in form)
        return found

    def _misspelt(self, form: str) -> list[str]:
        for shorter in (form, *_one_letter_less(form)):
            word = self._shortened.get(shorter) or (
                shorter if shorter in self._exact else None
            )
            # Another last letter is another form of a word rather than a mistake.
            if word is not None and _ends_alike(word, form):
                return self._satisfied(word)
        return []


def _ends_alike(word: str, form: str) -> bool:
    """Whether the ends sound the same, or only changed places: "websiet"."""
    ends = {word[-1], form[-1]}
    return ends in ({word[-1]}, {"d", "t"}) or sorted(word[-2:]) == sorted(form[-2:])


def _is_known(word: str) -> bool:
    """Whether a word is rightly spelt as it is: "colleges" is not "collegas"."""
    return any(simplemma.is_known(word, lang=code) for code in ("nl", "en"))


def _one_letter_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
