"""What goes into the search for themes, and what comes out of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.histograms import Histogram
from analysis.journey import EmotionPoint
from analysis.records import Language

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """One mention: the words of its evidence, and who said them of what."""

    text: str
    language: Language  # of the whole text
    touchpoint: str
    score: float  # −1 .. +1
    person: int  # zero or above; the same number is the same person


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What several people said in much the same words.

    ``members`` are places in what was given, the most typical first. ``point`` has the
    figures of the touchpoint page, and is made of one value for each person.
    """

    name: str  # in people's own words
    also: tuple[str, ...]  # other phrases that set it apart, at most three
    members: tuple[int, ...]
    histogram: Histogram  # of person means, −1..+1
    point: EmotionPoint

    @property
    def base(self) -> int:
        """How many people spoke of it."""
        return self.histogram.base


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageThemes:
    """The themes of one language; the one that most people speak of comes first.

    ``enough`` is False where too few people spoke to look for themes at all; then all
    mentions are ``other``.
    """

    language: Language
    base: int  # people
    mentions: int
    enough: bool
    themes: tuple[Theme, ...]
    other: tuple[int, ...]  # places of mentions that belong to no theme
    other_base: int  # people among these


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """The themes of one touchpoint, by language, the language most spoken first."""

    languages: tuple[LanguageThemes, ...]

    @property
    def mentions(self) -> int:
        return sum(each.mentions for each in self.languages)
