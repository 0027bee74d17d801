"""How often the model in eight bits decides as the one in full precision."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.encoder import kind_of
from analysis.encoder_heads import HEADS, MODEL, TOKENIZER, fingerprint_of
from analysis.records import Polarity, Text
from analysis.trained_encoder import TrainedEncoder
from encoder_training.export import write_model
from encoder_training.network import Network

_NEVER = 2.0  # the whole text is no touchpoint

Decisions = frozenset[tuple[str, Polarity]]


def decisions(encoder: TrainedEncoder, texts: Sequence[Text]) -> list[Decisions]:
    """The mentions that each text gets."""
    heads = encoder.heads
    return [
        frozenset(
            (one.touchpoint, sign)
            for one in found
            if one.probability >= limits.get(one.touchpoint, _NEVER)
            for sign in one.polarities(heads.mixed_from)
        )
        for text, found in zip(texts, encoder.judge(texts), strict=True)
        for limits in [heads.thresholds[kind_of(text.question)]]
    ]


def in_full_precision(network: Network, shipped: Path, folder: Path) -> TrainedEncoder:
    """The same network and heads, nothing rounded."""
    shutil.copy(shipped / TOKENIZER, folder)
    write_model(network, folder / MODEL, None)
    heads = (shipped / HEADS).read_text("utf-8")
    renamed = heads.replace(fingerprint_of(shipped), fingerprint_of(folder))
    (folder / HEADS).write_text(renamed, "utf-8")
    return TrainedEncoder(folder)


def agreement(
    network: Network, shipped: Path, texts: Sequence[Text]
) -> tuple[float, float]:
    """The share of equal decisions, by text and touchpoint, and by whole text."""
    with TemporaryDirectory() as folder:
        full = decisions(in_full_precision(network, shipped, Path(folder)), texts)
    encoder = TrainedEncoder(shipped)
    rounded = decisions(encoder, texts)
    limits = encoder.heads.thresholds[kind_of(None)]
    pairs = list(zip(full, rounded, strict=True))
    unequal = sum(len({name for name, _ in a ^ b}) for a, b in pairs)
    same = sum(a == b for a, b in pairs)
    return 1 - unequal / (len(limits) * len(pairs)), same / len(pairs)
