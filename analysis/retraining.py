"""Learns from an organisation's judgements, and says whether that made it better."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.gold import GoldText
from analysis.lessons import Taught
from analysis.pipeline import Pipeline, build_pipeline
from analysis.records import Text, TextAnalysis
from analysis.weighing import weights_for, written
from analysis.weighing_training import refit


class NothingToLearnError(ValueError):
    """There are no judgements to learn from, or none to measure on."""


class NoEncoderError(RuntimeError):
    """The word lists alone cannot learn: this installation has no trained encoder."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far findings agree with judgements: counts of touchpoints with polarity."""

    right: int
    found: int  # of touchpoints that people judged
    judged: int  # that people hold to be there

    @property
    def f1(self) -> float:
        """Between 0 and 1; 1 where there was nothing to find and nothing was."""
        whole = self.found + self.judged
        return 2 * self.right / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Retrained:
    """New weights beside the old, both measured on texts neither learned from."""

    weights: str  # as `analysis.weighing.written` gives them
    learned_from: int
    measured_on: int
    before: Agreement
    after: Agreement

    @property
    def is_not_worse(self) -> bool:
        return self.after.f1 >= self.before.f1


def retrain(
    gold: Sequence[GoldText], pipeline: Pipeline, *, start: str | None = None
) -> Retrained:
    """Moves the shipped weights by the judgements, and measures before and after.

    Half of the texts are learned from, the other half tells whether it helped.
    ``pipeline`` is the one in use; learning starts from the shipped weights each time
    (or from ``start``), so that no judgement counts twice.
    Raises NothingToLearnError and NoEncoderError.
    """
    encoder = pipeline.encoder
    if encoder is None:
        raise NoEncoderError
    learned = [one for one in gold if not one.is_held_out]
    held_out = [one for one in gold if one.is_held_out]
    if not learned or not held_out:
        raise NothingToLearnError
    shipped = weights_for(encoder, start)
    taught = [_taught(one, shipped.touchpoints) for one in learned]
    kept = written(refit(shipped, taught, pipeline, encoder))
    after = build_pipeline(replace(pipeline.recipe, weights=kept), encoder=encoder)
    return Retrained(
        weights=kept,
        learned_from=len(learned),
        measured_on=len(held_out),
        before=agreement(held_out, _analysed(held_out, pipeline)),
        after=agreement(held_out, _analysed(held_out, after)),
    )


def _taught(gold: GoldText, touchpoints: Iterable[str]) -> Taught:
    judged = {label.touchpoint for label in gold.labels}
    known = set(touchpoints) if gold.is_complete else judged
    return Taught(
        _text(gold),
        frozenset(
            (label.touchpoint, label.polarity)
            for label in gold.labels
            if label.polarity is not None
        ),
        frozenset(known),
    )


def _text(gold: GoldText) -> Text:
    return Text(gold.text, gold.role, gold.language)


def _analysed(gold: Sequence[GoldText], pipeline: Pipeline) -> list[TextAnalysis]:
    return pipeline.analyse([_text(one) for one in gold])


def agreement(gold: Sequence[GoldText], analyses: Sequence[TextAnalysis]) -> Agreement:
    """Compares findings with judgements; what nobody judged does not count.

    >>> agreement([], []).f1
    1.0
    """
    right = found_in_all = judged_in_all = 0
    for one, analysis in zip(gold, analyses, strict=True):
        judged = {label.touchpoint for label in one.labels}
        truth = {
            (label.touchpoint, label.polarity)
            for label in one.labels
            if label.polarity is not None
        }
        found = {
            (mention.touchpoint, mention.polarity)
            for mention in analysis.mentions
            if one.is_complete or mention.touchpoint in judged
        }
        right += len(truth & found)
        found_in_all += len(found)
        judged_in_all += len(truth)
    return Agreement(right, found_in_all, judged_in_all)
