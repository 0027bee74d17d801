"""The encoder of ``encoder_weights``: a fine-tuned multilingual-e5-small, in ONNX.

It reads a text once and tells of every touchpoint whether the text speaks of it, and
how. Built by ``python -m encoder_training``; the card beside the
weights says from what, and how well it reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Encoding, Tokenizer

from analysis.encoder import Judgement, kind_of
from analysis.encoder_heads import (
    MODEL,
    TOKENIZER,
    Floats,
    fingerprint_of,
    load_heads,
)
from analysis.records import Language, QuestionRole, Text

ROLES = (None, *QuestionRole)
MAX_PIECES = 256  # what follows in a text is not read
_BATCH_PIECES = 512
_OUTPUTS = ("spoken", "polarity", "pooled")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the network gives for one text, before it is weighed."""

    spoken: Floats  # by label
    polarity: Floats  # by label and sign
    pooled: Floats


class TrainedEncoder:
    """Make one with ``load_encoder`` and keep it; texts are read on one thread."""

    def __init__(self, folder: Traversable) -> None:
        self.fingerprint = fingerprint_of(folder)
        self.heads = load_heads(folder, self.fingerprint)
        self._tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text("utf-8"))
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._session = _session((folder / MODEL).read_bytes())

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]:
        """Every touchpoint, and the whole as ``overall``, for each text in order."""
        if not texts:
            return []
        outcomes = self.outcomes(texts)
        chances = self._chances(texts, np.stack([one.spoken for one in outcomes]))
        shares = self._shares(texts, np.stack([one.polarity for one in outcomes]))
        return [
            [
                Judgement(label, round(chance, 4), *row)
                for label, chance, row in zip(
                    self.heads.labels, of_labels, rows, strict=True
                )
            ]
            for of_labels, rows in zip(chances, shares, strict=True)
        ]

    def vectors(self, texts: Sequence[str]) -> Floats:
        """What texts mean, as vectors of length one; alike texts lie close together."""
        found = np.zeros((len(texts), self.heads.common.shape[0]), np.float32)
        read = [Text(text) for text in texts]
        for row, outcome in enumerate(self.outcomes(read)):
            found[row] = outcome.pooled - self.heads.common
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        units: Floats = found / np.maximum(norms, 1e-9)
        return units

    def outcomes(self, texts: Sequence[Text]) -> list["Outcome"]:
        """What is said twice under one question is read once."""
        given = [(text.text, text.question) for text in texts]
        read = list(dict.fromkeys(given))
        encodings = self._tokenizer.encode_batch([said for said, _ in read])
        found: dict[tuple[str, QuestionRole | None], Outcome] = {}
        for rows in _batches([len(one.ids) for one in encodings]):
            chosen = [encodings[row] for row in rows]
            outputs = self._run(chosen, [read[row][1] for row in rows])
            for place, row in enumerate(rows):
                found[read[row]] = Outcome(*(part[place] for part in outputs))
        return [found[one] for one in given]

    def _run(
        self, encodings: Sequence[Encoding], roles: Sequence[QuestionRole | None]
    ) -> list[Any]:
        length = max(len(one.ids) for one in encodings)
        pieces = np.ones((len(encodings), length), np.int64)
        seen = np.zeros((len(encodings), length), np.float32)
        for row, one in enumerate(encodings):
            pieces[row, : len(one.ids)] = one.ids
            seen[row, : len(one.ids)] = 1
        given = {
            "pieces": pieces,
            "seen": seen,
            "roles": np.array([ROLES.index(role) for role in roles], np.int64),
            "labels": self.heads.vectors,
        }
        outputs: list[Any] = self._session.run(_OUTPUTS, given)
        return outputs

    def _chances(self, texts: Sequence[Text], spoken: Floats) -> list[list[float]]:
        """That a text speaks of a touchpoint; by text and label."""
        fitted = [self.heads.spoken[kind_of(text.question)] for text in texts]
        slope, shift = np.array(fitted, np.float32).T[:, :, None]
        chances = 1 / (1 + np.exp(-(slope * spoken + shift)))
        found: list[list[float]] = chances.astype(float).tolist()
        return found

    def _shares(
        self, texts: Sequence[Text], polarity: Floats
    ) -> list[list[list[float]]]:
        """How a text speaks of a touchpoint; by text, label and sign."""
        heats = [
            self.heads.temperature[kind_of(text.question)][
                text.language or Language.UNDETERMINED
            ]
            for text in texts
        ]
        heat = np.array(heats, np.float32)[:, None, None]
        shares = np.exp((polarity - polarity.max(2, keepdims=True)) / heat)
        shares /= shares.sum(2, keepdims=True)
        found: list[list[list[float]]] = shares.astype(float).round(4).tolist()
        return found


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of texts of about the same length, so that little is read for nothing."""
    order = sorted(range(len(lengths)), key=lambda row: (lengths[row], row))
    batch: list[int] = []
    for row in order:
        if batch and (len(batch) + 1) * lengths[row] > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _session(model: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def load_encoder() -> TrainedEncoder | None:
    """The shipped encoder, or None where there are no weights."""
    folder = files("analysis") / "encoder_weights"
    if not (folder / MODEL).is_file():
        return None
    return TrainedEncoder(folder)
