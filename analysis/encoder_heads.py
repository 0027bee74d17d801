"""What turns the encoder's numbers into touchpoints, polarities and probabilities."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from analysis.records import Polarity, QuestionRole

Floats = npt.NDArray[np.float32]

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
HEADS = "heads.json"
OVERALL = "overall"
OPEN_ROLES = frozenset({None, QuestionRole.REVIEW})
_SIGNS = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


class WrongEncoderError(ValueError):
    """Heads that were made for other weights than those beside them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the encoder holds of one touchpoint in one text."""

    touchpoint: str
    probability: float  # that the text speaks of it
    negative: float  # the four shares add up to one
    neutral: float
    positive: float
    mixed: float  # praise and blame at once
    start: int  # the words that it looked at most
    end: int

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


@dataclass(frozen=True, slots=True)
class Heads:
    """The labels' vectors, and how logits become probabilities and decisions."""

    labels: tuple[str, ...]
    vectors: Floats
    common: Floats
    thresholds: Mapping[str, Mapping[str, float]]  # by kind of text, by touchpoint
    spoken: Mapping[str, tuple[float, float]]  # slope and shift, by kind of text
    temperature: Mapping[str, Mapping[str, float]]  # of the polarity, by kind, language
    mixed_from: float


def kind_of(role: QuestionRole | None) -> str:
    return "open" if role in OPEN_ROLES else "asked"


def fingerprint_of(folder: Traversable) -> str:
    """Names the weights and the tokenizer by their bytes."""
    digest = hashlib.sha256()
    for name in (MODEL, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def load_heads(folder: Traversable, fingerprint: str) -> Heads:
    kept = json.loads((folder / HEADS).read_text("utf-8"))
    if kept["encoder"] != fingerprint:
        raise WrongEncoderError(
            f"{HEADS} was made for the encoder {kept['encoder'][:12]},"
            f" not for {fingerprint[:12]}"
        )
    return Heads(
        labels=tuple(kept["labels"]),
        vectors=np.array(kept["vectors"], np.float32),
        common=np.array(kept["common"], np.float32),
        thresholds=kept["thresholds"],
        spoken={
            kind: (slope, shift) for kind, (slope, shift) in kept["spoken"].items()
        },
        temperature=kept["temperature"],
        mixed_from=kept["mixed_from"],
    )
