"""Trains the model: ``python -m analysis.training DATA_DIR [FILE.tsv …]``.

Reads the files in DATA_DIR that may ship, and writes ``heads/linear.npz``, its card,
and the table of how often which mentions are right. That table is measured on reviews
not trained on, and on the FILEs: mentions judged by a reader (``judged_*.tsv``) or
labelled answers new to the rules. The same data and lexicons give the same bytes.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from analysis.blending import clause_features, text_features
from analysis.calibration import calibrate
from analysis.confidence import save_shares
from analysis.linear import TEXT_SHARE, LinearModel, save_model
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.reading import Reading
from analysis.records import Language, QuestionRole, Text

SHIPPED = (
    "mabsa_nl_phone",
    "mabsa_nl_hotel",
    "mabsa_nl_laptop",
    "mabsa_nl_restaurant",
    "mabsa_nl_food",
    "mabsa_en_phone",
    "mabsa_en_hotel",
    "mabsa_en_laptop",
    "mabsa_en_restaurant",
    "mabsa_en_food",
    "mams_en_restaurants",
    "opener_nl_hotel",
)
_ABOUT = {
    "what": "one-vs-rest logistic regression over word and letter n-grams",
    "used_for": "texts that answer no question of ours: reviews and text of unknown"
    " origin; answers to our questions are read by the lexicons alone",
    "licences": {
        "mabsa": "M-ABSA (arXiv 2502.11824), Apache-2.0",
        "mams": "MAMS, Apache-2.0",
        "opener": "OpeNER Dutch hotel reviews, annotations CC0; weights only, no texts",
    },
    "figures": "f1 is cross-validated by text, with the threshold chosen on the same"
    " folds, and therefore a little high",
    "limits": "trained on phones, hotels, laptops, restaurants and food; it knows only"
    " the touchpoints below, most of the Dutch texts are translations, and no text"
    " is by a customer of a web shop",
}
_HEADS = Path(__file__).with_name("heads")
_SIGNS = {"negative": 0, "neutral": 1, "positive": 2}
_MIN_TEXTS = 150  # with a feature fewer than so many times, a touchpoint is not learnt
_MIN_COUNT = 6
_MAX_FEATURES = 60_000
_STRENGTH = 4.0  # the inverse of the regularisation, chosen by cross-validation
_SEED = 20261122
_FOLDS = 4
_NOT_TOUCHPOINTS = frozenset({None, "overall", ""})


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text as the model sees it."""

    group: str
    found: frozenset[str]
    touchpoints: frozenset[str]
    judgements: tuple[tuple[frozenset[str], int], ...]  # clause features, polarity


def read_examples(folder: Path, pipeline: Pipeline) -> Iterator[Example]:
    for name in SHIPPED:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as source:
            for line in source:
                yield _example(json.loads(line), pipeline)


def _example(item: Mapping[str, Any], pipeline: Pipeline) -> Example:
    text = Text(item["text"], QuestionRole.REVIEW, Language(item["lang"]))
    reading = pipeline.read(text)
    labels = {
        (label["touchpoint"], label["polarity"])
        for label in item["labels"]
        if label["touchpoint"] not in _NOT_TOUCHPOINTS and label["polarity"] in _SIGNS
    }
    return Example(
        # Dutch and English versions of one text must not be on two sides of a split.
        group=item["id"],
        found=frozenset(text_features(reading.clauses, reading.drafts)),
        touchpoints=frozenset(touchpoint for touchpoint, _ in labels),
        judgements=tuple(
            (_judged(reading, touchpoint), _SIGNS[polarity])
            for touchpoint, polarity in sorted(labels)
        ),
    )


def _judged(reading: Reading, touchpoint: str) -> frozenset[str]:
    """The clause that speaks of the touchpoint, or the whole text."""
    for draft in reading.drafts:
        if draft.touchpoint == touchpoint:
            return frozenset(
                clause_features(reading.clauses[draft.clause], draft.score)
            )
    if len(reading.clauses) == 1:
        clause = reading.clauses[0]
        return frozenset(clause_features(clause, clause.sentiment.score))
    return frozenset(text_features(reading.clauses, ()))


def _vocabulary(examples: Sequence[Example]) -> tuple[dict[str, int], Any]:
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(example.found)
        for clause, _ in example.judgements:
            counts.update(name for name in clause if name.startswith("#"))
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    chosen = [name for name, count in common[:_MAX_FEATURES] if count >= _MIN_COUNT]
    weights = [np.log((1 + len(examples)) / (1 + counts[name])) + 1 for name in chosen]
    columns = {name: column for column, name in enumerate(chosen)}
    return columns, np.array(weights, dtype=np.float32)


