import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from analysis.histograms import Histogram, on_one_grid, rank_test

SCORES = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("values", "counts", "complaint"),
    [
        ((0.0,), (1, 2), "one count for each value"),
        ((0.0,), (0,), "above zero"),
        ((1.0, 0.0), (1, 1), "values rise"),
    ],
)
def test_histogram_refuses_what_is_none(
    values: tuple[float, ...], counts: tuple[int, ...], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Histogram(values, counts)


def test_histogram_of_nobody_has_a_base_but_no_mean() -> None:
    nobody = Histogram.of([])

    assert nobody.base == 0
    with pytest.raises(ValueError, match="nobody"):
        _ = nobody.mean


@given(SCORES)
def test_histogram_keeps_base_and_mean(scores: list[float]) -> None:
    histogram = Histogram.of(scores)

    assert histogram.base == len(scores)
    assert histogram.mean == pytest.approx(np.mean(scores))
    assert histogram.scaled(2).mean == pytest.approx(2 * np.mean(scores))


@given(SCORES, SCORES)
def test_rank_test_agrees_with_scipy(sample: list[float], rest: list[float]) -> None:
    _, (here, there) = on_one_grid(
        {"sample": Histogram.of(sample), "rest": Histogram.of(rest)}
    )

    p = rank_test(here, there)

    nobody_differs = len({*sample, *rest}) == 1
    expected = mannwhitneyu(sample, rest, alternative="less", method="asymptotic")
    assert p == pytest.approx(1.0 if nobody_differs else expected.pvalue, abs=1e-9)


def test_rank_test_without_people_finds_nothing() -> None:
    p = rank_test(np.array([0, 0]), np.array([3, 4]))

    assert p == 1.0
