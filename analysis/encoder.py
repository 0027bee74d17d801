"""The place for a trained encoder beside the lexicons: one small interface."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from analysis.records import Polarity, QuestionRole, Text

Vectors = npt.NDArray[np.float32]

OVERALL = "overall"  # asked about as if it were a touchpoint: the whole text
_OPEN_ROLES = frozenset({None, QuestionRole.REVIEW})
_SIGNS = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


class WrongEncoderError(ValueError):
    """Heads that were made for other weights than those they are used with."""


class Judgement(NamedTuple):
    """What the encoder holds of one touchpoint in one text.

    A named tuple: there is one for each touchpoint in each clause of each text, and a
    dataclass takes three times as long to make.
    """

    touchpoint: str
    probability: float  # that the text speaks of it
    negative: float  # the four shares add up to one
    neutral: float
    positive: float
    mixed: float  # praise and blame at once

    @property
    def score(self) -> float:
        return self.positive - self.negative

    def polarities(self, mixed_from: float) -> tuple[Polarity, ...]:
        """How the touchpoint is spoken of; both ways when the text does both."""
        if self.mixed >= mixed_from:
            return Polarity.NEGATIVE, Polarity.POSITIVE
        return (self.polarity,)

    @property
    def polarity(self) -> Polarity:
        shares = (self.negative, self.neutral, self.positive)
        return _SIGNS[shares.index(max(shares))]

    @property
    def sureness(self) -> float:
        """The probability of that polarity, if there is but one."""
        shares = (self.negative, self.neutral, self.positive)
        return max(shares) / max(sum(shares), 1e-9)


class Encoder(Protocol):
    """A model that reads touchpoints and their polarity from whole texts.

    ``fingerprint`` names model and weights; it becomes part of the version that every
    stored mention carries. ``judge`` keeps the order of the texts and tells of every
    touchpoint that it knows, and of the whole text as ``overall``. ``vectors`` gives
    one row of length one for each text; alike texts lie close together.
    """

    @property
    def fingerprint(self) -> str: ...

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]: ...

    def vectors(self, texts: Sequence[str]) -> Vectors: ...


def kind_of(role: QuestionRole | None) -> str:
    """Whether a text answers a question of ours: its thresholds depend on it."""
    return "open" if role in _OPEN_ROLES else "asked"
