"""Spaces in which alike texts lie close together: the encoder's, or one of words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from zlib import crc32

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from analysis.themes.phrases import CONTENT, Words
from analysis.themes.records import Vectors

_SIZE = 1 << 14  # columns for words, and as many for letters
_LETTERS = (4, 5)

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Space:
    """Texts as rows of length one, and from which cosine on they belong together.

    ``near``: of a text and the middle of a theme, to be one of it. ``same``: of the
    middles of two themes, to be one. ``bonus``: what holding a theme's own phrase adds.
    """

    rows: Rows | sp.csr_matrix  # (texts, dimensions)
    near: float
    same: float
    bonus: float

    @property
    def is_of_words(self) -> bool:
        return sp.issparse(self.rows)

    @classmethod
    def of_vectors(cls, vectors: Vectors) -> Self:
        """What all texts of a touchpoint share is taken off: it parts none of them.

        Thresholds were chosen by reading the themes of a shop's answers.
        """
        return cls(_units(vectors - vectors.mean(0)), near=0.4, same=0.55, bonus=0.3)

    @classmethod
    def of_words(cls, texts: Sequence[Words]) -> Self:
        """TF-IDF of stems and of four and five letters, hashed into columns."""
        counted = [Counter(_features(words)) for words in texts]
        starts = np.cumsum([0, *map(len, counted)])
        columns = [column for each in counted for column in each]
        values = [1 + np.log(n) for each in counted for n in each.values()]
        matrix = sp.csr_matrix(
            (np.array(values, np.float32), columns, starts),
            shape=(len(texts), 2 * _SIZE),
        )
        used = np.bincount(matrix.indices, minlength=2 * _SIZE)
        weights = np.log((1 + len(texts)) / (1 + used)) + 1
        matrix = sp.csr_matrix(matrix @ sp.diags(weights.astype(np.float32)))
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
        rows = sp.csr_matrix(sp.diags(1 / np.maximum(norms, 1e-9)) @ matrix)
        return cls(rows.astype(np.float32), near=0.34, same=0.6, bonus=0.2)

    def middle(self, places: Sequence[int] | NDArray[np.intp]) -> Rows:
        """The middle of some texts (dimensions,), of length one."""
        mean = np.asarray(self.rows[places].mean(0), np.float32).reshape(1, -1)
        middle: Rows = _units(mean)[0]
        return middle

    def cosines(self, middles: Rows) -> Rows:
        """Of each text with each of the middles (m, dimensions): (texts, m)."""
        return np.asarray(self.rows @ middles.T, np.float32)


def _units(rows: Rows) -> Rows:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), np.float32)


def _features(words: Words) -> Iterator[int]:
    """Columns of its stems, and of their letters: compounds share these."""
    for stem, kind in zip(words.stems, words.kinds, strict=True):
        if kind == CONTENT:
            yield from _columns(stem)


@lru_cache(maxsize=1 << 16)
def _columns(stem: str) -> tuple[int, ...]:
    framed = f"^{stem}$"
    letters = (
        framed[start : start + size]
        for size in _LETTERS
        for start in range(len(framed) - size + 1)
    )
    hashed = (_SIZE + crc32(each.encode()) % _SIZE for each in letters)
    return crc32(stem.encode()) % _SIZE, *hashed
