"""A cue while the rules work on it, and the text around it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.sentiment.polarity import WordInfo

SENTENCE_ENDS = frozenset(".!?;…\n•|")
MARKS = frozenset(",():[]{}–—")

_SUPERLATIVE = 0.85  # "not perfect" says little against
_MILD_DENIAL = -0.35
_DENIED_PRAISE = -0.9
_LEAST_DENIED_PRAISE = -0.35
_DENIED_BLAME = -0.8
_MOST_DENIED_BLAME = 0.45
_LONGEST_SENTENCE = 100  # words; people leave out full stops
_HEDGED_DENIAL = 0.8  # "not very good"


@dataclass(slots=True)
class Evidence:
    """Tokens ``start`` up to ``end`` and what they say, before and after the rules."""

    start: int
    end: int
    base: float
    info: WordInfo = field(default_factory=WordInfo)
    final: bool = False  # an expression that is not denied by a negator near it
    wish: bool = False
    degree: float = 1.0
    denials: int = 0
    weight: float = 1.0

    @property
    def may_be_denied(self) -> bool:
        return not self.final and bool(self.base or self.info.absent)

    @property
    def score(self) -> float:
        value = self._denied() if self.denials % 2 else self._affirmed()
        return max(-1.0, min(1.0, value * self.weight))

    def _affirmed(self) -> float:
        return max(-1.0, min(1.0, self.base * self.degree))

    def _denied(self) -> float:
        hedge = _HEDGED_DENIAL if self.degree > 1 else 1.0
        if not self.base:
            return self.info.absent
        if self.base >= _SUPERLATIVE:
            return _MILD_DENIAL
        if self.base > 0:
            return min(_LEAST_DENIED_PRAISE, _DENIED_PRAISE * self.base) * hedge
        return min(_MOST_DENIED_BLAME, _DENIED_BLAME * self.base) * hedge


class Scene:
    """The normal words of one text and the evidence in it, by first token."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.at: dict[int, Evidence] = {}
        self.taken: set[int] = set()  # tokens inside multi-word expressions

    def add(self, evidence: Evidence) -> None:
        self.at[evidence.start] = evidence

    def in_order(self) -> list[Evidence]:
        return [self.at[start] for start in sorted(self.at)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Half-open token ranges that end after a mark such as a full stop.

        One without any mark ends where it gets too long to be a sentence.
        """
        ranges = []
        start = 0
        for at, word in enumerate(self.words):
            if word[:1] in SENTENCE_ENDS or at - start >= _LONGEST_SENTENCE:
                ranges.append((start, at + 1))
                start = at + 1
        if start < len(self.words):
            ranges.append((start, len(self.words)))
        return ranges

    def sentence_of(self, at: int) -> tuple[int, int]:
        """The sentence that a token stands in."""
        return self.sentences[bisect_right(self.sentences, (at, len(self.words))) - 1]

    def between(self, start: int, end: int) -> list[Evidence]:
        return [self.at[at] for at in range(start, end) if at in self.at]


def is_mark(word: str) -> bool:
    """Whether a normalised token is punctuation that ends a negator's reach."""
    return word in MARKS or word[:1] in SENTENCE_ENDS
