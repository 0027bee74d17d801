"""What decided: order and reach. What is found stands in ``pairs/factors.tsv``."""

import pytest

from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Factor, QuestionRole, Text


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline(Recipe(fast=True))


def test_factor_record_keeps_order_of_appearance(pipeline: Pipeline) -> None:
    [analysis] = pipeline.analyse(
        [Text("Goede kwaliteit, hoge prijs", QuestionRole.DECIDING_FACTOR)]
    )

    assert analysis.factors == (Factor("quality", "towards"), Factor("price", "away"))


def test_unasked_only_what_stands_near_the_decision_counts(pipeline: Pipeline) -> None:
    told = (
        "De levertijd was een week. Ik woon in Zwolle. We hebben twee kinderen. "
        "Op zaterdag gaan we naar de markt. De prijs gaf de doorslag."
    )

    [analysis] = pipeline.analyse([Text(told, QuestionRole.INTERVIEW)])

    assert analysis.factors == (Factor("price", "towards"),)
