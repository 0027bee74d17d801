"""Tells whether a clause says what the customer did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
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
    >>> load_deed_finder("nl", "price").tells_deed("gebeld over de prijs".split())
    False
    """

    with_have: frozenset[str]
    with_be: frozenset[str]
    past: frozenset[str]
    went: frozenset[str]
    towards: frozenset[str]
    asides: frozenset[str]
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
        near = self._beside_speaker(words)
        return self._perfect(words, near) or self._simple_past(words, near)

    def without(self, verbs: frozenset[str]) -> "DeedFinder":
        """A finder that does not know these verbs."""
        return replace(
            self,
            with_have=self.with_have - verbs,
            with_be=self.with_be - verbs,
            past=self.past - verbs,
        )

    def _perfect(self, words: Sequence[str], near: set[str]) -> bool:
        """Whether it says "I have called", or in Dutch "I am gone"."""
        if not self.passive.isdisjoint(words):
            return False
        return any(
            not auxiliaries.isdisjoint(near) and not participles.isdisjoint(words)
            for auxiliaries, participles in (
                (self.have, self.with_have),
                (self.be, self.with_be),
            )
        )

    def _simple_past(self, words: Sequence[str], near: set[str]) -> bool:
        if not self.went.isdisjoint(near):
            return not self.towards.isdisjoint(words)
        return self.passive.isdisjoint(near) and not self.past.isdisjoint(near)

    def _beside_speaker(self, words: Sequence[str]) -> set[str]:
        """The words around "I", where it is the subject of what is told."""
        return {
            near
            for at, word in enumerate(words)
            if word in self.first_person and not self._is_aside(words, at)
            for near in words[max(0, at - _BESIDE) : at + _BESIDE + 1]
        }

    def _is_aside(self, words: Sequence[str], at: int) -> bool:
        return at > 1 and words[at - 1] in self.asides

    def _nobody_named(self, words: Sequence[str]) -> bool:
        """Whether it says "called twice", with no other person or verb before it."""
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
            if at == 0 and said[0] in self.past:  # "kocht dit via ..."
                return self.others.isdisjoint(said[1:2])
            verbs = self.be | self.passive
            return said[at] not in self.past and verbs.isdisjoint(said)
        return at < _OPENING and said[at] in self.past


@cache
def load_deed_finder(code: str, touchpoint: str = "") -> DeedFinder:
    """The finder of a language, "nl" or "en", for what is done at a touchpoint.

    For one without deeds of its own it finds those of any touchpoint.
    """
    lexicon = load_lexicon(f"stance_{code}")
    signs = lexicon["action"]
    finder = DeedFinder(
        **{
            part.name: frozenset(signs[part.name].split())
            for part in fields(DeedFinder)
        }
    )
    return finder.without(_done_elsewhere(lexicon["at"], touchpoint))


def _done_elsewhere(places: Mapping[str, str], touchpoint: str) -> frozenset[str]:
    own = places.get(touchpoint)
    if own is None:
        return frozenset()
    everywhere = (verb for verbs in places.values() for verb in verbs.split())
    return frozenset(everywhere) - frozenset(own.split())
