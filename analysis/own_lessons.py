"""What people's corrections teach about a touchpoint of an organisation's own."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.likeness import LetterVectors

MOST = 40  # passages of a kind: more make the same thing known, and take time
_POOL = 400  # of the newest are looked at
_LENGTHS = range(3, 301)  # code points: longer ones speak of many things
_STAGES = (5, 10, 20, 40, 80, 160)  # corrections


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that people judged, and a mark of the text that they stand in."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """Passages that speak of a touchpoint, and passages that do not.

    ``given`` is how many corrections they were chosen from.
    """

    spoken: tuple[Passage, ...] = ()
    not_spoken: tuple[Passage, ...] = ()
    given: int = 0

    @property
    def stage(self) -> int:
        """Rises ever more slowly: so often it is worth reading all texts again.

        >>> [Lessons(given=number).stage for number in (0, 4, 5, 12, 1_000)]
        [0, 0, 1, 2, 6]
        """
        return sum(self.given >= least for least in _STAGES)


NO_LESSONS = Lessons()


def next_stage(given: int) -> int | None:
    """With how many corrections all texts are read again.

    >>> next_stage(7), next_stage(160)
    (10, None)
    """
    return next((least for least in _STAGES if least > given), None)


def text_mark(text: str) -> str:
    """The same for texts that say the same: none is read by what was said of itself.

    >>> text_mark("De  laadpaal") == text_mark("de laadpaal ")
    True
    """
    words = " ".join(text.casefold().split()).encode(errors="replace")
    return hashlib.blake2b(words, digest_size=8).hexdigest()


def lessons_from(
    spoken: Sequence[Passage], not_spoken: Sequence[Passage], *, given: int
) -> Lessons:
    """The passages worth learning from; those given are the newest first."""
    return Lessons(
        choose_passages(spoken, MOST), choose_passages(not_spoken, MOST), given
    )


def choose_passages(passages: Sequence[Passage], most: int) -> tuple[Passage, ...]:
    """The newest, then those least like what was chosen already.

    >>> said = [Passage(words, "") for words in ("Te duur", "te duur", "Kapot")]
    >>> [passage.words for passage in choose_passages(said, 2)]
    ['Te duur', 'Kapot']
    """
    found = list(_different(passages[:_POOL]))
    if len(found) <= most:
        return tuple(found)
    words = [passage.words for passage in found]
    vectors = LetterVectors(words).of(words)
    chosen = [0]
    near = vectors @ vectors[0]
    while len(chosen) < most:
        near[chosen] = np.inf
        chosen.append(int(near.argmin()))  # the newest of those as far away
        near = np.maximum(near, vectors @ vectors[chosen[-1]])
    return tuple(found[place] for place in chosen)


def _different(passages: Sequence[Passage]) -> Iterator[Passage]:
    seen = set()
    for passage in passages:
        words = " ".join(passage.words.casefold().split())
        if words not in seen and len(words) in _LENGTHS:
            seen.add(words)
            yield passage
