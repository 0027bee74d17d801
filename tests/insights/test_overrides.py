import pytest

from analysis.records import Mention, Method, Polarity
from survey_app.insights.models import Correction
from survey_app.insights.overrides import heed_corrections

DELIVERY = Mention(
    start=0,
    end=10,
    touchpoint="delivery",
    polarity=Polarity.NEGATIVE,
    score=-0.8,
    confidence=0.9,
)
PRICE = Mention(
    start=0,
    end=10,
    touchpoint="price",
    polarity=Polarity.POSITIVE,
    score=0.5,
    confidence=0.7,
)


def correction(
    machine: str | None, touchpoint: str | None, polarity: str | None = None
) -> Correction:
    return Correction(
        start=2,
        end=8,
        machine_touchpoint=machine,
        touchpoint=touchpoint,
        polarity=polarity,
    )


def spoken(mentions: list[Mention]) -> list[tuple[str, str, str]]:
    return [(m.touchpoint, m.polarity.value, m.method.value) for m in mentions]


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ([], [("delivery", "negative", "lexicon"), ("price", "positive", "lexicon")]),
        ([correction("delivery", None)], [("price", "positive", "lexicon")]),
        (
            [correction("delivery", "returns", "neutral")],
            [("price", "positive", "lexicon"), ("returns", "neutral", "human")],
        ),
        (
            [correction("price", "price", "negative")],
            [("delivery", "negative", "lexicon"), ("price", "negative", "human")],
        ),
        (
            [
                correction("delivery", "returns", "neutral"),
                correction("returns", None),
            ],
            [("price", "positive", "lexicon")],
        ),
    ],
    ids=["none", "not there", "other touchpoint", "other polarity", "second thoughts"],
)
def test_corrections_win_over_the_machine(
    corrections: list[Correction], expected: list[tuple[str, str, str]]
) -> None:
    mentions = heed_corrections([DELIVERY, PRICE], corrections)

    assert sorted(spoken(mentions)) == expected


def test_correction_elsewhere_in_the_text_changes_nothing() -> None:
    elsewhere = Correction(
        start=20, end=30, machine_touchpoint="delivery", touchpoint=None, polarity=None
    )

    assert heed_corrections([DELIVERY], [elsewhere]) == [DELIVERY]


def test_missed_mention_is_added() -> None:
    [added] = heed_corrections([], [correction(None, "app", "positive")])

    assert (added.touchpoint, added.method, added.confidence) == (
        "app",
        Method.HUMAN,
        1.0,
    )
