"""What decided, and which way it pulled."""

import pytest

from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Factor, Language, QuestionRole, Text


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline(Recipe(fast=True))


def factors(
    pipeline: Pipeline,
    text: str,
    role: QuestionRole | None = QuestionRole.DECIDING_FACTOR,
) -> set[tuple[str, str]]:
    [analysis] = pipeline.analyse([Text(text, role, Language.DUTCH)])
    return {(factor.factor, factor.direction) for factor in analysis.factors}


def test_bare_factor_has_no_direction(pipeline: Pipeline) -> None:
    assert factors(pipeline, "De kosten") == {("price", "unclear")}


def test_praised_factor_speaks_for_buying(pipeline: Pipeline) -> None:
    assert factors(pipeline, "Gratis verzending") == {("shipping_cost", "towards")}


def test_purchase_called_off_turns_factors_away(pipeline: Pipeline) -> None:
    text = "De verzendkosten waren me te gortig, heb het laten zitten"

    assert factors(pipeline, text) == {("shipping_cost", "away")}


def test_payment_option_is_named_as_such(pipeline: Pipeline) -> None:
    found = factors(pipeline, "Achteraf betalen kon, dat was voor mij beslissend")

    assert found == {("payment_options", "towards")}


def test_why_us_pulls_towards(pipeline: Pipeline) -> None:
    assert factors(pipeline, "De service", QuestionRole.WHY_US) == {
        ("service", "towards")
    }


def test_other_questions_ask_for_no_factor(pipeline: Pipeline) -> None:
    assert factors(pipeline, "Prima prijs", QuestionRole.WEBSITE_EXPERIENCE) == set()


def test_decision_told_unasked_is_heard(pipeline: Pipeline) -> None:
    found = factors(
        pipeline, "De levertijd gaf voor mij de doorslag", QuestionRole.INTERVIEW
    )

    assert "delivery_time" in {factor for factor, _ in found}


def test_non_answer_has_no_factor(pipeline: Pipeline) -> None:
    [analysis] = pipeline.analyse(
        [Text("geen idee", QuestionRole.DECIDING_FACTOR, Language.DUTCH)]
    )

    assert analysis.factors == ()


def test_factor_record_keeps_order_of_appearance(pipeline: Pipeline) -> None:
    [analysis] = pipeline.analyse(
        [Text("Goede kwaliteit, hoge prijs", QuestionRole.DECIDING_FACTOR)]
    )

    assert analysis.factors == (Factor("quality", "towards"), Factor("price", "away"))
