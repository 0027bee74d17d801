"""The place for a trained model beside the lexicons: one small interface."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.records import Text


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model holds of one touchpoint in one text."""

    touchpoint: str
    probability: float  # that the text speaks of it
    score: float  # -1 .. +1: P(positive) - P(negative), given that it does


class Encoder(Protocol):
    """A model that reads touchpoints and their polarity from whole texts.

    ``fingerprint`` names model and weights; it becomes part of the version that every
    stored mention carries. ``predict`` keeps the order of the texts and leaves out
    touchpoints below the model's own threshold.
    """

    @property
    def fingerprint(self) -> str: ...

    def predict(self, texts: Sequence[Text]) -> list[list[Prediction]]: ...
