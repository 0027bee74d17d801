"""The emotion lane: scale, band, line, faces and figures.

Height, colour and figure say the same thing; the line breaks where a figure is missing
and is dashed where the base is small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey_app.journeys.document import Level
from survey_app.journeys.drawing.faces import RADIUS, draw_face, mood_of
from survey_app.journeys.drawing.layout import Layout, PlacedColumn, PlacedLane
from survey_app.journeys.drawing.scene import Scene
from survey_app.journeys.drawing.smooth import smooth_path
from survey_app.journeys.drawing.svg import element
from survey_app.journeys.drawing.text import TextStyle, draw_text, wrap
from survey_app.journeys.drawing.theme import CLASS_PREFIX, paint

UNIT = 42.0  # height of one point of the scale
TOP = 46.0  # room for a face at +2, and for the title of the lane
SCALE = (2, 1, 0, -1, -2)
SCALE_MOODS = ("very-positive", "positive", "neutral", "negative", "very-negative")
JOINED = {Level.SHOWN, Level.SMALL}
CAPSULE = 30.0  # half the width of an interval that has no neighbours

AXIS = TextStyle(11.5, role="soft", anchor="end")
VALUE = TextStyle(13.5, weight=700)
NOTE = TextStyle(11.5, italic=True, role="soft")


@dataclass(frozen=True, slots=True)
class Point:
    placed: PlacedColumn
    x: float
    y: float
    high: float  # of the interval: on the picture the smaller number
    low: float

    @property
    def level(self) -> Level:
        return self.placed.column.level


def draw_curve(scene: Scene, lane: PlacedLane) -> str:
    points = _points(scene.layout, lane.top)
    if not any(points):
        return "".join(_without_figure(scene, p, lane) for p in scene.layout.columns)
    runs = _runs(points)
    return "".join(
        [
            _gradient(scene, lane.top),
            _scale(scene, lane.top),
            *(_band(scene, run) for run in runs),
            *(_line(scene, run) for run in runs if len(run) > 1),
            *(
                _figure(scene, point) if point else _without_figure(scene, column, lane)
                for point, column in zip(points, scene.layout.columns, strict=True)
            ),
        ]
    )


def _height(top: float, value: float) -> float:
    return top + TOP + (2 - value) * UNIT


def _points(layout: Layout, top: float) -> list[Point | None]:
    return [
        Point(
            placed,
            placed.center,
            _height(top, emotion.mean),
            _height(top, emotion.high),
            _height(top, emotion.low),
        )
        if (emotion := placed.column.emotion)
        else None
        for placed in layout.columns
    ]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Points that a line may join; an indicative point stands alone."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point and point.level in JOINED:
            runs[-1].append(point)
        else:
            runs.extend([[point], []] if point else [[]])
    return [run for run in runs if run]


def _gradient(scene: Scene, top: float) -> str:
    stops = (
        element(
            "stop",
            offset=place / (len(SCALE_MOODS) - 1),
            stop_color=scene.theme[mood],
            class_=f"{CLASS_PREFIX}stop-color-{mood}",
        )
        for place, mood in enumerate(SCALE_MOODS)
    )
    return element(
        "linearGradient",
        *stops,
        id=f"{scene.prefix}-mood",
        gradientUnits="userSpaceOnUse",
        x1=0.0,
        x2=0.0,
        y1=_height(top, SCALE[0]),
        y2=_height(top, SCALE[-1]),
    )


def _scale(scene: Scene, top: float) -> str:
    words = scene.words
    ends = {2: words.scale_top, 0: words.scale_middle, -2: words.scale_bottom}
    parts = []
    for value, mood in zip(SCALE, SCALE_MOODS, strict=True):
        y = _height(top, value)
        parts.append(
            element(
                "line",
                x1=scene.layout.left,
                x2=scene.layout.right,
                y1=y,
                y2=y,
                stroke_width=1.5 if value == 0 else 1,
                stroke_dasharray=None if value == 0 else "2 5",
                stroke_opacity=0.35 if value == 0 else 0.28,
                **paint(scene.theme, stroke="ink"),
            )
        )
        face = (scene.layout.left - 14, y)
        parts.append(draw_face(scene.theme, face, mood, scale=0.42))
        if value in ends:
            at = (scene.layout.left - 27, y + 4)
            parts.append(draw_text(scene.theme, at, ends[value], AXIS))
    return "".join(parts)


def _band(scene: Scene, run: list[Point]) -> str:
    mood = f"url(#{scene.prefix}-mood)"
    if len(run) == 1:
        point = run[0]
        return element(
            "rect",
            x=point.x - CAPSULE,
            y=point.high,
            width=2 * CAPSULE,
            height=point.low - point.high,
            rx=3,
            fill=mood,
            fill_opacity=0.22,
        )
    over = smooth_path([(point.x, point.high) for point in run])
    under = smooth_path([(point.x, point.low) for point in reversed(run)])
    shape = f"M{over[0]} {' '.join(over[1:])} L{under[0]} {' '.join(under[1:])} Z"
    return element("path", d=shape, fill=mood, fill_opacity=0.22)


def _line(scene: Scene, run: list[Point]) -> str:
    start, *curves = smooth_path([(point.x, point.y) for point in run])
    parts = []
    for (first, second), curve in zip(pairwise(run), curves, strict=True):
        small = Level.SMALL in {first.level, second.level}
        parts.append(
            element(
                "path",
                d=f"M{start} {curve}",
                fill="none",
                stroke=f"url(#{scene.prefix}-mood)",
                stroke_width=3.5,
                stroke_dasharray="7 6" if small else None,
                stroke_linecap="butt" if small else "round",
            )
        )
        start = curve.rsplit(" ", 1)[-1]
    return "".join(parts)


def _figure(scene: Scene, point: Point) -> str:
    column, tint = point.placed.column, point.placed.phase.tint
    if column.emotion is None:  # a point exists only where there is an emotion
        return ""
    mood = mood_of(column.emotion.mean)
    face = draw_face(
        scene.theme, (point.x, point.y), mood, level=column.level, behind=tint
    )
    under = point.y + RADIUS + VALUE.size + 2
    value = scene.words.score(column.emotion.mean)
    drawn = face + draw_text(scene.theme, (point.x, under), value, VALUE, tint)
    if column.level is Level.INDICATIVE:
        at = (point.x, under + NOTE.line_height)
        drawn += draw_text(scene.theme, at, scene.words.indicative, NOTE, tint)
    return drawn


def _without_figure(scene: Scene, placed: PlacedColumn, lane: PlacedLane) -> str:
    hidden = placed.column.level is Level.HIDDEN
    words = scene.words.too_few if hidden else scene.words.no_score
    lines = wrap(words, NOTE, scene.layout.column_width - 24, 2)
    points = any(column.column.emotion for column in scene.layout.columns)
    above_zero = _height(lane.top, 0) - 8
    last = above_zero if points else lane.top + lane.lane.height / 2 + 10
    first = last - (len(lines) - 1) * NOTE.line_height
    return "".join(
        draw_text(
            scene.theme,
            (placed.center, first + place * NOTE.line_height),
            line,
            NOTE,
            placed.phase.tint,
        )
        for place, line in enumerate(lines)
    )
