"""The stage export: model and tokenizer as the product reads them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from analysis.encoder_heads import MODEL, TOKENIZER
from analysis.records import Text
from encoder_training.agreement import agreement
from encoder_training.batches import text_tensors
from encoder_training.calibrate import blank_heads
from encoder_training.checkpoints import Checkpoint
from encoder_training.examples import Example
from encoder_training.export import measured_ranges, write_model
from encoder_training.learner import Learner, continued
from encoder_training.material import Material
from encoder_training.record import Record, save_record

_TOGETHER = 16
_EVERY_ANSWER, _EVERY_REVIEW = 5, 60  # of those that values are measured on
_COMPARED = 400  # texts held out


def export(checkpoint: Checkpoint, material: Material, folder: Path) -> None:
    """Writes model, tokenizer, and heads that decide nothing yet."""
    learner = continued(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    typical = [*material.answers[::_EVERY_ANSWER], *material.reviews[::_EVERY_REVIEW]]
    _ship(learner, typical, folder)
    held = material.held_out()
    texts = [Text(e.text, e.role, e.language) for e in (*held.answers, *held.reviews)]
    step = max(1, len(texts) // _COMPARED)
    equal, whole = agreement(learner.network, folder, texts[::step])
    save_record(Record(list(checkpoint.history), (equal, whole)), folder)


def _ship(learner: Learner, typical: Sequence[Example], folder: Path) -> None:
    network, labels = learner.network, learner.labels
    names = list(labels.names)[: labels.built_in + 1]  # touchpoints and the whole
    vectors = network.label_vectors(labels.means()[: len(names)]).detach().numpy()
    batches = _typical_batches(typical, learner.tokenizer, vectors)
    write_model(network, folder / MODEL, measured_ranges(network, batches))
    (folder / TOKENIZER).write_text(learner.tokenizer.to_str(), "utf-8")
    blank_heads(folder, names, vectors, network.common.numpy())


def _typical_batches(
    examples: Sequence[Example], tokenizer: Tokenizer, vectors: Any
) -> Iterator[dict[str, Any]]:
    """Texts as the network is given them, to see what values they lead to."""
    ordered = sorted(examples, key=lambda example: len(example.text))
    for start in range(0, len(ordered), _TOGETHER):
        some = ordered[start : start + _TOGETHER]
        pieces, seen, roles, _ = text_tensors(
            [e.text for e in some], [e.role for e in some], tokenizer
        )
        yield {
            "pieces": pieces.numpy(),
            "seen": seen.numpy().astype(np.float32),
            "roles": roles.numpy(),
            "labels": vectors,
        }
