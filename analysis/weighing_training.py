"""Fits how far rules and encoder are trusted: on labelled texts new to both.

Thresholds and the meaning of the confidence are chosen on predictions for texts that
the fit at hand had not seen (cross-validation by text). An organisation's corrections
move shipped weights as far as they deserve.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.encoder import Encoder
from analysis.findings import POLARITY_FINDINGS, SPOKEN_FINDINGS, Floats
from analysis.lessons import Lesson, Taught, lessons_of
from analysis.pipeline import Pipeline
from analysis.records import Language
from analysis.regression import (
    fit_logistic,
    fit_multinomial,
    logistic_curvature,
    multinomial_curvature,
)
from analysis.weighing import BOTH, Precision, Verdict, Weights
from analysis.weighing_limits import decided

_FOLDS = 8
_PENALTY = 0.5  # of the squares of what is fitted; the intercept goes free
_OWN_PENALTY = 2.0
_DECIMALS = 4
_KINDS = ("asked", "open")
_FINDINGS = len(SPOKEN_FINDINGS)


def fit_weights(
    texts: Sequence[Taught], pipeline: Pipeline, encoder: Encoder
) -> Weights:
    """Weights for this encoder beside this pipeline's rules.

    ``texts`` must be new to both. Raises ValueError when there are fewer than folds.
    """
    if len(texts) < _FOLDS:
        raise ValueError(f"{len(texts)} texts are too few to learn from")
    lessons = lessons_of(texts, pipeline, encoder)
    folds = np.array([lesson.text % _FOLDS for lesson in lessons])
    start = _blank(encoder, {lesson.case.judgement.touchpoint for lesson in lessons})
    rows = _Rows(lessons, start.touchpoints)
    judged: list[tuple[Lesson, Verdict]] = []
    for fold in range(_FOLDS):
        weights = _moved(start, rows, folds != fold)
        unseen = [lessons[at] for at in np.flatnonzero(folds == fold)]
        read = weights.verdicts([lesson.case for lesson in unseen])
        judged += zip(unseen, read, strict=True)
    return decided(_moved(start, rows, np.ones(len(lessons), bool)), judged)


def refit(
    weights: Weights, corrected: Sequence[Taught], pipeline: Pipeline, encoder: Encoder
) -> Weights:
    """The weights, moved by an organisation's corrections; limits stay.

    What the weights were fitted on speaks through their precision: it takes many
    corrections to move what many texts agreed on. Without corrections nothing moves.
    """
    lessons = lessons_of(corrected, pipeline, encoder)
    lessons = [one for one in lessons if one.case.judgement.touchpoint in weights.own]
    if not lessons:
        return weights
    rows = _Rows(lessons, weights.touchpoints)
    return _moved(weights, rows, np.ones(len(lessons), bool))


class _Rows:
    """Lessons as matrices: a row each."""

    def __init__(self, lessons: Sequence[Lesson], names: Sequence[str]) -> None:
        findings = np.array([one.case.spoken_findings() for one in lessons])
        places = [names.index(one.case.judgement.touchpoint) for one in lessons]
        self.spoken = np.hstack([findings, np.eye(len(names))[places]])
        self.is_spoken = np.array([one.spoken for one in lessons], float)
        self.findings = np.array([one.case.polarity_findings() for one in lessons])
        self.polarity = np.array([one.polarity for one in lessons])
        self.weights = np.array([one.weight for one in lessons])


def _blank(encoder: Encoder, touchpoints: set[str]) -> Weights:
    """Weights that know nothing, and are ready to be moved."""
    precision = np.full(_FINDINGS, _PENALTY)
    precision[0] = 0.0
    shape = (len(POLARITY_FINDINGS), BOTH + 1)
    return Weights(
        encoder=encoder.fingerprint,
        spoken=np.zeros(_FINDINGS),
        own=dict.fromkeys(sorted(touchpoints), 0.0),
        polarity=np.zeros(shape),
        spoken_from=dict.fromkeys(_KINDS, 0.5),
        both_from=1.1,
        sureness=dict.fromkeys(map(str, Language), (1.0, 0.0)),
        precision=Precision(
            spoken=precision,
            own=dict.fromkeys(sorted(touchpoints), _OWN_PENALTY),
            polarity=np.full(shape, _PENALTY),
        ),
    )


def _moved(start: Weights, rows: _Rows, chosen: npt.NDArray[np.bool_]) -> Weights:
    """The weights as the chosen lessons move them, more precise than before."""
    before = start.precision
    spoken, precision = _spoken(start, rows, chosen)
    named = chosen & (rows.polarity >= 0)
    x, weights = rows.findings[named], rows.weights[named]
    polarity = fit_multinomial(
        x, rows.polarity[named], weights, before.polarity, start.polarity
    )
    return replace(
        start,
        spoken=spoken[:_FINDINGS],
        own=_by_name(start.touchpoints, spoken[_FINDINGS:]),
        polarity=polarity.round(_DECIMALS),
        precision=Precision(
            spoken=precision[:_FINDINGS],
            own=_by_name(start.touchpoints, precision[_FINDINGS:]),
            polarity=_rounded(
                before.polarity + multinomial_curvature(x, weights, polarity)
            ),
        ),
    )


def _spoken(
    start: Weights, rows: _Rows, chosen: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Coefficients of findings and touchpoints, and how precise they are."""
    centre = np.concatenate([start.spoken, list(start.own.values())])
    before = np.concatenate(
        [start.precision.spoken, list(start.precision.own.values())]
    )
    x, weights = rows.spoken[chosen], rows.weights[chosen]
    fitted = fit_logistic(x, rows.is_spoken[chosen], weights, before, centre)
    return fitted.round(_DECIMALS), _rounded(
        before + logistic_curvature(x, weights, fitted)
    )


def _rounded(values: Floats) -> Floats:
    return values.round(2)


def _by_name(names: Sequence[str], values: Floats) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))
