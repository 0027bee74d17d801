"""Weighs what the rules found against what the encoder reads, touchpoint by touchpoint.

Two logistic regressions over a handful of findings: one says whether a text speaks of
a touchpoint, the other how. Stacking in the manner of Wolpert (1992): both are fitted
on texts that neither the encoder nor the rules had seen, so that each is trusted as
far as it deserves. ``analysis.weighing_training`` fits them.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from analysis.encoder import Encoder, WrongEncoderError
from analysis.findings import (
    POLARITY_FINDINGS,
    SPOKEN_FINDINGS,
    Case,
    Floats,
    log_odds,
)
from analysis.records import Language, Polarity
from analysis.regression import softmax

WEIGHTS = "weighing.json"
NEGATIVE, NEUTRAL, POSITIVE, BOTH = range(4)
_PLACES = {
    Polarity.NEGATIVE: NEGATIVE,
    Polarity.NEUTRAL: NEUTRAL,
    Polarity.POSITIVE: POSITIVE,
}


Shares = tuple[float, float, float, float]  # negative, neutral, positive, both


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text speaks of a touchpoint, and how."""

    chance: float
    shares: Shares

    @property
    def score(self) -> float:
        return self.shares[POSITIVE] - self.shares[NEGATIVE]


@dataclass(frozen=True, slots=True)
class Precision:
    """How firmly what the weights were fitted on holds each of them."""

    spoken: Floats
    own: Mapping[str, float]
    polarity: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted on texts that were held out; ``encoder`` names the one they are for."""

    encoder: str
    spoken: Floats  # by finding
    own: Mapping[str, float]  # what each touchpoint adds
    polarity: Floats  # by finding and polarity
    spoken_from: Mapping[str, float]  # by kind of text
    both_from: float
    sureness: Mapping[str, tuple[float, float]]  # by language: slope and shift
    precision: Precision

    @property
    def touchpoints(self) -> tuple[str, ...]:
        return tuple(self.own)

    @property
    def fingerprint(self) -> str:
        """Names the weights by what they hold."""
        return hashlib.sha256(written(self).encode()).hexdigest()

    def verdicts(self, cases: Sequence[Case]) -> list[Verdict]:
        """A verdict for each case, in order.

        >>> load_weights() is load_weights()
        True
        """
        both = zip(self.chances(cases), self.shares(cases), strict=True)
        return [Verdict(chance, shares) for chance, shares in both]

    def chances(self, cases: Sequence[Case]) -> list[float]:
        """How likely it is, for each case, that the touchpoint is spoken of."""
        if not cases:
            return []
        odds = np.array([case.spoken_findings() for case in cases]) @ self.spoken
        odds += [self.own.get(case.judgement.touchpoint, 0.0) for case in cases]
        found: list[float] = (1 / (1 + np.exp(-odds))).tolist()
        return found

    def shares(self, cases: Sequence[Case]) -> list[Shares]:
        """How the touchpoint of each case is spoken of, if it is."""
        if not cases:
            return []
        findings = np.array([case.polarity_findings() for case in cases])
        rows = softmax(findings @ self.polarity).tolist()
        return [tuple(row) for row in rows]

    def confidence(
        self, verdict: Verdict, polarity: Polarity, language: Language
    ) -> float:
        """How often mentions like this one are right, touchpoint and polarity."""
        slope, shift = self.sureness[language]
        odds = slope * log_odds(joint_chance(verdict, polarity)) + shift
        return round(1 / (1 + math.exp(-odds)), 3)


def joint_chance(verdict: Verdict, polarity: Polarity) -> float:
    """The probability that touchpoint and polarity are both right."""
    share = verdict.shares[_PLACES[polarity]]
    if polarity is not Polarity.NEUTRAL:
        share += verdict.shares[BOTH]
    return verdict.chance * share


@cache
def load_weights() -> Weights | None:
    """The shipped weights, or None where there are none."""
    source = files("analysis") / "heads" / WEIGHTS
    return parse_weights(source.read_text("utf-8")) if source.is_file() else None


def shipped_encoder() -> str | None:
    """Names the encoder that the shipped weights are for, without loading it."""
    weights = load_weights()
    return weights.encoder if weights else None


def weights_for(encoder: Encoder, own: str | None = None) -> Weights:
    """An organisation's own weights, or the shipped ones.

    Raises WrongEncoderError if they are for another encoder.
    """
    weights = load_weights() if own is None else parse_weights(own)
    if weights is None or weights.encoder != encoder.fingerprint:
        raise WrongEncoderError(
            f"there are no weights for the encoder {encoder.fingerprint[:12]}"
        )
    return weights


def parse_weights(text: str) -> Weights:
    kept = json.loads(text)
    return Weights(
        encoder=kept["encoder"],
        spoken=_in_order(SPOKEN_FINDINGS, kept["spoken"]),
        own=kept["own"],
        polarity=_in_order(POLARITY_FINDINGS, kept["polarity"]),
        spoken_from=kept["spoken_from"],
        both_from=kept["both_from"],
        sureness={name: (a, b) for name, (a, b) in kept["sureness"].items()},
        precision=Precision(
            spoken=_in_order(SPOKEN_FINDINGS, kept["precision"]["spoken"]),
            own=kept["precision"]["own"],
            polarity=_in_order(POLARITY_FINDINGS, kept["precision"]["polarity"]),
        ),
    )


def _in_order(names: Sequence[str], kept: Mapping[str, Any]) -> Floats:
    return np.array([kept[name] for name in names])


def written(weights: Weights) -> str:
    """The weights as they are kept; the same weights give the same bytes."""
    kept = {
        "encoder": weights.encoder,
        "spoken": _named(SPOKEN_FINDINGS, weights.spoken),
        "own": dict(sorted(weights.own.items())),
        "polarity": _named(POLARITY_FINDINGS, weights.polarity),
        "spoken_from": dict(weights.spoken_from),
        "both_from": weights.both_from,
        "sureness": dict(weights.sureness),
        "precision": {
            "spoken": _named(SPOKEN_FINDINGS, weights.precision.spoken),
            "own": dict(sorted(weights.precision.own.items())),
            "polarity": _named(POLARITY_FINDINGS, weights.precision.polarity),
        },
    }
    return json.dumps(kept, indent=1) + "\n"


def _named(names: Sequence[str], values: Floats) -> dict[str, Any]:
    return dict(zip(names, values.tolist(), strict=True))
