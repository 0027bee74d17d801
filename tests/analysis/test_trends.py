from datetime import date

import numpy as np
import pytest

from analysis.histograms import Histogram
from analysis.intervals import BaseLevel, Interval
from analysis.trends import (
    Drawn,
    Verdict,
    WaveChange,
    WeekPoint,
    compare_waves,
    find_breaks,
    weekly_series,
)
from tests.analysis.approximate import about

LOW, HIGH = Histogram.of([-0.6, -0.2] * 30), Histogram.of([0.2, 0.6] * 30)


def draw_wave(seed: int, people: int, *, shift: float = 0.0) -> dict[str, Histogram]:
    rng = np.random.default_rng(seed)
    return {
        f"touchpoint {number:02}": Histogram.of(
            rng.normal(shift / 2, 0.4, people).clip(-1, 1), step=0.05
        )
        for number in range(15)
    }


def test_compare_waves_tells_how_much_the_mean_moved() -> None:
    changes = compare_waves({"delivery": HIGH}, {"delivery": LOW}, seed=1)

    assert changes == [
        WaveChange(
            touchpoint="delivery",
            base_before=60,
            base_after=60,
            difference=about(-1.6),
            interval=Interval(about(-1.74, within=0.02), about(-1.46, within=0.02)),
            p=about(0.0),
            q=about(0.0),
            verdict=Verdict.DOWN,
        )
    ]


def test_compare_waves_leaves_out_small_bases_and_touchpoints_of_one_wave() -> None:
    before = {"delivery": Histogram.of([0.1] * 9), "store": LOW}
    after = {"delivery": LOW, "website": LOW}

    assert compare_waves(before, after, seed=1) == []


@pytest.mark.parametrize(
    ("shift", "people", "verdict"),
    [
        (0.7, 400, Verdict.UP),
        (-0.7, 400, Verdict.DOWN),
        (0.0, 400, Verdict.STEADY),
        (0.1, 400, Verdict.STEADY),
        (0.0, 25, Verdict.UNCLEAR),
    ],
)
def test_compare_waves_says_what_the_base_can_carry(
    shift: float, people: int, verdict: Verdict
) -> None:
    before, after = draw_wave(1, people), draw_wave(2, people, shift=shift)

    changes = compare_waves(before, after, seed=1, draws=500)

    agreeing = [change for change in changes if change.verdict is verdict]
    assert len(agreeing) >= 13


def test_compare_waves_without_change_seldom_points_anywhere() -> None:
    moved = 0
    for seed in range(60):
        before, after = draw_wave(seed, 40), draw_wave(seed + 1000, 40)
        changes = compare_waves(before, after, seed=seed, draws=300)
        moved += any(c.verdict in (Verdict.UP, Verdict.DOWN) for c in changes)

    assert moved <= 6


def test_compare_waves_in_which_nobody_differs_finds_no_change() -> None:
    same = Histogram.of([0.5] * 40)

    [change] = compare_waves({"delivery": same}, {"delivery": same}, seed=1)

    assert (change.p, change.interval, change.verdict) == (
        1.0,
        Interval(0.0, 0.0),
        Verdict.STEADY,
    )


def test_weekly_series_takes_a_person_once_a_week_and_hides_small_weeks() -> None:
    said = {"ann": 1.0, "bob": 0.0, "cas": 0.5, "dee": 0.5, "eli": 0.5}
    rows = [(person, date(2026, 3, 2), score) for person, score in said.items()]
    rows += [("ann", date(2026, 3, 8), 0.0), ("ann", date(2026, 3, 9), -1.0)]

    points = weekly_series(rows, seed=1)

    assert points == [
        WeekPoint(
            week=date(2026, 3, 2),
            base=5,
            level=BaseLevel.INDICATIVE,
            mean=about(0.8),
            interval=points[0].interval,
        ),
        WeekPoint(week=date(2026, 3, 9), base=1, level=BaseLevel.HIDDEN),
    ]
    assert points[0].interval is not None
    assert points[0].interval.low < 0.8 < points[0].interval.high


def test_weekly_series_of_no_rows_is_empty() -> None:
    assert weekly_series([], seed=1) == []


FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)


def test_find_breaks_only_where_something_was_drawn_from_what_changed() -> None:
    drawn = [Drawn(FIRST, 1, "why"), Drawn(SECOND, 2, "why"), Drawn(SECOND, 3, "how")]

    def is_alike(part: str, older: int, newer: int) -> bool:
        return part != "how" or (older, newer) != (1, 3)

    [found] = find_breaks(drawn, is_alike)

    assert (found.week, found.older, found.newer, found.parts) == (
        SECOND,
        1,
        3,
        ("how",),
    )


def test_find_breaks_remembers_what_a_line_began_with() -> None:
    drawn = [Drawn(FIRST, 1, "why"), Drawn(FIRST, 2, "how"), Drawn(SECOND, 3, "how")]

    def is_alike(part: str, older: int, newer: int) -> bool:
        return (part, older, newer) != ("why", 1, 3)  # version 3 asks it no longer

    [found] = find_breaks(drawn, is_alike)

    assert (found.week, found.parts) == (SECOND, ("why",))


def test_find_breaks_waits_for_the_later_of_two_versions() -> None:
    drawn = [Drawn(SECOND, 1, "why"), Drawn(FIRST, 2, "how")]

    [found] = find_breaks(drawn, lambda *_asked: False)

    assert (found.week, found.parts) == (SECOND, ("why", "how"))


def test_weekly_series_starts_anew_where_it_is_told_to() -> None:
    rows = [(f"p{n}", day, 0.5) for n in range(6) for day in (FIRST, SECOND)]

    points = weekly_series(rows, seed=1, draws=10, breaks=[SECOND])

    assert [point.starts_anew for point in points] == [False, True]
