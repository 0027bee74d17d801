"""An encoder for tests: it knows one thing, and says how sure it is."""

from collections.abc import Sequence

import numpy as np

from analysis.encoder import Judgement, Vectors
from analysis.findings import POLARITY_FINDINGS, SPOKEN_FINDINGS
from analysis.pipeline import Recipe
from analysis.records import Language, Text
from analysis.weighing import Precision, Weights, written

TOUCHPOINTS = ("app", "event")
_GLAD = {"negative": 0.05, "neutral": 0.05, "positive": 0.85, "mixed": 0.05}
_SORRY = {"negative": 0.85, "neutral": 0.05, "positive": 0.05, "mixed": 0.05}


class GardenEncoder:
    """Where there is a garden, there is an event; where it rains, a bad one."""

    fingerprint = "garden"

    def __init__(self) -> None:
        self.read: list[str] = []

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]:
        self.read += [text.text for text in texts]
        return [self._judgements(text.text) for text in texts]

    def _judgements(self, text: str) -> list[Judgement]:
        chance = 0.9 if "tuin" in text else 0.03
        shares = _SORRY if "regen" in text else _GLAD
        return [
            Judgement("app", probability=0.01, **shares),
            Judgement("event", probability=chance, **shares),
        ]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.eye(len(texts), dtype=np.float32)


def trusting(precision: float = 1.0) -> Weights:
    """Weights that take the encoder's word for everything, held so firmly."""
    spoken = dict.fromkeys(SPOKEN_FINDINGS, 0.0) | {"encoder": 1.0}
    polarity = dict.fromkeys(POLARITY_FINDINGS, [0.0] * 4)
    for place, sign in enumerate(("negative", "neutral", "positive", "both")):
        polarity[f"encoder_{sign}"] = [float(at == place) for at in range(4)]
    return Weights(
        encoder=GardenEncoder.fingerprint,
        spoken=np.array(list(spoken.values())),
        own=dict.fromkeys(TOUCHPOINTS, 0.0),
        polarity=np.array(list(polarity.values())),
        spoken_from={"asked": 0.5, "open": 0.5},
        both_from=0.5,
        sureness=dict.fromkeys(map(str, Language), (1.0, 0.0)),
        precision=Precision(
            spoken=np.full(len(spoken), precision),
            own=dict.fromkeys(TOUCHPOINTS, precision),
            polarity=np.full((len(polarity), 4), precision),
        ),
    )


def trusting_recipe() -> Recipe:
    return Recipe(weights=written(trusting()))
