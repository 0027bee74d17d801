from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.histograms import Histogram
from analysis.journey import summarise
from analysis.person_means import PersonWeeks

MENTIONS = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from([7, 14, 28]), st.floats(-1, 1)),
    min_size=1,
    max_size=40,
)
Mentions = list[tuple[int, int, float]]


def person_weeks(mentions: Mentions) -> PersonWeeks:
    people, weeks, scores = zip(*mentions, strict=True)
    return PersonWeeks.of(np.array(people), np.array(weeks), np.array(scores))


@given(MENTIONS)
def test_everybody_stands_once_within_a_step_of_their_mean(mentions: Mentions) -> None:
    said: defaultdict[int, list[float]] = defaultdict(list)
    for person, _, score in mentions:
        said[person].append(score)

    histogram = person_weeks(mentions).histogram()

    counted = [
        value
        for value, count in zip(histogram.values, histogram.counts, strict=True)
        for _ in range(count)
    ]
    means = sorted(sum(scores) / len(scores) for scores in said.values())
    assert counted == pytest.approx(means, abs=0.05 + 1e-9)


@given(MENTIONS)
def test_a_week_counts_the_people_who_spoke_in_it(mentions: Mentions) -> None:
    said: defaultdict[int, defaultdict[int, list[float]]]
    said = defaultdict(lambda: defaultdict(list))
    for person, week, score in mentions:
        said[week][person].append(score)

    weeks = person_weeks(mentions).by_week()

    assert {week: people for week, (people, _) in weeks.items()} == {
        week: len(people) for week, people in said.items()
    }
    for week, people in said.items():
        means = [sum(scores) / len(scores) for scores in people.values()]
        assert weeks[week][1] == pytest.approx(sum(means) / len(means), abs=1e-9)


@given(st.lists(st.floats(-1, 1), min_size=5, max_size=40))
def test_counting_in_steps_leaves_the_shares_exact(means: list[float]) -> None:
    mentions = [(person, 7, mean) for person, mean in enumerate(means, 1)]

    [counted] = summarise({"delivery": person_weeks(mentions).histogram()}, seed=1)

    beyond = 0.1 + 1e-8  # a mean nearer to the edge than that is neutral
    assert counted.share_negative.value == sum(m < -beyond for m in means) / len(means)
    assert counted.share_positive.value == sum(m > beyond for m in means) / len(means)


def test_nobody_makes_no_rows() -> None:
    nobody = PersonWeeks.of(np.array([], int), np.array([], int), np.array([]))

    assert (nobody.histogram(), nobody.by_week()) == (Histogram((), ()), {})
