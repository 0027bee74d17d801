"""Tells whether a clause says what the customer did."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache

from analysis.lexicon import load_lexicon

_BESIDE = 2  # words between "I" and the verb that belongs to it
_OPENING = 3  # words before a deed that names nobody: "twice", "then also"


@dataclass(frozen=True, slots=True)
class DeedFinder:
    """Finds verbs of doing in the past, said of "I", "we" or nobody by name.

    Someone else's deed, one that was not done and one that is only supposed do not
    count; what is left out is cheaper than what is wrong.

    >>> find_deeds = load_deed_finder("nl")
    >>> find_deeds.tells_deed("ik heb drie keer gebeld".split())
    True
    >>> find_deeds.tells_deed("ze hebben mij gebeld".split())
    False
    """

    with_have: frozenset[str]
    with_be: frozenset[str]
    past: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    first_person: frozenset[str]
    passive: frozenset[str]
    others: frozenset[str]
    not_done: frozenset[str]

    def tells_deed(self, words: Sequence[str]) -> bool:
        """Whether normalised words tell of a deed of the speaker."""
        if not self.not_done.isdisjoint(words):
            return False
        if self.first_person.isdisjoint(words):
            return self._nobody_named(words)
        return self._perfect(words) or self._simple_past(words)

    def _perfect(self, words: Sequence[str]) -> bool:
        """ "I have called", and in Dutch "I am gone"."""
        if not self.passive.isdisjoint(words):
            return False
        return any(
            not auxiliaries.isdisjoint(self._beside_speaker(words))
            and not participles.isdisjoint(words)
            for auxiliaries, participles in (
                (self.have, self.with_have),
                (self.be, self.with_be),
            )
        )

    def _simple_past(self, words: Sequence[str]) -> bool:
        return any(
            word in self.past and words[at - 1 if at else 0] not in self.passive
            for at, word in enumerate(words)
            if any(
                near in self.first_person
                for near in words[max(0, at - _BESIDE) : at + _BESIDE]
            )
        )

    def _beside_speaker(self, words: Sequence[str]) -> set[str]:
        return {
            near
            for at, word in enumerate(words)
            if word in self.first_person
            for near in words[max(0, at - _BESIDE) : at + _BESIDE + 1]
        }

    def _nobody_named(self, words: Sequence[str]) -> bool:
        """ "Called twice": the verb comes first, or no other verb or person does."""
        said = [word for word in words if word[:1].isalnum() or word[:1] == "'"]
        blocked = self.passive | self.be | self.others
        for at, word in enumerate(said):
            if word in blocked:
                return False
            if word in self.with_have or word in self.with_be or word in self.past:
                return self._stands_alone(said, at)
        return False

    def _stands_alone(self, said: Sequence[str], at: int) -> bool:
        if self.be:  # Dutch: the participle may close a long clause
            verbs = self.be | self.passive
            return said[at] not in self.past and verbs.isdisjoint(said)
        return at < _OPENING and said[at] in self.past


@cache
def load_deed_finder(code: str) -> DeedFinder:
    """The finder of a language, "nl" or "en", built once."""
    signs = load_lexicon(f"stance_{code}")["action"]
    return DeedFinder(
        **{part.name: frozenset(signs[part.name].split()) for part in fields(DeedFinder)}
    )
