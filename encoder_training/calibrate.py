"""Chooses thresholds, and makes probabilities mean what they say.

Both on held-out parts of the training files; the test files are not looked at.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar

from analysis.encoder import OVERALL, kind_of
from analysis.encoder_heads import HEADS, fingerprint_of
from analysis.records import Language, Text
from analysis.trained_encoder import TrainedEncoder
from encoder_training.examples import MIXED, Example
from encoder_training.material import Material

_KINDS = ("asked", "open")
_AS_THEY_ARE = (1.0, 0.0)  # slope and shift
_UNDECIDED = 0.5
_STEPS = tuple(round(0.2 + 0.025 * step, 3) for step in range(25))
_OWN_FROM = 8  # mentions from which a touchpoint has a say in its threshold
_PRIOR = 30.0  # mentions that the common threshold counts for
_MIXED_STEPS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 1.1)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Raw findings of one text, beside what is right."""

    example: Example
    spoken: Floats  # logits by label
    polarity: Floats


def blank_heads(
    folder: Path, labels: Sequence[str], vectors: Any, common: Any
) -> dict[str, Any]:
    """Heads that leave logits as they are."""
    none = dict.fromkeys(labels[: labels.index(OVERALL)], _UNDECIDED)
    heads = {
        "encoder": fingerprint_of(folder),
        "labels": list(labels),
        "thresholds": dict.fromkeys(_KINDS, none),
        "spoken": dict.fromkeys(_KINDS, _AS_THEY_ARE),
        "temperature": dict.fromkeys(_KINDS, dict.fromkeys(Language, 1.0)),
        "mixed_from": 0.5,
        "common": _rounded(common),
        "vectors": [_rounded(row) for row in vectors],
    }
    save_heads(heads, folder)
    return heads


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(float(value), 5) for value in values]


def save_heads(heads: Mapping[str, Any], folder: Path) -> None:
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in heads.items()]
    (folder / HEADS).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def calibrate(folder: Path, held_out: Material) -> None:
    """Thresholds and calibration into the heads; our own answers count double."""
    blank = json.loads((folder / HEADS).read_text("utf-8"))
    encoder = TrainedEncoder(folder)
    own = outcomes(encoder, held_out.answers)
    others = outcomes(encoder, held_out.reviews[::2])
    save_heads(calibrated(blank, own * 2 + others), folder)


def outcomes(encoder: TrainedEncoder, examples: Sequence[Example]) -> list[Outcome]:
    texts = [Text(e.text, e.role, e.language) for e in examples]
    raw = encoder.outcomes(texts)
    return [
        Outcome(example, one.spoken.astype(float), one.polarity.astype(float))
        for example, one in zip(examples, raw, strict=True)
    ]


def calibrated(heads: Mapping[str, Any], found: Sequence[Outcome]) -> dict[str, Any]:
    labels: list[str] = list(heads["labels"])
    touchpoints = labels[: labels.index(OVERALL)]
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        by_kind[kind_of(one.example.role)].append(one)
    spoken = {k: _platt(by_kind[k], touchpoints) for k in _KINDS}
    temperature = {k: _temperatures(by_kind[k], labels) for k in _KINDS}
    fixed = {**heads, "spoken": spoken, "temperature": temperature}
    fixed["thresholds"] = {
        k: _thresholds(by_kind[k], touchpoints, spoken[k]) for k in _KINDS
    }
    fixed["mixed_from"] = _mixed_from(found, touchpoints, fixed)
    return fixed


def _known(one: Outcome, touchpoints: Sequence[str]) -> list[int]:
    return [
        row
        for row, name in enumerate(touchpoints)
        if name in one.example.asked or name in one.example.labels
    ]


def _platt(found: Sequence[Outcome], touchpoints: Sequence[str]) -> tuple[float, float]:
    """Slope and shift by which the logits come closest to what is right."""
    logits, truth = [], []
    for one in found:
        for row in _known(one, touchpoints):
            logits.append(one.spoken[row])
            truth.append(touchpoints[row] in one.example.labels)
    if len(set(truth)) < 2:  # noqa: PLR2004  (nothing to tell apart)
        return _AS_THEY_ARE
    x, y = np.array(logits), np.array(truth, float)

    def loss(fit: Floats) -> float:
        z = fit[0] * x + fit[1]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return round(float(slope), 4), round(float(shift), 4)


def _temperatures(found: Sequence[Outcome], labels: Sequence[str]) -> dict[str, float]:
    rows = {name: row for row, name in enumerate(labels)}
    heats = {}
    for language in Language:
        pairs = [
            (one.polarity[rows[name]], sign)
            for one in found
            if language in {one.example.language, Language.UNDETERMINED}
            for name, sign in one.example.labels.items()
            if name in rows
        ]
        logits = np.array([pair[0] for pair in pairs])
        truth = np.array([pair[1] for pair in pairs])
        heats[str(language)] = _heat(logits, truth) if pairs else 1.0
    return heats


def _heat(logits: Floats, truth: npt.NDArray[np.int64]) -> float:
    def loss(heat: float) -> float:
        z = logits / heat
        z = z - z.max(1, keepdims=True)
        log = z - np.log(np.exp(z).sum(1, keepdims=True))
        return float(-log[np.arange(len(truth)), truth].mean())

    best = minimize_scalar(loss, bounds=(0.5, 4.0), method="bounded").x
    return round(float(best), 3)


def _thresholds(
    found: Sequence[Outcome], touchpoints: Sequence[str], fit: tuple[float, float]
) -> dict[str, float]:
    """The common best threshold, moved for touchpoints with mentions enough."""
    if not found:
        return dict.fromkeys(touchpoints, _UNDECIDED)
    chances = np.array([1 / (1 + np.exp(-(fit[0] * o.spoken + fit[1]))) for o in found])
    truth = np.array([[t in o.example.labels for t in touchpoints] for o in found])
    known = np.array(
        [np.isin(np.arange(len(touchpoints)), _known(o, touchpoints)) for o in found]
    )
    chances = chances[:, : len(touchpoints)]
    common = max(_STEPS, key=lambda step: _f1(chances >= step, truth, known))
    limits = {}
    for row, name in enumerate(touchpoints):
        count = int(truth[:, row].sum())
        own = common
        if count >= _OWN_FROM:
            column = (truth[:, row : row + 1], known[:, row : row + 1])
            own = max(
                _STEPS, key=lambda s: _f1(chances[:, row : row + 1] >= s, *column)
            )
        share = count / (count + _PRIOR)
        limits[name] = round(share * own + (1 - share) * common, 3)
    return limits


def _f1(found: Any, truth: Any, known: Any) -> float:
    found = found & known
    right = float((found & truth).sum())
    return 2 * right / max(1.0, float(found.sum() + truth.sum()))


def _mixed_from(
    found: Sequence[Outcome], touchpoints: Sequence[str], heads: Mapping[str, Any]
) -> float:
    """From which share of "both" on praise and blame are told apart in two mentions."""

    def gain(limit: float) -> float:
        total = 0
        for one in found:
            kind = kind_of(one.example.role)
            heat = heads["temperature"][kind][one.example.language]
            for row, name in enumerate(touchpoints):
                if name not in one.example.labels:
                    continue
                shares = np.exp(one.polarity[row] / heat)
                both = shares[MIXED] / shares.sum() >= limit
                sign = one.example.labels[name]
                best = int(np.argmax(shares[:MIXED]))
                if both:
                    total += 1 if sign == MIXED else (-1 if best == sign else 0)
        return total

    return max(_MIXED_STEPS, key=lambda limit: (gain(limit), limit))
