"""The lanes of text: what stands in each cell, and how high the lane must be."""

from collections.abc import Callable
from dataclasses import dataclass

from survey_app.journeys.document import Column, Level, MapDocument
from survey_app.journeys.drawing.text import TextStyle, wrap
from survey_app.journeys.drawing.words import MapWords

CELL = TextStyle(12.5)
QUOTE = TextStyle(12.5, italic=True)
OWNER = TextStyle(12.5, role="accent")
NO_OWNER = TextStyle(12.5, weight=600, role="danger")
BASE = TextStyle(12.5, role="soft")

LANES = ("actions", "emotion", "shares", "quotes", "wishes", "owner", "base")
CURVE = "emotion"
SHARES = "shares"
DRAWN = {CURVE: 268.0, SHARES: 44.0}  # lanes that hold a drawing, with their heights
CURVE_WITHOUT_POINTS = 84.0
ABOVE = 14.0
BELOW = 12.0
BETWEEN_ITEMS = 7.0
QUOTE_MARK = 12.0  # room for the bar above a quote that tells its polarity
MOST_ITEMS = 2
ITEM_LINES = 3
QUOTE_LINES = 4
OWNER_LINES = 2


@dataclass(frozen=True, slots=True)
class CellLine:
    text: str
    style: TextStyle
    baseline: float  # below the top of the lane


Cell = tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    kind: str
    cells: tuple[Cell, ...]
    height: float


def make_lanes(
    document: MapDocument, columns: tuple[Column, ...], words: MapWords, width: float
) -> tuple[Lane, ...]:
    """Every lane that has something to say, top to bottom."""
    lanes = []
    for kind in LANES:
        if kind in DRAWN:
            cells: tuple[Cell, ...] = ((),) * len(columns)
        else:
            cells = tuple(CELLS[kind](column, words, width) for column in columns)
        if any(IS_FILLED[kind](column) for column in document.columns):
            lanes.append(Lane(kind, cells, _height(kind, cells, columns)))
    return tuple(lanes)


def _height(kind: str, cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> float:
    if kind == CURVE and not any(column.emotion for column in columns):
        return CURVE_WITHOUT_POINTS
    lowest = max((line.baseline for cell in cells for line in cell), default=0.0)
    return DRAWN.get(kind, lowest + BELOW)


def _stack(items: list[tuple[str, ...]], style: TextStyle, top: float) -> Cell:
    lines = []
    baseline = top
    for item in items:
        for text in item:
            baseline += style.line_height
            lines.append(CellLine(text, style, baseline - 3))
        baseline += BETWEEN_ITEMS
    return tuple(lines)


def _items(texts: tuple[str, ...], width: float) -> Cell:
    wrapped = [wrap(text, CELL, width, ITEM_LINES) for text in texts[:MOST_ITEMS]]
    return _stack(wrapped, CELL, ABOVE)


def _actions(column: Column, _words: MapWords, width: float) -> Cell:
    return _items(column.actions, width)


def _wishes(column: Column, _words: MapWords, width: float) -> Cell:
    return _items(column.wishes, width)


def _quote(column: Column, _words: MapWords, width: float) -> Cell:
    if not column.quotes:
        return ()
    said = wrap(f"“{column.quotes[0].text.strip()}", QUOTE, width, QUOTE_LINES, end="”")
    return _stack([said], QUOTE, ABOVE + QUOTE_MARK)


def _owner(column: Column, words: MapWords, width: float) -> Cell:
    style = OWNER if column.owner else NO_OWNER
    name = wrap(column.owner or words.no_owner, style, width, OWNER_LINES)
    return _stack([name], style, ABOVE)


def _base(column: Column, words: MapWords, _width: float) -> Cell:
    return _stack([(words.count(column.base),)], BASE, ABOVE)


CELLS: dict[str, Callable[[Column, MapWords, float], Cell]] = {
    "actions": _actions,
    "quotes": _quote,
    "wishes": _wishes,
    "owner": _owner,
    "base": _base,
}

IS_FILLED: dict[str, Callable[[Column], bool]] = {
    "actions": lambda column: bool(column.actions),
    "emotion": lambda column: bool(column.emotion) or column.level is Level.HIDDEN,
    "shares": lambda column: bool(column.shares),
    "quotes": lambda column: bool(column.quotes),
    "wishes": lambda column: bool(column.wishes),
    "owner": lambda column: bool(column.owner),
    "base": lambda column: column.base is not None,
}
