from hypothesis import given
from hypothesis import strategies as st

from survey_app.dashboard.charts import (
    BAR_WIDTH,
    Column,
    Segment,
    Sparkline,
    bar_segments,
    columns,
    round_to_hundred,
    sparkline,
)


def test_segments_stand_beside_each_other() -> None:
    shares = (("negative", 0.5), ("neutral", 0.0), ("positive", 0.5))

    assert bar_segments(shares) == (
        Segment("negative", 0.0, BAR_WIDTH / 2, 50),
        Segment("positive", BAR_WIDTH / 2, BAR_WIDTH / 2, 50),
    )


def test_a_number_stands_only_where_it_fits() -> None:
    segments = bar_segments((("negative", 0.05), ("positive", 0.95)))

    assert [segment.labelled for segment in segments] == [False, True]
    assert segments[1].middle == BAR_WIDTH * 0.525


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3).filter(any))
def test_percentages_add_up_to_a_hundred_and_stay_near(counts: list[int]) -> None:
    shares = [count / sum(counts) for count in counts]

    whole = round_to_hundred(shares)

    assert sum(whole) == 100
    assert all(
        abs(percentage - 100 * share) < 1
        for percentage, share in zip(whole, shares, strict=True)
    )


def test_a_line_breaks_where_a_week_says_nothing() -> None:
    line = sparkline([2.0, -2.0, None, 0.0, None])

    assert line == Sparkline(
        lines=("4,4 28,28",), dots=((76.0, 16.0),), last=(76.0, 16.0), zero=16.0
    )


def test_a_line_starts_anew_where_it_is_told_to_with_a_mark_between() -> None:
    line = sparkline([2.0, -2.0, 0.0, 1.0], breaks=[2])

    assert (len(line.lines), line.dots, line.breaks) == (2, (), (52.0,))
    assert sparkline([2.0, 1.0], breaks=[0]).breaks == ()


def test_a_line_without_weeks_is_empty() -> None:
    assert sparkline([]) == Sparkline(lines=(), dots=(), last=None, zero=16.0)


def test_columns_are_as_high_as_the_highest_allows() -> None:
    assert columns([0, 1, 4], step=16, height=40) == [
        Column(0, 0, 0),
        Column(16, 10, 1),
        Column(32, 40, 4),
    ]
    assert columns([0], step=16, height=40) == [Column(0, 0, 0)]
