"""What turns the encoder's numbers into touchpoints, polarities and probabilities."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from analysis.encoder import WrongEncoderError

Floats = npt.NDArray[np.float32]

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
HEADS = "heads.json"


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
