"""Where an organisation's own touchpoint lies among texts, by examples and corrections.

With an encoder a discriminant tells its passages from ordinary answers; vectors of
letters are too wide and too empty for that, and are compared one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np

from analysis.discriminant import Discriminant, fit_discriminant
from analysis.encoder import Encoder, Vectors
from analysis.lexicon import load_lexicon
from analysis.likeness import LetterVectors
from analysis.own_touchpoints import OwnTouchpoint

Embed = Callable[[Sequence[str]], Vectors]

# Chosen on five invented touchpoints of six examples each. Of 30 other answers, most
# in other words than the examples, 0.47 are found with an encoder, and 0.67 after two
# corrections; of 450 answers about other things two a touchpoint, some rightly.
_SHARE = 0.6
# By letters, on four others: 0.44 of 32; of 3,000 about other things ten a touchpoint.
_LEAST, _MARGIN = 0.3, 0.15
_OVER_REJECTED = 0.03  # nearer to what speaks of it than to what people said does not
_LIKE_REJECTED, _OVER_ACCEPTED = 0.6, 0.1  # a phrase in such words no longer counts
_KEPT = 64  # discriminants without the passages of one text
_MADE: WeakKeyDictionary[Encoder, Vectors] = WeakKeyDictionary()


class Place(Protocol):
    """Where one touchpoint lies."""

    @property
    def code(self) -> str: ...

    def height(self, vectors: Vectors, mark: str) -> Vectors:
        """How far each is above what it takes to be found: from 0 up to about 1."""

    def is_rejected(self, vector: Vectors, mark: str) -> bool:
        """Whether people said that words much like these mean something else."""


class Passages:
    """What speaks of a touchpoint, and what people said does not.

    A text is never compared with passages of its own: what people said of it holds
    anyway, and how well it would be read without is what quality is measured by.
    """

    def __init__(self, own: OwnTouchpoint, embed: Embed) -> None:
        spoken, not_spoken = own.lessons.spoken, own.lessons.not_spoken
        said = [*own.examples, *(each.words for each in spoken)]
        self.written = len(own.examples)
        self._sought = embed(said)
        self._sought_in = [*("" for _ in own.examples), *(p.source for p in spoken)]
        self._rejected = embed([each.words for each in not_spoken])
        self._rejected_in = [each.source for each in not_spoken]

    def sought(self, mark: str) -> Vectors:
        return self._sought[[source != mark for source in self._sought_in]]

    def rejected(self, mark: str) -> Vectors:
        return self._rejected[[source != mark for source in self._rejected_in]]

    def has(self, mark: str) -> bool:
        return mark in self._sought_in or mark in self._rejected_in

    def over_rejected(self, vectors: Vectors, mark: str) -> Vectors:
        near = nearest(vectors, self.sought(mark))
        over: Vectors = near - nearest(vectors, self.rejected(mark)) - _OVER_REJECTED
        return over

    def is_rejected(self, vector: Vectors, mark: str) -> bool:
        unlike = float(nearest(vector[None], self.rejected(mark))[0])
        alike = float(nearest(vector[None], self.sought(mark))[0])
        return unlike >= _LIKE_REJECTED and unlike - alike >= _OVER_ACCEPTED


@dataclass(frozen=True)
class PlaceByLetters:
    """Near enough to an example, and nearer by a margin than to usual answers."""

    code: str
    passages: Passages
    usual: Vectors

    def height(self, vectors: Vectors, mark: str) -> Vectors:
        sought = self.passages.sought(mark)
        if not len(sought):
            return np.full(len(vectors), -1, np.float32)
        centre = _centre(sought[: self.passages.written])
        near = nearest(vectors, np.vstack([sought, centre]))
        bar = np.maximum(_LEAST, nearest(vectors, self.usual) + _MARGIN)
        over = self.passages.over_rejected(vectors, mark)
        height: Vectors = np.minimum((near - bar) / (1 - _LEAST), over)
        return height

    def is_rejected(self, vector: Vectors, mark: str) -> bool:
        return self.passages.is_rejected(vector, mark)


class PlaceByMeaning:
    """Far enough on the way from ordinary answers to passages that speak of it."""

    def __init__(self, code: str, passages: Passages, ordinary: Vectors) -> None:
        self.code = code
        self._passages = passages
        self._ordinary = ordinary
        self._fitted = lru_cache(_KEPT)(self._fit)

    def height(self, vectors: Vectors, mark: str) -> Vectors:
        found = self._fitted(mark if self._passages.has(mark) else "-")
        if found is None:
            return np.full(len(vectors), -1, np.float32)
        share = (found.share(vectors) - _SHARE) / (1 - _SHARE)
        height: Vectors = np.minimum(share, self._passages.over_rejected(vectors, mark))
        return height

    def _fit(self, mark: str) -> Discriminant | None:
        sought = self._passages.sought(mark)
        if not len(sought):
            return None
        ordinary = np.vstack([self._ordinary, self._passages.rejected(mark)])
        return fit_discriminant(sought, ordinary)

    def is_rejected(self, vector: Vectors, mark: str) -> bool:
        return self._passages.is_rejected(vector, mark)


def find_places(
    own: Sequence[OwnTouchpoint], encoder: Encoder | None
) -> tuple[Embed, list[Place]]:
    """What makes vectors of clauses, and where each touchpoint lies among them."""
    if encoder is not None:
        ordinary = _ordinary_vectors(encoder)
        return encoder.vectors, [
            PlaceByMeaning(each.code, Passages(each, encoder.vectors), ordinary)
            for each in own
        ]
    usual = _usual_answers()
    embed = LetterVectors(
        [*usual, *(text for each in own for text in each.examples)]
    ).of
    return embed, [
        PlaceByLetters(each.code, Passages(each, embed), embed(usual)) for each in own
    ]


def nearest(vectors: Vectors, places: Vectors) -> Vectors:
    """How near each is to the nearest of the places; 0 where there are none."""
    if not len(places):
        return np.zeros(len(vectors), np.float32)
    near: Vectors = (vectors @ places.T).max(axis=1)
    return near


def _centre(examples: Vectors) -> Vectors:
    """What the written examples have in common; nothing where there are none."""
    if not len(examples):
        return examples
    centre: Vectors = examples.mean(axis=0, keepdims=True)
    return centre / max(float(np.linalg.norm(centre)), 1e-9)


def _usual_answers() -> list[str]:
    return [text for some in load_lexicon("usual_answers").values() for text in some]


def _ordinary_vectors(encoder: Encoder) -> Vectors:
    """Made once for an encoder: every correction makes the places anew."""
    made = _MADE.get(encoder)
    if made is None:
        texts = [*_usual_answers(), *load_lexicon("ordinary_answers")["answers"]]
        made = _MADE[encoder] = encoder.vectors(texts)
    return made
