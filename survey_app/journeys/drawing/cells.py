"""Drawing the lanes of text, the split of opinions, and the lane titles."""

from survey_app.journeys.document import Column, Polarity, Shares
from survey_app.journeys.drawing.lanes import ABOVE, SHARES, Cell
from survey_app.journeys.drawing.layout import GUTTER, MARGIN, PlacedColumn, PlacedLane
from survey_app.journeys.drawing.scene import Scene
from survey_app.journeys.drawing.svg import element, titled
from survey_app.journeys.drawing.text import TextStyle, draw_text, wrap
from survey_app.journeys.drawing.theme import paint
from survey_app.journeys.drawing.words import MapWords

LANE_TITLE = TextStyle(13, weight=600, role="accent", anchor="start")
BAR_WIDTH, BAR_HEIGHT = 96.0, 9.0
QUOTE_BAR = (26.0, 3.0)


def draw_lane_frame(scene: Scene, placed: PlacedLane) -> str:
    """The rule above a lane, and its title."""
    rule = element(
        "line",
        x1=MARGIN,
        x2=scene.layout.right,
        y1=placed.top,
        y2=placed.top,
        stroke_width=1,
        **paint(scene.theme, stroke="rule"),
    )
    name = scene.words.lanes[placed.lane.kind]
    title = wrap(name, LANE_TITLE, GUTTER - 8, 1)[0]
    at = (MARGIN, placed.top + ABOVE + 13)
    return rule + draw_text(scene.theme, at, title, LANE_TITLE)


def draw_cell(scene: Scene, placed: PlacedColumn, lane: PlacedLane, cell: Cell) -> str:
    if lane.lane.kind == SHARES:
        return _draw_shares(scene, placed, lane)
    if not cell:
        return ""
    lines = [
        draw_text(
            scene.theme,
            (placed.center, lane.top + line.baseline),
            line.text,
            line.style,
        )
        for line in cell
    ]
    quotes = placed.column.quotes if lane.lane.kind == "quotes" else ()
    if quotes:
        lines.append(_quote_bar(scene, placed.center, lane.top, quotes[0].polarity))
    language = quotes[0].language if quotes else None
    full = full_text(placed.column, lane.lane.kind, scene.words)
    return titled(full, *lines, lang=language)


def full_text(column: Column, kind: str, words: MapWords) -> str:
    """All that is said in a cell, also what the picture had no room for."""
    said = {
        "actions": column.actions,
        "wishes": column.wishes,
        "quotes": tuple(
            f"“{q.text}” ({words.polarity[q.polarity]})" for q in column.quotes
        ),
    }
    return f"{column.label} – {words.lanes[kind]}: " + "; ".join(
        said.get(kind, (column.owner or words.no_owner,))
        if kind != "base"
        else (words.base_of(column.base),)
    )


def _quote_bar(scene: Scene, center: float, top: float, polarity: Polarity) -> str:
    width, height = QUOTE_BAR
    return element(
        "rect",
        x=center - width / 2,
        y=top + ABOVE,
        width=width,
        height=height,
        rx=height / 2,
        **paint(scene.theme, fill=polarity.value),
    )


def _draw_shares(scene: Scene, placed: PlacedColumn, lane: PlacedLane) -> str:
    shares = placed.column.shares
    if shares is None:
        return ""
    width = min(BAR_WIDTH, scene.layout.column_width - 30)
    left = placed.center - width / 2
    bars = []
    for polarity in Polarity:
        part = getattr(shares, polarity).value * width
        bars.append(_bar(scene, left, lane.top + 17, part, polarity))
        left += part
    return titled(_shares_text(placed.column.label, shares, scene.words), *bars)


def _bar(scene: Scene, left: float, top: float, width: float, role: str) -> str:
    if width < 1:
        return ""
    return element(
        "rect",
        x=left,
        y=top,
        width=max(width - 1.5, 1.0),
        height=BAR_HEIGHT,
        rx=1.5,
        **paint(scene.theme, fill=role),
    )


def _shares_text(label: str, shares: Shares, words: MapWords) -> str:
    parts = []
    for polarity in Polarity:
        share = words.percentage(getattr(shares, polarity).value)
        parts.append(f"{share} {words.polarity[polarity]}")
    return f"{label}: {', '.join(parts)}"
