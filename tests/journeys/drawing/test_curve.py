"""The emotion lane."""

import pytest

from survey_app.journeys.document import Emotion, Level
from survey_app.journeys.drawing import DUTCH, draw_map
from survey_app.journeys.drawing.faces import mood_of
from survey_app.journeys.drawing.layout import lay_out
from survey_app.journeys.drawing.smooth import smooth_path
from tests.journeys.builders import make_column, make_document
from tests.journeys.drawing.reading import SVG, parse, texts_of


def _dashes(svg: str) -> list[bool]:
    """For each piece of the line whether it is dashed."""
    lines = [
        path
        for path in parse(svg).iter(f"{SVG}path")
        if (path.get("stroke") or "").startswith("url(")
    ]
    return ["stroke-dasharray" in line.attrib for line in lines]


@pytest.mark.parametrize(
    ("bases", "dashes"),
    [
        ((30, 40, 50), [False, False]),
        ((30, 10, 50), [True, True]),
        ((30, 29, 50, 60), [True, True, False]),
        ((30, 9, 50), []),
        ((30, 4, 50, 60), [False]),
        ((8, 7), []),
        ((99,), []),
    ],
)
def test_line_is_dashed_where_small_and_broken_where_smaller(
    bases: tuple[int, ...], dashes: list[bool]
) -> None:
    columns = [make_column(f"t{n}", base) for n, base in enumerate(bases)]

    assert _dashes(draw_map(make_document(*columns))) == dashes


def test_line_breaks_where_nobody_gave_a_rating() -> None:
    columns = [make_column("a"), make_column("b", emotion=None), make_column("c")]

    svg = draw_map(make_document(*columns))

    assert _dashes(svg) == []
    assert "geen oordeel" in texts_of(svg)


def test_indicative_point_is_marked() -> None:
    texts = texts_of(draw_map(make_document(make_column(base=7))))

    assert {"+0,4", "indicatief", "7"} <= set(texts)


@pytest.mark.parametrize(
    ("mean", "mood"),
    [
        (2, "very-positive"),
        (1.25, "positive"),  # printed as 1,2
        (1.3, "very-positive"),
        (0.46, "positive"),  # printed as 0,5
        (0.44, "neutral"),
        (-0.44, "neutral"),
        (-0.46, "negative"),
        (-1.2, "negative"),
        (-1.3, "very-negative"),
        (-2, "very-negative"),
    ],
)
def test_mood_agrees_with_the_printed_mean(mean: float, mood: str) -> None:
    assert mood_of(mean) == mood


def test_curve_never_leaves_the_range_of_its_points() -> None:
    path = smooth_path([(0, 0), (10, 5), (20, 5), (30, -3)])

    assert path == [
        "0,0",
        "C3.33,2.5 6.67,5 10,5",
        "C13.33,5 16.67,5 20,5",
        "C23.33,5 26.67,1 30,-3",
    ]


def test_emotion_at_the_ends_of_the_scale_stays_in_its_lane() -> None:
    columns = [
        make_column("a", emotion=Emotion(2, 2, 2)),
        make_column("b", emotion=Emotion(-2, -2, -2), level=Level.INDICATIVE),
    ]
    document = make_document(*columns)

    lanes = {lane.lane.kind: lane for lane in lay_out(document, DUTCH).lanes}
    texts = {
        e.text: float(e.get("y", "0"))
        for e in parse(draw_map(document)).iter(f"{SVG}text")
    }

    below = lanes["base"].top
    assert lanes["emotion"].top < texts["+2,0"] < texts["−2,0"] < texts["indicatief"]
    assert texts["indicatief"] < below
