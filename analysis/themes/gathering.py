"""Brings what is in no theme to the one that it clearly belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.themes.spaces import Rows, Space

_BOTH = 0.4  # of meaning and words together, to belong somewhere
_WORDS = 0.12  # of this at least words: meaning alone is wrong every other time
_WORDS_ALONE = 0.26  # where there is no encoder
_APART = 0.12  # from the next theme: what lies between two stays out


@dataclass(frozen=True, slots=True)
class Sight:
    """Texts as seen by their words, and by their meaning where there is an encoder."""

    words: Space
    meaning: Space | None

    def closeness(self, themes: Sequence[Sequence[int]]) -> tuple[Rows, Rows]:
        """Of each text with each theme (texts, themes): in all, and by words alone."""
        by_words = _cosines(self.words, themes)
        if self.meaning is None:
            return by_words, by_words
        return by_words + _cosines(self.meaning, themes), by_words


def _cosines(space: Space, themes: Sequence[Sequence[int]]) -> Rows:
    return space.cosines(np.array([space.middle(list(places)) for places in themes]))


def gather(sight: Sight, themes: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The themes with what joins them, behind what was there, the closest first.

    Words have to agree with the encoder. It puts "ik bel liever" beside complaints of
    the chat because both are complaints.
    """
    if not themes:
        return []
    closeness, by_words = sight.closeness(themes)
    joins = closeness.argmax(1)
    least = _BOTH if sight.meaning is not None else _WORDS_ALONE
    texts = np.arange(len(joins))
    joins[closeness[texts, joins] < least] = -1
    joins[by_words[texts, joins] < _WORDS] = -1
    joins[_lead(closeness) < _APART] = -1
    joins[[place for places in themes for place in places]] = -1
    return [
        (*places, *_closest_first(np.flatnonzero(joins == at), closeness[:, at]))
        for at, places in enumerate(themes)
    ]


def _lead(closeness: Rows) -> Rows:
    """How much closer each text lies to the nearest theme than to the next."""
    if closeness.shape[1] == 1:
        return closeness[:, 0]
    two = np.partition(closeness, -2, axis=1)[:, -2:]
    lead: Rows = two[:, 1] - two[:, 0]
    return lead


def _closest_first(own: NDArray[np.intp], closeness: Rows) -> list[int]:
    order = np.argsort(-closeness[own].round(5), kind="stable")
    found: list[int] = own[order].tolist()
    return found
