"""The linear model: what it sees, what it adds, and that training repeats itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.cues import words_in
from analysis.linear import LinearModel, features, load_model
from analysis.pipeline import Recipe, build_pipeline
from analysis.records import Language, Method, QuestionRole, Text
from analysis.training import Example, train


@pytest.fixture(scope="module")
def model() -> LinearModel:
    shipped = load_model()
    assert shipped is not None
    return shipped


def test_unknown_features_leave_only_the_intercepts(model: LinearModel) -> None:
    rows, values = model.vector({"=zzzz"})

    assert (len(rows), len(values)) == (0, 0)


def test_vector_has_length_one(model: LinearModel) -> None:
    _, values = model.vector(features(words_in("de bediening was vriendelijk")))

    assert float(np.linalg.norm(values)) == pytest.approx(1.0, abs=1e-5)


def test_review_without_a_cue_gets_a_mention_from_the_model() -> None:
    [analysis] = build_pipeline(Recipe(fast=True)).analyse(
        [Text("Heerlijk gegeten!", QuestionRole.REVIEW, Language.DUTCH)]
    )

    assert [(m.touchpoint, m.method) for m in analysis.mentions] == [
        ("product", Method.MODEL)
    ]


def test_answer_to_our_question_is_left_to_the_rules() -> None:
    [analysis] = build_pipeline(Recipe(fast=True)).analyse(
        [Text("Heerlijk gegeten!", QuestionRole.FOUND_US, Language.DUTCH)]
    )

    assert Method.MODEL not in {mention.method for mention in analysis.mentions}


def test_training_twice_gives_the_same_model() -> None:
    examples = [_example(number) for number in range(600)]

    first, first_card = train(examples)
    second, second_card = train(examples)

    assert json.dumps(first_card) == json.dumps(second_card)
    assert first.coefficients.tobytes() == second.coefficients.tobytes()
    assert first.touchpoint_probabilities({"=duur"})["price"] > 0.5


def _example(number: int) -> Example:
    word, touchpoint, polarity = (
        ("=duur", "price", 0),
        ("=lekker", "product", 2),
        ("=gezien", "product", 1),
    )[number % 3]
    found = frozenset({word, f"=nummer{number % 7}"})
    return Example(
        group=str(number),
        found=found,
        touchpoints=frozenset({touchpoint}),
        judgements=((found, polarity),),
    )


def test_model_card_names_its_sources() -> None:
    card = Path(__file__).parents[2] / "analysis" / "heads" / "linear.json"

    assert "mabsa_nl_phone" in json.loads(card.read_text("utf-8"))["sources"]
