"""How alike short texts are, by their words and letters: where there is no encoder."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from analysis.cues import words_in
from analysis.encoder import Vectors
from analysis.lexicon import load_lexicon

_WIDTH = 4096  # places that features are put in
_LETTERS = (4, 5)
_SHORT_WORD = 3


class LetterVectors:
    """Vectors of texts over words and stretches of letters, rare ones weighing more.

    >>> vectors = LetterVectors(["De laadpaal was stuk.", "De winkel was dicht."])
    >>> first, second = vectors.of(["laadpalen", "winkels"]) @ vectors.of(
    ...     ["De laadpaal was stuk."]
    ... ).T
    >>> bool(first[0] > second[0])
    True
    """

    def __init__(self, corpus: Sequence[str]) -> None:
        seen = Counter(place for text in corpus for place in _places(text))
        total = len(corpus) + 1
        self._rarity: Mapping[int, float] = {
            place: math.log(total / (1 + count)) for place, count in seen.items()
        }
        self._unseen = math.log(total)

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text; of a text without words all zeros."""
        rows = np.zeros((len(texts), _WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for place, count in _places(text).items():
                row[place] = count * self._rarity.get(place, self._unseen)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        units: Vectors = rows / np.maximum(norms, 1e-9)
        return units


def _places(text: str) -> Counter[int]:
    """Where the features of a text go; the same in every process."""
    found: Counter[int] = Counter()
    for word in words_in(text):
        if word.form in _empty_words() or len(word.form) < _SHORT_WORD:
            continue
        padded = f"<{word.form}>"
        found[_place(padded)] += 1
        for size in _LETTERS:
            for at in range(len(padded) - size + 1):
                found[_place(padded[at : at + size])] += 1
    return found


@cache
def _place(feature: str) -> int:
    number = 0
    for byte in feature.encode():
        number = (number * 257 + byte) % 1_000_003
    return number % _WIDTH


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(" ".join(load_lexicon("function_words").values()).split())
