"""Finds the touchpoints that the words of a text name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from analysis.cues import CueBook, CueMatch, Word
from analysis.lexicon import load_lexicon
from analysis.own_touchpoints import OwnTouchpoint, phrases_of
from analysis.records import Language, QuestionRole

_IGNORE = "ignore"
_NEGATOR_REACH = 3


class Strength(IntEnum):
    """How much it takes before a cue counts."""

    FAINT = 1  # the whole text has no other cue
    WEAK = 2  # its clause has no plain cue of another touchpoint
    PLAIN = 3


@dataclass(frozen=True, slots=True)
class CueMeaning:
    touchpoint: str  # empty: the phrase names nothing
    strength: Strength
    sign: int = 0  # -1 or +1 when the cue itself says how it went
    role: QuestionRole | None = None  # None: under every question


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: the words at ``positions`` name a touchpoint."""

    touchpoint: str
    strength: Strength
    sign: int
    positions: tuple[int, ...]
    names: bool = False  # it is the touchpoint's name, whatever its own sentiment
    denies: bool = False  # a negator stands in it

    @property
    def place(self) -> int:
        """The word that the cue ends on."""
        return self.positions[-1]


class TouchpointTagger:
    """The touchpoint lexicon of one language; an undetermined one reads as Dutch.

    Beside it stand an organisation's own touchpoints. Their cues win over ours.
    """

    def __init__(self, language: Language, own: Sequence[OwnTouchpoint] = ()) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        self._book = _book(code)
        self._own = CueBook(
            (phrase, CueMeaning(touchpoint.code, Strength.PLAIN))
            for touchpoint in own
            for cue in touchpoint.cues(language)
            for phrase in phrases_of(cue, language)
        )
        self._negators = frozenset(load_lexicon("questions")["negators"][code].split())

    def find(self, words: Sequence[Word], role: QuestionRole | None) -> list[Hit]:
        """The cues in the words, the longest where cues overlap.

        >>> from analysis.cues import words_in
        >>> words = words_in("De levering was snel")
        >>> TouchpointTagger(Language.DUTCH).find(words, None)[0].touchpoint
        'delivery'
        """
        matches = [
            match
            for match in self._book.find(words)
            if match.value.role is None or match.value.role is role
        ]
        own = _longest(self._own.find(words))
        if own:
            taken = {at for match in own for at in match.positions}
            matches = [m for m in matches if not taken.issuperset(m.positions)]
        kept = _longest(matches) + own
        return [self._hit(match, words) for match in kept if match.value.touchpoint]

    def _hit(self, match: CueMatch[CueMeaning], words: Sequence[Word]) -> Hit:
        meaning = match.value
        sign = meaning.sign
        if sign and self._is_negated(match.positions, words):
            sign = -sign
        names = meaning.strength is Strength.PLAIN and not sign and meaning.role is None
        denies = any(words[at].form in self._negators for at in match.positions)
        return Hit(
            meaning.touchpoint, meaning.strength, sign, match.positions, names, denies
        )

    def _is_negated(self, positions: tuple[int, ...], words: Sequence[Word]) -> bool:
        if words[positions[0]].form in self._negators:
            return False
        for place in range(positions[0], max(0, positions[0] - _NEGATOR_REACH), -1):
            if words[place].follows_break:
                return False
            if words[place - 1].form in self._negators:
                return True
        return False


def _longest(matches: list[CueMatch[CueMeaning]]) -> list[CueMatch[CueMeaning]]:
    """Drops each match whose words all stand in a longer or closer one."""
    longest: dict[int, int] = {}
    closest: dict[tuple[int, ...], int] = {}
    for match in matches:
        key = match.positions
        closest[key] = max(closest.get(key, 0), match.letters)
        for position in key:
            longest[position] = max(longest.get(position, 0), len(key))
    kept = [
        match
        for match in matches
        if match.letters == closest[match.positions]
        and any(longest[at] <= len(match.positions) for at in match.positions)
    ]
    signed = {(m.positions, m.value.touchpoint) for m in kept if m.value.sign}
    return [
        match
        for match in kept
        if match.value.sign or (match.positions, match.value.touchpoint) not in signed
    ]


@cache
def _book(code: str) -> CueBook[CueMeaning]:
    lexicon = load_lexicon(f"touchpoints_{code}")
    return CueBook(
        (phrase, meaning)
        for touchpoint, entry in lexicon.items()
        for phrase, meaning in _entries(touchpoint, entry)
    )


def _entries(
    touchpoint: str, entry: Mapping[str, Any]
) -> Iterator[tuple[str, CueMeaning]]:
    name = "" if touchpoint == _IGNORE else touchpoint
    meanings = {
        "cues": CueMeaning(name, Strength.PLAIN),
        "weak": CueMeaning(name, Strength.WEAK),
        "faint": CueMeaning(name, Strength.FAINT),
        "positive": CueMeaning(name, Strength.PLAIN, 1),
        "negative": CueMeaning(name, Strength.PLAIN, -1),
        "weak_positive": CueMeaning(name, Strength.WEAK, 1),
        "weak_negative": CueMeaning(name, Strength.WEAK, -1),
    }
    for key, meaning in meanings.items():
        for phrase in entry.get(key, ()):
            yield phrase, meaning
    for key, strength in (("roles", Strength.PLAIN), ("weak_roles", Strength.WEAK)):
        for roles, phrases in entry.get(key, {}).items():
            for role in roles.split():
                asked = CueMeaning(name, strength, role=QuestionRole(role))
                yield from ((phrase, asked) for phrase in phrases)
