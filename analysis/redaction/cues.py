"""What the words beside a number say that it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.lexicon import load_lexicon

# Where a number may begin: in no word, no amount and no longer number.
OUTSIDE = r"(?<![\w€$£@+])(?<!\d[.,-])"
_WINDOW = 90  # characters looked at on either side
_STEPS = 6  # words between a cue and its number
_FAR = 10  # where the cue can mean nothing else
_SAID = re.compile(r"[^\W\d_]+(?:['’&.-][^\W\d_]+)*|\d+|[#:=]|[.!?;\n]")
_UNIT = re.compile(r"[ -]?([^\W\d_][\w'’]{0,12})")
_NUMBERS, _CARDS = ("nummer", "nummers", "nrs", "nr"), ("kaart", "pas", "card")
# Behind a root such as "klant" these say that a number follows, "kleurcode" aside.
_NAMED = (*_NUMBERS, "code", "ref", "-id", "kenmerk", "referentie", "bon")
_UNMISTAKABLE = frozenset(("order_number", "customer_number", "bsn", "card_number"))
_ENDS = frozenset("!?;\n")
_MISTAKABLE = 8  # letters of a word of which a slip makes no other
_ABBREVIATION = 4  # letters before a full stop that ends no sentence


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    is_strong: bool
    is_next: bool = False  # nothing stands between


_NUMBER = Cue("number", is_strong=False)


@dataclass(frozen=True, slots=True)
class _Words:
    strong: dict[str, str]
    weak: dict[str, str]
    pairs: dict[str, str]
    numbers: frozenset[str]
    links: frozenset[str]
    units: frozenset[str]
    roots: tuple[tuple[tuple[str, ...], str], ...]
    mistyped: dict[str, str]


@cache
def _words() -> _Words:
    lexicon = load_lexicon("number_cues")
    walk = {name: frozenset(words.split()) for name, words in lexicon["walk"].items()}
    return _Words(
        _kinds(lexicon["strong"]),
        _kinds(lexicon["weak"]),
        _kinds(lexicon["pairs"]),
        walk["number"],
        walk["links"],
        walk["units"],
        tuple((tuple(some.split()), kind) for kind, some in lexicon["roots"].items()),
        _mistyped(_kinds(lexicon["strong"]) | _kinds(lexicon["mistyped"])),
    )


def _mistyped(words: dict[str, str]) -> dict[str, str]:
    return {
        typed: kind
        for word, kind in words.items()
        if kind in _UNMISTAKABLE and len(word) >= _MISTAKABLE
        for typed in (word, *_shortened(word))
    }


def _shortened(word: str) -> Iterator[str]:
    """A word without each of its letters: two that share one differ by a slip."""
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _kinds(table: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words.split()}


def cue_before(text: str, start: int) -> Cue | None:
    """What the words before ``start`` call what stands there.

    >>> cue_before("mijn klantnummer is 4711", 20)
    Cue(kind='customer_number', is_strong=True, is_next=False)
    """
    said = _SAID.findall(text[max(0, start - _WINDOW) : start].lower())
    if len(said) > 1 and said[-1] in "?.\n" and said[-2] in _words().strong:
        said.pop()  # "Klantnummer? 44821"
    is_numbered = False
    for place in range(len(said) - 1, max(-1, len(said) - 2 - _STEPS), -1):
        word = said[place]
        if word in _ENDS or (word == "." and not _is_abbreviated(said, place)):
            return None
        before = said[place - 1] if place else ""
        if cue := _told(word, is_numbered=is_numbered, before=before):
            return replace(
                cue, is_next=not said[place + 1 :] or said[place + 1 :] == ["."]
            )
        if not _may_pass(word):
            if word.isdigit() and before.isdigit():
                return None
            is_told = not _words().numbers.isdisjoint(said[place + 1 :])
            return _farther(said[:place]) or (_NUMBER if is_told else None)
        is_numbered |= _is_number(word)
    return _NUMBER if is_numbered else None


def _farther(said: Sequence[str]) -> Cue | None:
    """A word that can mean one number only, though others stand in between."""
    for word in reversed(said[-_FAR:]):
        is_other = word.isdigit() and len(word) > 1
        if word in _ENDS or word == "." or is_other:
            return None
        kind = _words().strong.get(word)
        if kind in _UNMISTAKABLE and word not in _words().weak:
            return Cue(kind, is_strong=False)
    return None


def cue_after(text: str, end: int) -> Cue | None:
    """What the words after ``end`` call what stands before them.

    >>> cue_after("4711 is mijn klantnummer", 4)
    Cue(kind='customer_number', is_strong=True, is_next=False)
    """
    said = _SAID.findall(text[end : end + _WINDOW].lower())
    is_numbered = False
    for place, word in enumerate(said[:_STEPS]):
        if word in _ENDS or word == ".":
            return None
        following = said[place + 1] if place + 1 < len(said) else ""
        is_named = is_numbered or following in _words().numbers
        if cue := _told(word, is_numbered=is_named):
            return cue if cue.is_strong and cue.kind != "phone" else None
        if word not in _words().links | _words().numbers:
            return None
        is_numbered |= word in _words().numbers
    return None


def cue_beside(text: str, start: int, end: int) -> Cue | None:
    before = cue_before(text, start)
    if before is None or before.kind == "number":
        return cue_after(text, end) or before
    return before


def is_called(text: str, start: int, end: int, kinds: Iterable[str]) -> bool:
    cue = cue_beside(text, start, end)
    return cue is not None and cue.kind in kinds


def counts_something(text: str, end: int) -> bool:
    """Whether a unit follows: "20000 euro".

    >>> counts_something("20000 euro", 5)
    True
    """
    following = _UNIT.match(text, end)
    return following is not None and following[1].lower() in _words().units


def _told(word: str, *, is_numbered: bool, before: str = "") -> Cue | None:
    words = _words()
    pair = words.pairs.get(f"{before}+{word}")
    if pair is not None:
        return Cue(pair, is_strong=True)
    kind = words.strong.get(word)
    if kind is not None and (word not in words.weak or is_numbered):
        return Cue(kind, is_strong=True)
    kind = words.weak.get(word) or _by_ending(word) or _by_slip(word)
    if kind is None:
        return None
    is_named = word.endswith(_NUMBERS if word in words.weak else _NAMED)
    return Cue(kind, is_strong=is_numbered or is_named)


def _by_ending(word: str) -> str | None:
    """What a compound names that is on no list: "pakbonnummer", "tankpas"."""
    if word in _words().numbers:
        return None
    if word.endswith(_NAMED):
        for roots, kind in _words().roots:
            if word.startswith(roots):
                return kind
    if word.endswith(_NUMBERS):
        return "order_number"
    return "card_number" if word.endswith(_CARDS) else None


def _by_slip(word: str) -> str | None:
    """What a word mistyped names: "bestleling", "klantnumer"."""
    if len(word) < _MISTAKABLE:
        return None
    known = _words().mistyped
    return next(filter(None, map(known.get, (word, *_shortened(word)))), None)


def _may_pass(word: str) -> bool:
    return word in _words().links or word == "." or _is_number(word)


def _is_number(word: str) -> bool:
    return word in "#:=" or word in _words().numbers


def _is_abbreviated(said: Sequence[str], place: int) -> bool:
    before = said[place - 1] if place else ""
    is_short = len(before) <= _ABBREVIATION or before.endswith(_NUMBERS)
    return is_short or before in _words().strong
