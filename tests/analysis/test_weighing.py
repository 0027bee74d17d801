"""How rules and encoder are put together, and what corrections make of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import log_odds
from analysis.labelled import Labels
from analysis.lessons import Taught
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Method, Polarity, QuestionRole, Text
from analysis.regression import fit_logistic, fit_multinomial
from analysis.weighing import parse_weights, weights_for, written
from analysis.weighing_training import fit_weights, refit
from tests.analysis.gardens import (
    TOUCHPOINTS,
    GardenEncoder,
    trusting,
    trusting_recipe,
)

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return build_pipeline(Recipe(fast=True))


def review(text: str, labels: Labels = frozenset()) -> Taught:
    given = Text(text, QuestionRole.REVIEW, Language.DUTCH)
    return Taught(given, labels, frozenset(TOUCHPOINTS))


def test_weights_are_read_as_written() -> None:
    weights = trusting()

    assert written(parse_weights(written(weights))) == written(weights)


def test_own_weights_take_the_place_of_the_shipped_ones() -> None:
    own = weights_for(GardenEncoder(), written(trusting()))

    assert own.fingerprint == trusting().fingerprint


def test_mention_stands_in_the_clause_that_says_so() -> None:
    pipeline = build_pipeline(trusting_recipe(), encoder=GardenEncoder())
    text = "De tuin was vol. In de tuin viel regen."

    [analysis] = pipeline.analyse([Text(text, QuestionRole.REVIEW)])

    [mention] = [m for m in analysis.mentions if m.touchpoint == "event"]
    assert mention.polarity is NEGATIVE
    assert text[mention.start : mention.end] == "In de tuin viel regen."


def test_long_text_is_read_to_its_end() -> None:
    encoder = GardenEncoder()
    pipeline = build_pipeline(trusting_recipe(), encoder=encoder)
    text = "Wij kwamen aan en zagen niets. " * 60 + "Toen zaten we in de tuin."

    [analysis] = pipeline.analyse([Text(text, QuestionRole.INTERVIEW)])

    [mention] = [m for m in analysis.mentions if m.touchpoint == "event"]
    assert text[mention.start : mention.end] == "Toen zaten we in de tuin."
    assert mention.method is Method.MODEL
    assert max(len(part.split()) for part in encoder.read) <= 60


def test_interview_has_a_mention_where_it_is_spoken() -> None:
    pipeline = build_pipeline(trusting_recipe(), encoder=GardenEncoder())
    part = "Toen zaten we in de tuin. " + "Wij kwamen aan en zagen niets. " * 15
    [analysis] = pipeline.analyse([Text(part * 3, QuestionRole.INTERVIEW)])

    starts = [m.start for m in analysis.mentions if m.touchpoint == "event"]

    assert starts == [0, len(part), 2 * len(part)]


def test_fit_learns_whom_to_trust(rules: Pipeline) -> None:
    encoder = GardenEncoder()
    event: Labels = frozenset({("event", POSITIVE)})
    wrong = [review(f"Zonnig was het daar op dag {n}", event) for n in range(40)]
    right = [review(f"In de tuin zaten wij op dag {n}") for n in range(40)]

    weights = fit_weights(wrong + right, rules, encoder)

    place = weights.touchpoints.index("event")
    assert place >= 0
    assert weights.spoken[1] < 0  # the encoder's word counts against it


def test_without_corrections_nothing_moves(rules: Pipeline) -> None:
    moved = refit(trusting(), [], rules, GardenEncoder())

    assert written(moved) == written(trusting())


def test_corrections_move_weights_as_far_as_they_deserve(rules: Pipeline) -> None:
    encoder = GardenEncoder()
    corrected = [review(f"In de tuin zaten wij op dag {n}") for n in range(20)]

    def chance(precision: float) -> float:
        moved = refit(trusting(precision), corrected, rules, encoder)
        return moved.own["event"]

    assert chance(0.1) < chance(100.0) < 0


def test_refit_is_surer_than_before(rules: Pipeline) -> None:
    corrected = [review(f"In de tuin zaten wij op dag {n}") for n in range(5)]

    moved = refit(trusting(), corrected, rules, GardenEncoder())

    assert moved.precision.own["event"] > trusting().precision.own["event"]


def test_too_few_texts_teach_nothing(rules: Pipeline) -> None:
    with pytest.raises(ValueError, match="too few"):
        fit_weights([review("In de tuin")], rules, GardenEncoder())


@given(st.floats(0, 1))
def test_log_odds_stay_within_bounds(chance: float) -> None:
    assert -7 <= log_odds(chance) <= 7


def test_strong_prior_holds_against_observations() -> None:
    x, y = np.ones((3, 1)), np.ones(3)
    held = fit_logistic(x, y, np.ones(3), np.array([1e6]), np.array([-1.0]))
    loose = fit_logistic(x, y, np.ones(3), np.array([0.01]), np.array([-1.0]))

    assert held == pytest.approx([-1.0], abs=1e-3)
    assert loose[0] > 1


def test_multinomial_finds_the_shares() -> None:
    x = np.ones((10, 1))
    y = np.array([0] * 7 + [1] * 3)
    zeros = np.zeros((1, 2))

    fitted = fit_multinomial(x, y, np.ones(10), zeros + 1e-9, zeros)

    assert np.exp(fitted[0, 0] - fitted[0, 1]) == pytest.approx(7 / 3, rel=1e-2)
