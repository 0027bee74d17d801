from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import Share
from analysis.reading_quality import (
    FOUND,
    JudgedText,
    Outcome,
    calibrate,
    compare,
    measure,
)
from analysis.records import Mention, Polarity

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE


def mention(
    touchpoint: str = "price",
    polarity: Polarity = NEGATIVE,
    *,
    start: int = 0,
    end: int = 5,
    confidence: float = 0.8,
) -> Mention:
    return Mention(
        start=start,
        end=end,
        touchpoint=touchpoint,
        polarity=polarity,
        score=0.0,
        confidence=confidence,
    )


def text(
    found: list[Mention], truth: list[Mention], *, is_whole: bool = True
) -> JudgedText:
    return JudgedText(1, "nl", found, truth, is_whole)


def outcomes(judged: JudgedText) -> list[tuple[str, str]]:
    return [(case.touchpoint, case.outcome.value) for case in compare(judged)]


def test_each_mention_has_its_outcome() -> None:
    found = [
        mention("price"),
        mention("delivery", POSITIVE),
        mention("app"),
        mention("website", start=0, end=5),
    ]
    truth = [
        mention("price"),
        mention("delivery", NEGATIVE, start=4, end=9),
        mention("website", start=5, end=9),
    ]

    assert outcomes(text(found, truth)) == [
        ("price", "right"),
        ("delivery", "felt_otherwise"),
        ("app", "wrong"),
        ("website", "wrong"),
        ("website", "missed"),
    ]


def test_of_a_text_not_judged_as_a_whole_nothing_is_missed() -> None:
    assert outcomes(text([], [mention()], is_whole=False)) == []


def test_the_same_thing_found_twice_counts_once() -> None:
    found = [mention(start=0, end=5), mention(start=3, end=9)]

    assert outcomes(text(found, [mention(start=0, end=9)])) == [("price", "right")]


def test_praise_and_blame_in_one_text_are_told_apart() -> None:
    found = [mention("price", POSITIVE), mention("price", NEGATIVE)]
    truth = [mention("price", NEGATIVE), mention("price", POSITIVE)]

    assert outcomes(text(found, truth)) == [("price", "right")] * 2


def test_shares_speak_from_ten_on() -> None:
    cases = [
        *(case for _ in range(9) for case in compare(text([mention()], [mention()]))),
        *compare(text([mention("app")], [mention("price", POSITIVE)])),
    ]

    everything, app, price = measure(cases)

    assert (everything.touchpoint, app.touchpoint, price.touchpoint) == (
        None,
        "app",
        "price",
    )
    assert everything.precision is not None
    assert (everything.precision.value, everything.precision.base) == (0.9, 10)
    assert everything.recall is not None
    assert everything.recall.value == 0.9
    assert (everything.polarity, everything.polarity_base) == (None, 9)
    assert (app.precision, app.precision_base, app.recall_base) == (None, 1, 0)
    assert (price.precision, price.precision_base) == (None, 9)
    assert isinstance(price.recall, Share)


def test_calibration_counts_touchpoint_and_polarity_both() -> None:
    right = text([mention(confidence=0.85)], [mention()])
    felt_otherwise = text([mention(confidence=0.85)], [mention("price", POSITIVE)])
    missed = text([], [mention(confidence=1.0)])
    cases = [
        case
        for judged in (*[right] * 8, *[felt_otherwise] * 2, missed)
        for case in compare(judged)
    ]

    bins = {each.low: each for each in calibrate(cases)}

    assert bins[0.8].right is not None
    assert (bins[0.8].right.value, bins[0.8].base) == (0.8, 10)
    assert sum(each.base for each in bins.values()) == 10


mentions = st.builds(
    mention,
    st.sampled_from(["price", "app"]),
    st.sampled_from(list(Polarity)),
    start=st.integers(0, 5),
    end=st.integers(6, 9),
    confidence=st.floats(0, 1),
)


@given(found=st.lists(mentions, max_size=6), truth=st.lists(mentions, max_size=6))
def test_everything_that_is_there_is_found_or_missed(
    found: list[Mention], truth: list[Mention]
) -> None:
    cases = list(compare(text(found, truth)))

    hits = [case for case in cases if case.outcome in FOUND]
    missed = [case for case in cases if case.outcome is Outcome.MISSED]
    assert len(hits) + len(missed) == len(truth)
    assert len(cases) - len(missed) <= len(found)
    inside = [case for case in cases if case.outcome is not Outcome.MISSED]
    assert sum(each.base for each in calibrate(cases)) == len(inside)


@given(found=st.lists(mentions, max_size=6))
def test_a_reading_is_right_about_itself(found: list[Mention]) -> None:
    whole = text(found, found)

    assert {case.outcome for case in compare(whole)} <= {Outcome.RIGHT}
