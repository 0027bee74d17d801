import numpy as np
import pytest
from stepmix.stepmix import StepMix

from analysis.personas.coding import Codes
from analysis.personas.latent_classes import (
    Patterns,
    bic,
    expect,
    fit,
    fit_best,
    maximise,
    random_starts,
)
from tests.analysis.personas.planting import plant

SIZES = (3,) * 8


def draw(seed: int, *, missing: float = 0.0) -> Codes:
    answers, _ = plant(seed, 200, variables=8, loyalty=0.5)
    unknown = np.random.default_rng(seed).random(answers.shape) < missing
    return np.where(unknown, -1, answers)


def test_patterns_pool_figures_of_people_who_answered_alike() -> None:
    patterns = Patterns.of(np.array([[1], [0], [1], [-1]]), (2,))

    pooled = patterns.pool(np.array([[1.0, 2.0, 4.0, 8.0]]))

    assert pooled.tolist() == [[8.0, 2.0, 5.0]]


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_each_step_climbs_in_every_run(missing: float) -> None:
    patterns = Patterns.of(draw(1, missing=missing), SIZES)
    weights = np.tile(patterns.pool(np.ones((1, 200))), (10, 1))
    chances = random_starts(patterns, runs=10, k=3, rng=np.random.default_rng(1))
    shares = np.full((10, 3), 1 / 3)

    reached = []
    for _ in range(60):
        logs, posteriors = expect(patterns, shares, chances)
        reached.append((logs * weights).sum(axis=1))
        shares, chances = maximise(patterns, weights, posteriors)

    assert (np.diff(reached, axis=0) > -1e-8).all()
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert chances.sum(axis=2) == pytest.approx(8.0)


@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_fit_best_agrees_with_stepmix(missing: float) -> None:
    codes = draw(3, missing=missing)
    patterns = Patterns.of(codes, SIZES)

    ours = fit_best(patterns, np.ones(200), k=3, starts=20, seed=1)

    answers = np.where(codes < 0, np.nan, codes)
    theirs = StepMix(
        n_components=3,
        measurement="categorical_nan" if missing else "categorical",
        n_init=5,
        max_iter=2000,
        abs_tol=1e-9,
        random_state=1,
        verbose=0,
        progress_bar=0,
    ).fit(answers)
    order, their_order = ours.shares[0].argsort(), theirs.weights_.argsort()
    assert ours.log_likelihood[0] == pytest.approx(
        200 * theirs.score(answers), abs=1e-3
    )
    assert bic(ours, patterns, 200) == pytest.approx(theirs.bic(answers), abs=2e-3)
    assert ours.shares[0][order] == pytest.approx(
        theirs.weights_[their_order], abs=1e-3
    )
    chances = theirs.get_parameters()["measurement"]["pis"]
    assert ours.chances[0][order] == pytest.approx(chances[their_order], abs=5e-3)


def test_a_weight_of_two_is_two_people() -> None:
    codes = draw(1)
    twice = np.concatenate([codes, codes[:50]])
    weights = np.array([2.0] * 50 + [1.0] * 150)

    weighted = fit_best(Patterns.of(codes, SIZES), weights, k=2, starts=10, seed=1)
    repeated = fit_best(Patterns.of(twice, SIZES), np.ones(250), k=2, starts=10, seed=1)

    assert weighted.log_likelihood == pytest.approx(repeated.log_likelihood)


def test_fit_gives_the_same_in_small_portions() -> None:
    patterns = Patterns.of(draw(1), SIZES)
    weights = np.tile(patterns.pool(np.ones((1, 200))), (6, 1))
    starts = random_starts(patterns, runs=6, k=2, rng=np.random.default_rng(1))

    whole = fit(patterns, weights, starts)
    parts = fit(patterns, weights, starts, max_cells=900)

    assert parts.log_likelihood == pytest.approx(whole.log_likelihood)
