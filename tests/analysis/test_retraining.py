"""Learning from an organisation's judgements."""

import pytest

from analysis.gold import GoldLabel, GoldText
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Polarity, QuestionRole, Text
from analysis.retraining import (
    NoEncoderError,
    NothingToLearnError,
    agreement,
    retrain,
)
from analysis.weighing import written
from tests.analysis.gardens import GardenEncoder, trusting, trusting_recipe

EVENT = GoldLabel("event", Polarity.POSITIVE)
NO_EVENT = GoldLabel("event", None)


def gold(text: str, *labels: GoldLabel, is_held_out: bool) -> GoldText:
    return GoldText(
        text=text,
        role=QuestionRole.REVIEW,
        language=Language.DUTCH,
        labels=labels,
        is_complete=False,
        is_held_out=is_held_out,
    )


def gardens(*labels: GoldLabel, count: int = 40) -> list[GoldText]:
    return [
        gold(f"In de tuin zaten wij op dag {n}", *labels, is_held_out=n % 2 == 1)
        for n in range(count)
    ]


@pytest.fixture
def pipeline() -> Pipeline:
    return build_pipeline(trusting_recipe(), encoder=GardenEncoder())


def test_what_people_take_away_is_unlearned(pipeline: Pipeline) -> None:
    result = retrain(gardens(NO_EVENT), pipeline, start=written(trusting(0.1)))

    assert (result.learned_from, result.measured_on) == (20, 20)
    assert result.before.found == 20
    assert result.after.found == 0
    assert result.is_not_worse


def test_agreement_teaches_nothing_worse(pipeline: Pipeline) -> None:
    result = retrain(gardens(EVENT), pipeline, start=written(trusting()))

    assert result.before.f1 == result.after.f1 == 1.0
    assert result.is_not_worse


def test_what_was_learned_wrong_is_not_kept(pipeline: Pipeline) -> None:
    learned = [one for one in gardens(NO_EVENT) if not one.is_held_out]
    held_out = [one for one in gardens(EVENT) if one.is_held_out]

    result = retrain(learned + held_out, pipeline, start=written(trusting(0.1)))

    assert result.before.f1 == 1.0
    assert not result.is_not_worse


def test_same_judgements_give_the_same_weights(pipeline: Pipeline) -> None:
    start = written(trusting())

    first = retrain(gardens(NO_EVENT), pipeline, start=start)
    second = retrain(gardens(NO_EVENT), pipeline, start=start)

    assert first.weights == second.weights


def test_nothing_to_learn_or_to_measure_on_is_said(pipeline: Pipeline) -> None:
    with pytest.raises(NothingToLearnError):
        retrain([], pipeline)
    with pytest.raises(NothingToLearnError):
        retrain([gold("In de tuin", EVENT, is_held_out=True)], pipeline)


def test_word_lists_alone_cannot_learn() -> None:
    with pytest.raises(NoEncoderError):
        retrain(gardens(EVENT), build_pipeline(Recipe(fast=True)))


def test_what_nobody_judged_does_not_count(pipeline: Pipeline) -> None:
    [text] = gardens(GoldLabel("app", None), count=1)

    analyses = pipeline.analyse([Text(text.text, text.role, text.language)])
    counted = agreement([text], analyses)

    assert "event" in {mention.touchpoint for mention in analyses[0].mentions}
    assert (counted.found, counted.judged) == (0, 0)
