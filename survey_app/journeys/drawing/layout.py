"""Where everything stands: columns, phases and lanes, in the units of the picture."""

from dataclasses import dataclass, replace
from itertools import groupby

from survey_app.journeys.document import Column, MapDocument, Phase
from survey_app.journeys.drawing.lanes import Lane, make_lanes
from survey_app.journeys.drawing.text import TextStyle, text_width, wrap
from survey_app.journeys.drawing.theme import PHASE_TINTS
from survey_app.journeys.drawing.words import MapWords

MARGIN = 28.0
GUTTER = 130.0  # lane titles
PHASE_GAP = 8.0
CHEVRON = 11.0  # how far a phase points into the next
CELL_MARGIN = 9.0
NAME_MARGIN = 5.0
WIDEST_TEXT = 300.0
NARROWEST, WIDEST = 134.0, 270.0
COLUMNS_WIDTH = 1440.0
SMALLEST_PICTURE = 860.0
TITLE_HEIGHT = 96.0
NAME_TOP = 44.0  # first baseline of a touchpoint's name, below its shape
NAME_LINES = 3
PHASE_LINES = 2

PHASE_NAME = TextStyle(15, weight=700, anchor="start")
PHASE_BASE = TextStyle(12.5, role="soft", anchor="end")
TOUCHPOINT = TextStyle(13, weight=600)
SMALLER_NAMES = (12.5, 12.0, 11.5, 11.0)  # tried before a name is broken inside


@dataclass(frozen=True, slots=True)
class PlacedPhase:
    phase: Phase
    number: int
    left: float
    width: float
    name: tuple[str, ...]

    @property
    def tint(self) -> str:
        return f"phase-{self.number % PHASE_TINTS + 1}"

    @property
    def head(self) -> str:
        return f"head-{self.number % PHASE_TINTS + 1}"


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    column: Column
    phase: PlacedPhase
    center: float
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedLane:
    lane: Lane
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    width: float
    column_width: float
    phases: tuple[PlacedPhase, ...]
    columns: tuple[PlacedColumn, ...]
    name_style: TextStyle
    lanes: tuple[PlacedLane, ...]
    head_height: float
    base_beside_name: bool
    band_top: float
    bottom: float

    @property
    def left(self) -> float:
        return MARGIN + GUTTER

    @property
    def right(self) -> float:
        return self.width - MARGIN


def lay_out(document: MapDocument, words: MapWords) -> Layout:
    groups = _columns_by_phase(document)
    columns = tuple(column for _, group in groups for column in group)
    width = _column_width(len(columns), len(groups))
    beside = all(_fits_beside(p, len(g) * width, words) for p, g in groups)
    order = [phase.code for phase in document.phases]
    phases = _place_phases(groups, order, width)
    name_style = _name_style(columns, width)
    placed = _place_columns(groups, phases, name_style, width)
    lines = max(len(phase.name) for phase in phases)
    head = 40.0 if beside else 22.0 + 18 * (lines + 1)
    band_top = TITLE_HEIGHT + head + 6
    name_lines = max(len(column.name) for column in placed)
    first_lane = band_top + NAME_TOP + name_style.line_height * name_lines + 2
    room = min(width - 2 * CELL_MARGIN, WIDEST_TEXT)
    lanes = make_lanes(document, columns, words, room)
    tops = _tops(lanes, first_lane)
    return Layout(
        width=phases[-1].left + phases[-1].width + CHEVRON + MARGIN,
        column_width=width,
        phases=phases,
        columns=placed,
        name_style=name_style,
        lanes=tuple(PlacedLane(*pair) for pair in zip(lanes, tops, strict=False)),
        head_height=head,
        base_beside_name=beside,
        band_top=band_top,
        bottom=tops[-1] + 18,
    )


def _tops(lanes: tuple[Lane, ...], first: float) -> list[float]:
    """The top of each lane, and last where the lanes end."""
    tops = [first]
    for lane in lanes:
        tops.append(tops[-1] + lane.height)
    return tops


def _columns_by_phase(document: MapDocument) -> list[tuple[Phase, list[Column]]]:
    """Columns in the order of the phases; a phase without touchpoints is left out."""
    order = {phase.code: number for number, phase in enumerate(document.phases)}
    columns = sorted(document.columns, key=lambda column: order[column.phase])
    grouped = groupby(columns, key=lambda column: order[column.phase])
    return [(document.phases[number], list(group)) for number, group in grouped]


def _column_width(columns: int, phases: int) -> float:
    width = min(max(COLUMNS_WIDTH / columns, NARROWEST), WIDEST)
    around = 2 * MARGIN + GUTTER + CHEVRON + PHASE_GAP * (phases - 1)
    return round(max(width, (SMALLEST_PICTURE - around) / columns), 1)


def _fits_beside(phase: Phase, width: float, words: MapWords) -> bool:
    base = text_width(words.base_of(phase.base), PHASE_BASE)
    name = text_width(phase.name, PHASE_NAME)
    return name + base + 3 * CHEVRON + 2 * CELL_MARGIN <= width


def _name_style(columns: tuple[Column, ...], width: float) -> TextStyle:
    """The largest type in which every word of every name fits its column."""
    words = [word for column in columns for word in column.label.split()]
    room = width - 2 * NAME_MARGIN
    for size in (TOUCHPOINT.size, *SMALLER_NAMES):
        style = replace(TOUCHPOINT, size=size)
        if all(text_width(word, style) <= room for word in words):
            return style
    return TOUCHPOINT


def _place_phases(
    groups: list[tuple[Phase, list[Column]]], order: list[str], column_width: float
) -> tuple[PlacedPhase, ...]:
    placed = []
    left = MARGIN + GUTTER
    for phase, columns in groups:
        number = order.index(phase.code)  # keeps its colour where others are absent
        width = column_width * len(columns)
        room = width - 2 * CHEVRON - CELL_MARGIN
        name = wrap(phase.name, PHASE_NAME, room, PHASE_LINES)
        placed.append(PlacedPhase(phase, number, left, width, name))
        left += width + PHASE_GAP
    return tuple(placed)


def _place_columns(
    groups: list[tuple[Phase, list[Column]]],
    phases: tuple[PlacedPhase, ...],
    style: TextStyle,
    width: float,
) -> tuple[PlacedColumn, ...]:
    room = min(width - 2 * NAME_MARGIN, WIDEST_TEXT)
    return tuple(
        PlacedColumn(
            column,
            phase,
            phase.left + width * (place + 0.5),
            wrap(column.label, style, room, NAME_LINES),
        )
        for (_, columns), phase in zip(groups, phases, strict=True)
        for place, column in enumerate(columns)
    )