def _matrix(model: LinearModel, sets: Sequence[frozenset[str]]) -> sp.csr_matrix:
    rows, columns, values = [], [], []
    for row, found in enumerate(sets):
        places, weights = model.vector(found)
        rows.append(np.full(len(places), row))
        columns.append(places)
        values.append(weights)
    shape = (len(sets), len(model.columns))
    return sp.csr_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape
    )


def _classifier() -> LogisticRegression:
    return LogisticRegression(
        C=_STRENGTH, solver="liblinear", max_iter=200, random_state=_SEED
    )


def train(examples: Sequence[Example]) -> tuple[LinearModel, dict[str, Any]]:
    """The model, and what its card says about data and cross-validated quality."""
    columns, weights = _vocabulary(examples)
    counts = Counter(t for example in examples for t in example.touchpoints)
    touchpoints = tuple(sorted(t for t, n in counts.items() if n >= _MIN_TEXTS))
    blank = LinearModel(
        columns,
        weights,
        touchpoints,
        np.zeros((0, 0), np.float16),
        np.zeros(0, np.float32),
        {},
    )
    groups = [example.group for example in examples]
    texts = _matrix(blank, [example.found for example in examples])
    fitted, thresholds, quality = [], {}, {}
    for touchpoint in touchpoints:
        truth = np.array([touchpoint in example.touchpoints for example in examples])
        thresholds[touchpoint], quality[touchpoint] = _threshold(texts, truth, groups)
        fitted.append(_classifier().fit(texts, truth))
    fitted.extend(_fit_polarity(blank, examples))
    coefficients = np.vstack([classifier.coef_[0] for classifier in fitted]).T
    model = LinearModel(
        columns,
        weights,
        touchpoints,
        coefficients.astype(np.float16),
        np.array([c.intercept_[0] for c in fitted], dtype=np.float32),
        thresholds,
    )
    return model, {
        "texts": len(examples),
        "counts": dict(sorted(counts.items())),
        "f1": quality,
    }


def _threshold(
    texts: sp.csr_matrix, truth: npt.NDArray[np.bool_], groups: list[str]
) -> tuple[float, float]:
    """The probability above which F1 is best on texts not trained on."""
    chances = cross_val_predict(
        _classifier(),
        texts,
        truth,
        groups=groups,
        cv=GroupKFold(_FOLDS),
        method="predict_proba",
    )[:, 1]
    steps = [round(0.2 + 0.05 * step, 2) for step in range(11)]
    scores = [float(f1_score(truth, chances >= step)) for step in steps]
    best = max(range(len(steps)), key=scores.__getitem__)
    return steps[best], round(scores[best], 3)


def _fit_polarity(blank: LinearModel, examples: Sequence[Example]) -> list[Any]:
    judged = [
        (clause, example.found, polarity)
        for example in examples
        for clause, polarity in example.judgements
    ]
    matrix = _matrix(blank, [clause for clause, _, _ in judged])
    matrix = matrix + TEXT_SHARE * _matrix(blank, [found for _, found, _ in judged])
    truth = np.array([polarity for _, _, polarity in judged])
    return [_classifier().fit(matrix, truth == polarity) for polarity in range(3)]


def _held_out(examples: Sequence[Example]) -> set[str]:
    """Every so many groups of texts, which a model for calibration does not see."""
    return set(sorted({example.group for example in examples})[::_FOLDS])


def _lines_of(folder: Path, groups: set[str]) -> Iterator[str]:
    for name in SHIPPED:
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            if json.loads(line)["id"] in groups:
                yield line


def main(folder: Path, asked: Sequence[Path]) -> None:
    examples = list(read_examples(folder, build_pipeline(Recipe(fast=True))))
    model, findings = train(examples)
    held_out = _held_out(examples)
    partial, _ = train([e for e in examples if e.group not in held_out])
    shares = calibrate(partial, _lines_of(folder, held_out), asked)
    card = {
        **_ABOUT,
        "sources": list(SHIPPED),
        "confidence_measured_on": sorted(path.name for path in asked),
        "seed": _SEED,
        **findings,
    }
    save_model(model, card, _HEADS)
    save_shares(shares, _HEADS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
