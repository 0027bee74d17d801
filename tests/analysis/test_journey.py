import numpy as np
import pytest

from analysis.histograms import Histogram
from analysis.intervals import BaseLevel, Interval, Share, wilson
from analysis.journey import (
    Dip,
    DipLevel,
    EmotionPoint,
    assess_dips,
    find_dips,
    histograms_by_touchpoint,
    summarise,
)
from tests.analysis.approximate import about

TRUE_DIPS = {"touchpoint 03": 0.7, "touchpoint 11": 0.7}


def draw_map(
    seed: int, dips: dict[str, float], *, least: int = 8
) -> dict[str, Histogram]:
    """Twenty touchpoints; 8 to 89 people each, at a dip 30 or more."""
    rng = np.random.default_rng(seed)
    drawn = {}
    for number in range(20):
        name = f"touchpoint {number:02}"
        people = rng.integers(30 if name in dips else least, 90)
        scores = rng.normal(0.1, 0.45, people) - dips.get(name, 0.0) / 2
        drawn[name] = Histogram.of(scores.clip(-1, 1), step=0.05)
    return drawn


def confirmed(histograms: dict[str, Histogram]) -> set[str]:
    dips = find_dips(histograms)
    return {dip.touchpoint for dip in dips if dip.level is DipLevel.CONFIRMED}


def test_histograms_count_a_person_once_at_each_touchpoint() -> None:
    mentions = [
        ("ann", "delivery", -1.0),
        ("ann", "delivery", -0.5),
        ("ann", "website", 1.0),
        ("bob", "delivery", -0.75),
    ]

    histograms = histograms_by_touchpoint(mentions)

    assert histograms == {
        "delivery": Histogram((-0.75,), (2,)),
        "website": Histogram((1.0,), (1,)),
    }


def test_summarise_puts_people_on_the_scale_of_the_map() -> None:
    people = Histogram.of([-0.5] * 10 + [-0.1] * 5 + [0.1] * 5 + [0.5] * 20)

    points = summarise({"delivery": people}, seed=1)

    assert points == [
        EmotionPoint(
            touchpoint="delivery",
            base=40,
            mean=about(0.25),
            interval=Interval(about(-0.02, within=0.03), about(0.52, within=0.03)),
            share_negative=Share(0.25, wilson(10, 40), 40),
            share_neutral=Share(0.25, wilson(10, 40), 40),
            share_positive=Share(0.5, wilson(20, 40), 40),
            level=BaseLevel.SHOWN,
        )
    ]


def test_summarise_keeps_neutral_what_adds_up_to_the_edge_of_the_band() -> None:
    edge = sum([-0.3, 0.1, -0.1]) / 3  # −0.1 and a rounding error

    [point] = summarise({"delivery": Histogram.of([edge] * 6)}, seed=1)

    assert point.share_neutral.value == 1.0


def test_summarise_shows_no_point_for_fewer_than_five_people() -> None:
    histograms = {"delivery": Histogram.of([0.5] * 4), "store": Histogram.of([0.5] * 5)}

    points = summarise(histograms, seed=1)

    assert [(p.touchpoint, p.level) for p in points] == [
        ("store", BaseLevel.INDICATIVE)
    ]


def test_summarise_gives_a_touchpoint_the_same_point_beside_others() -> None:
    people = Histogram.of([-0.5, 0.0, 0.5] * 20)

    alone = summarise({"delivery": people}, seed=1)
    beside = summarise({"store": people, "delivery": people}, seed=1)

    assert alone == beside[1:]
    assert beside[0].interval != beside[1].interval


def test_find_dips_on_maps_without_one_confirms_one_in_at_most_a_tenth() -> None:
    alarms = sum(bool(confirmed(draw_map(seed, {}))) for seed in range(200))

    assert alarms <= 20


def test_find_dips_is_not_misled_by_moods_that_people_carry_along() -> None:
    alarms = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        moods = rng.normal(0, 0.3, 150)
        histograms = {}
        for number in range(20):
            met = rng.choice(moods, rng.integers(8, 90), replace=False)
            scores = (met + rng.normal(0, 0.4, len(met))).clip(-1, 1)
            histograms[f"touchpoint {number:02}"] = Histogram.of(scores)
        alarms += bool(confirmed(histograms))

    assert alarms <= 20


def test_find_dips_finds_most_true_dips() -> None:
    maps = [confirmed(draw_map(seed, TRUE_DIPS)) for seed in range(200)]

    found = sum(len(dips & set(TRUE_DIPS)) for dips in maps)
    false_alarms = sum(bool(dips - set(TRUE_DIPS)) for dips in maps)
    assert found >= 320
    assert false_alarms <= 20


@pytest.mark.parametrize(
    ("people", "level"),
    [
        (9, DipLevel.INSUFFICIENT),
        (10, DipLevel.POSSIBLE),
        (29, DipLevel.POSSIBLE),
        (30, DipLevel.CONFIRMED),
    ],
)
def test_assess_dips_confirms_by_base(people: int, level: DipLevel) -> None:
    calm = Histogram.of([0.0, 0.2] * 40)

    dips = assess_dips({"delivery": Histogram.of([-0.9] * people), "store": calm})

    assert [dip.level for dip in dips] == [level, DipLevel.NONE]


def test_assess_dips_leaves_out_what_is_certain_but_small() -> None:
    here, there = Histogram.of([0.0, 0.02] * 400), Histogram.of([0.03, 0.05] * 400)

    [dip, _] = assess_dips({"delivery": here, "store": there})

    assert dip == Dip(
        touchpoint="delivery",
        level=DipLevel.NONE,
        base=800,
        effect=about(0.06),
        negative_excess=0.0,
        p=about(0.0),
        q=about(0.0),
    )


def test_assess_dips_counts_many_unhappy_people_as_a_dip() -> None:
    here = Histogram.of([-0.12] * 150 + [0.0] * 150)
    there = Histogram.of([-0.1] * 60 + [0.0] * 240)

    [dip, _] = assess_dips({"delivery": here, "store": there})

    assert dip == Dip(
        touchpoint="delivery",
        level=DipLevel.CONFIRMED,
        base=300,
        effect=about(0.08),
        negative_excess=0.5,
        p=about(0.0),
        q=about(0.0),
    )


def test_assess_dips_of_an_empty_map_is_empty() -> None:
    assert assess_dips({}) == []
