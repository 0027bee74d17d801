from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.histograms import Histogram
from analysis.intervals import (
    Interval,
    bootstrap_difference,
    bootstrap_mean,
    newcombe,
    resampled_means,
    wilson,
)
from tests.analysis.approximate import about

SUCCESSES_AND_BASE = st.integers(1, 500).flatmap(
    lambda base: st.tuples(st.integers(0, base), st.just(base))
)


@given(SUCCESSES_AND_BASE)
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    successes, base = counts

    interval = wilson(successes, base)

    expected = binomtest(successes, base).proportion_ci(method="wilson")
    assert interval.low == pytest.approx(expected.low, abs=1e-9)
    assert interval.high == pytest.approx(expected.high, abs=1e-9)


@pytest.mark.parametrize(("successes", "base"), [(0, 0), (3, 2), (-1, 5)])
def test_wilson_refuses_what_is_no_share(successes: int, base: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, base)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
    ids=["a", "b", "g", "h"],  # contrasts in table II of Newcombe 1998
)
def test_newcombe_gives_the_published_intervals(
    counts: tuple[int, int, int, int], expected: tuple[float, float]
) -> None:
    interval = newcombe(*counts)

    assert (round(interval.low, 4), round(interval.high, 4)) == expected


def test_newcombe_turns_round_with_its_sides() -> None:
    forth, back = newcombe(9, 30, 20, 40), newcombe(20, 40, 9, 30)

    assert forth == Interval(about(-back.high), about(-back.low))


def test_bootstrap_mean_of_people_and_of_their_histogram_are_the_same() -> None:
    people = [-1.0, 0.0, 0.5, 0.5, 1.0]

    interval = bootstrap_mean(people, seed=3)

    assert interval == bootstrap_mean(Histogram.of(people), seed=3)


def test_bootstrap_mean_needs_two_people() -> None:
    with pytest.raises(ValueError, match="two people"):
        bootstrap_mean([0.5], seed=3)


def test_resampled_means_spread_like_means_of_people_drawn_one_by_one() -> None:
    people = np.array([-1.0] * 3 + [0.0] * 5 + [0.6] * 12)
    rng = np.random.default_rng(1)

    means = resampled_means(Histogram.of(people), seed=2, draws=20_000)

    one_by_one = rng.choice(people, size=(20_000, len(people))).mean(axis=1)
    cuts = [0.025, 0.25, 0.5, 0.75, 0.975]
    assert np.quantile(means, cuts) == pytest.approx(
        np.quantile(one_by_one, cuts), abs=0.02
    )


@pytest.mark.parametrize("base", [5, 10, 30, 100])
def test_bootstrap_mean_covers_the_true_mean_as_often_as_it_says(base: int) -> None:
    scale, chances = np.array([-2.0, -1.0, 0.0, 1.0, 2.0]), [0.15, 0.2, 0.3, 0.2, 0.15]
    rng = np.random.default_rng(base)

    covered = 0
    for seed in range(400):
        people = Histogram.of(rng.choice(scale, size=base, p=chances))
        interval = bootstrap_mean(people, seed=seed, draws=500)
        covered += interval.low <= 1e-9 and interval.high >= -1e-9

    assert 0.91 <= covered / 400 <= 0.99


PEOPLE = {
    "even": Histogram((-0.75, -0.25, 0.25, 0.75), (100, 80, 70, 50)),
    "lopsided": Histogram((-1.0, 0.0, 1.0), (300, 20, 10)),
    "two minds": Histogram((-1.0, 1.0), (70, 50)),
}


@pytest.mark.parametrize("people", PEOPLE.values(), ids=PEOPLE.keys())
def test_computed_percentiles_are_those_of_very_many_samples(people: Histogram) -> None:
    many = np.quantile(resampled_means(people, seed=1, draws=200_000), [0.0248, 0.9752])

    computed = bootstrap_mean(people, seed=1)

    room = 0.25 * resampled_means(people, seed=2, draws=2000).std()
    assert [computed.low, computed.high] == pytest.approx(many.tolist(), abs=room)


def test_computed_percentiles_of_a_difference_are_those_of_very_many_samples() -> None:
    after, before = PEOPLE["even"], PEOPLE["lopsided"]
    means = resampled_means(after, seed=1, draws=200_000)
    means -= resampled_means(before, seed=2, draws=200_000)

    computed = bootstrap_difference(after, before, seed=1)

    many = np.quantile(means, [0.0248, 0.9752]).tolist()
    assert [computed.low, computed.high] == pytest.approx(many, abs=0.003)


def test_lopsided_people_are_drawn_however_many_they_are() -> None:
    people = Histogram((-1.0, 1.0), (196, 4))

    drawn = {bootstrap_mean(people, seed=seed, draws=50).high for seed in range(20)}

    assert len(drawn) > 1


def test_bootstrap_mean_does_not_slow_down_with_the_base() -> None:
    rng = np.random.default_rng(1)
    scores = rng.normal(0, 0.4, (20, 100_000)).clip(-1, 1)
    touchpoints = [Histogram.of(people, step=0.05) for people in scores]

    started = perf_counter()
    for histogram in touchpoints:
        bootstrap_mean(histogram, seed=1, draws=1000)
    took = perf_counter() - started

    assert [len(histogram.values) for histogram in touchpoints] == [41] * 20
    assert took < 0.5  # about 0.05 on a quiet core


def test_bootstrap_difference_of_equal_people_holds_zero() -> None:
    people = Histogram.of([-0.5, 0.0, 0.5] * 20)

    interval = bootstrap_difference(people, people, seed=1)

    assert interval.low < 0 < interval.high
