"""Fits how far rules and encoder are trusted: on labelled texts new to both.

Thresholds and the meaning of the confidence are chosen on predictions for texts that
the fit at hand had not seen (cross-validation by text).
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from analysis.encoder import Encoder, kind_of
from analysis.findings import POLARITY_FINDINGS, SPOKEN_FINDINGS, Case, Floats, log_odds
from analysis.labelled import Labels
from analysis.passages import read_passages
from analysis.pipeline import Pipeline
from analysis.records import Language, Polarity, Text
from analysis.weigher import polarities
from analysis.weighing import (
    BOTH,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    Verdict,
    Weights,
    joint_chance,
    softmax,
)

_FOLDS = 8
_PENALTY = 0.5  # of the squares of what is fitted; the intercepts go free
_OWN_PENALTY = 2.0
_DECIMALS = 4
_LIMITS = tuple(round(0.26 + 0.02 * step, 2) for step in range(20))
_BOTH_LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 1.1)
_KINDS = ("asked", "open")


@dataclass(frozen=True, slots=True)
class Taught:
    """A labelled text, and the touchpoints that its labels tell about."""

    text: Text
    labels: Labels
    known: AbstractSet[str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Lesson:
    """One touchpoint of one text: what is known of it, and what is right."""

    case: Case
    spoken: bool
    polarity: int  # -1: not spoken of
    text: int
    weight: float


def fit_weights(
    texts: Sequence[Taught], pipeline: Pipeline, encoder: Encoder
) -> Weights:
    """Weights for this encoder beside this pipeline's rules.

    ``texts`` must be new to both. Raises ValueError when there are fewer than folds.
    """
    if len(texts) < _FOLDS:
        raise ValueError(f"{len(texts)} texts are too few to learn from")
    lessons = _lessons(texts, pipeline, encoder)
    folds = np.array([lesson.text % _FOLDS for lesson in lessons])
    rows = _Rows(lessons, sorted({one.case.judgement.touchpoint for one in lessons}))
    verdicts: list[Verdict | None] = [None] * len(lessons)
    for fold in range(_FOLDS):
        unseen = np.flatnonzero(folds == fold)
        weights = _fit(rows, folds != fold, encoder.fingerprint)
        read = weights.verdicts([lessons[at].case for at in unseen])
        for at, verdict in zip(unseen, read, strict=True):
            verdicts[at] = verdict
    judged = [
        (lesson, verdict)
        for lesson, verdict in zip(lessons, verdicts, strict=True)
        if verdict is not None
    ]
    return _decided(
        _fit(rows, np.ones(len(lessons), bool), encoder.fingerprint), judged
    )


def _lessons(
    texts: Sequence[Taught], pipeline: Pipeline, encoder: Encoder
) -> list[_Lesson]:
    given = [one.text for one in texts]
    readings = [pipeline.read(text) for text in given]
    lessons = []
    read = read_passages(given, readings, encoder)
    for at, (one, passages) in enumerate(zip(texts, read, strict=True)):
        if len(passages) != 1:
            continue  # which of the passages a label is about is not known
        truth = _truth(one.labels)
        for case in passages[0].cases():
            name = case.judgement.touchpoint
            if name in one.known:
                polarity = truth.get(name, -1)
                lessons.append(_Lesson(case, polarity >= 0, polarity, at, one.weight))
    return lessons


def _truth(labels: Labels) -> dict[str, int]:
    """The polarity of each touchpoint; BOTH where it is praised and blamed."""
    signs: dict[str, set[Polarity]] = {}
    for name, polarity in labels:
        signs.setdefault(name, set()).add(polarity)
    return {name: _place(found) for name, found in signs.items()}


def _place(found: AbstractSet[Polarity]) -> int:
    if {Polarity.NEGATIVE, Polarity.POSITIVE} <= found:
        return BOTH
    if Polarity.POSITIVE in found:
        return POSITIVE
    return NEGATIVE if Polarity.NEGATIVE in found else NEUTRAL


class _Rows:
    """The lessons as matrices."""

    def __init__(self, lessons: Sequence[_Lesson], names: Sequence[str]) -> None:
        self.names = names
        self.spoken = np.array([one.case.spoken_findings() for one in lessons])
        places = [names.index(one.case.judgement.touchpoint) for one in lessons]
        self.own = np.eye(len(names))[places]
        self.is_spoken = np.array([one.spoken for one in lessons], float)
        self.findings = np.array([one.case.polarity_findings() for one in lessons])
        self.polarity = np.array([one.polarity for one in lessons])
        self.weights = np.array([one.weight for one in lessons])


def _fit(rows: _Rows, chosen: npt.NDArray[np.bool_], encoder: str) -> Weights:
    spoken = np.hstack([rows.spoken, rows.own])[chosen]
    penalties = np.full(spoken.shape[1], _PENALTY)
    penalties[0] = 0
    penalties[len(SPOKEN_FINDINGS) :] = _OWN_PENALTY
    fitted = _logistic(spoken, rows.is_spoken[chosen], rows.weights[chosen], penalties)
    named = chosen & (rows.polarity >= 0)
    polarity = _multinomial(
        rows.findings[named], rows.polarity[named], rows.weights[named]
    )
    own = fitted[len(SPOKEN_FINDINGS) :].round(_DECIMALS).tolist()
    return Weights(
        encoder=encoder,
        spoken=fitted[: len(SPOKEN_FINDINGS)].round(_DECIMALS),
        own=dict(zip(rows.names, own, strict=True)),
        polarity=polarity.round(_DECIMALS),
        spoken_from=dict.fromkeys(_KINDS, 0.5),
        both_from=1.1,
        sureness=dict.fromkeys(map(str, Language), (1.0, 0.0)),
    )


def _logistic(x: Floats, y: Floats, weights: Floats, penalties: Floats) -> Floats:
    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        value = weights @ (np.logaddexp(0, z) - y * z) + 0.5 * penalties @ w**2
        slope = x.T @ (weights * (1 / (1 + np.exp(-z)) - y)) + penalties * w
        return float(value), slope

    return _least(loss, x.shape[1])


def _multinomial(x: Floats, y: npt.NDArray[np.int64], weights: Floats) -> Floats:
    count = BOTH + 1
    right = np.eye(count)[y]
    shape = (len(POLARITY_FINDINGS), count)

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat.reshape(shape)
        shares = softmax(x @ w)
        value = -weights @ np.log((shares * right).sum(1) + 1e-12)
        slope = x.T @ (weights[:, None] * (shares - right)) + _PENALTY * w
        return float(value + 0.5 * _PENALTY * (w**2).sum()), slope.ravel()

    return _least(loss, shape[0] * shape[1]).reshape(shape)


def _least(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    start = np.zeros(size)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


_Judged = Sequence[tuple[_Lesson, Verdict]]


def _decided(weights: Weights, judged: _Judged) -> Weights:
    """The weights with limits, and with what the confidence means."""
    both = max(_BOTH_LIMITS, key=lambda limit: (_joint_right(judged, limit), limit))
    limits = {}
    for kind in _KINDS:
        of_kind = [
            pair for pair in judged if kind_of(pair[0].case.role) == kind
        ] or list(judged)
        limits[kind] = max(_LIMITS, key=lambda limit: _joint_f1(of_kind, limit, both))
    chosen = replace(weights, spoken_from=limits, both_from=both)
    sure = {str(language): _sureness(chosen, judged, language) for language in Language}
    return replace(chosen, sureness=sure)


def _right(polarity: int, found: Sequence[Polarity]) -> int:
    if polarity < 0:
        return 0
    if polarity == BOTH:
        return sum(one is not Polarity.NEUTRAL for one in found)
    return int(
        (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)[polarity] in found
    )


def _joint_right(judged: _Judged, both: float) -> float:
    total = 0.0
    for lesson, verdict in judged:
        if lesson.spoken:
            found = polarities(verdict, both)
            gold = 2 if lesson.polarity == BOTH else 1
            total += 2 * _right(lesson.polarity, found) / (len(found) + gold)
    return total


def _joint_f1(judged: _Judged, limit: float, both: float) -> float:
    """The mean of the F1 of touchpoints and that of touchpoints with polarity."""
    gold = found = named = right = agreed = gold_signs = 0
    for lesson, verdict in judged:
        gold += lesson.spoken
        gold_signs += 2 if lesson.polarity == BOTH else lesson.spoken
        if verdict.chance >= limit:
            signs = polarities(verdict, both)
            named += 1
            found += len(signs)
            right += lesson.spoken
            agreed += _right(lesson.polarity, signs)
    return right / max(1, gold + named) + agreed / max(1, gold_signs + found)


def _sureness(
    weights: Weights, judged: _Judged, language: Language
) -> tuple[float, float]:
    """Slope and shift by which log odds become the share that is right."""
    odds, right = [], []
    for lesson, verdict in judged:
        case = lesson.case
        if language not in {case.language, Language.UNDETERMINED}:
            continue
        if verdict.chance < weights.spoken_from[kind_of(case.role)]:
            continue
        for polarity in polarities(verdict, weights.both_from):
            odds.append(log_odds(joint_chance(verdict, polarity)))
            right.append(_right(lesson.polarity, (polarity,)))
    x = np.column_stack([odds, np.ones(len(odds))])
    slope, shift = _logistic(
        x, np.array(right, float), np.ones(len(odds)), np.array([0.01, 0.01])
    ).round(_DECIMALS)
    return float(slope), float(shift)
