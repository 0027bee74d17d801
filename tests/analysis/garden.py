"""An encoder small enough to reason about, and weights for it."""

from collections.abc import Sequence

import numpy as np

from analysis.encoder import Judgement, Vectors
from analysis.findings import POLARITY_FINDINGS, SPOKEN_FINDINGS
from analysis.pipeline import Recipe
from analysis.records import Language, Text
from analysis.weighing import Weights, written


class GardenEncoder:
    """An encoder that knows one thing: where there is a garden, there is an event."""

    fingerprint = "garden"

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]:
        return [self._judgements(text.text) for text in texts]

    def _judgements(self, text: str) -> list[Judgement]:
        start = text.find("tuin")
        shares = {"negative": 0.05, "neutral": 0.05, "positive": 0.85, "mixed": 0.05}
        return [
            Judgement("app", probability=0.01, start=0, end=0, **shares),
            Judgement(
                "event",
                probability=0.01 if start < 0 else 0.9,
                start=max(0, start),
                end=max(0, start) + 4,
                **shares,
            ),
        ]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.eye(len(texts), dtype=np.float32)


def trusting() -> Recipe:
    """Weights that take the encoder's word for everything."""
    spoken = dict.fromkeys(SPOKEN_FINDINGS, 0.0) | {"encoder": 1.0}
    polarity = dict.fromkeys(POLARITY_FINDINGS, [0.0] * 4)
    for place, sign in enumerate(("negative", "neutral", "positive", "both")):
        polarity[f"encoder_{sign}"] = [float(at == place) for at in range(4)]
    weights = Weights(
        encoder=GardenEncoder.fingerprint,
        spoken=np.array(list(spoken.values())),
        own={},
        polarity=np.array(list(polarity.values())),
        spoken_from={"asked": 0.5, "open": 0.5},
        both_from=0.5,
        sureness=dict.fromkeys(map(str, Language), (1.0, 0.0)),
    )
    return Recipe(weights=written(weights))
