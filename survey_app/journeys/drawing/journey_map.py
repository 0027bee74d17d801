"""The whole picture: a journey-map document in, one SVG out."""

from collections.abc import Callable

from survey_app.journeys.document import MapDocument
from survey_app.journeys.drawing.cells import draw_cell, draw_lane_frame
from survey_app.journeys.drawing.curve import draw_curve
from survey_app.journeys.drawing.empty import HEIGHT, WIDTH, draw_empty
from survey_app.journeys.drawing.footer import (
    draw_callout,
    draw_frame,
    draw_legend,
    draw_note,
    draw_source,
)
from survey_app.journeys.drawing.header import draw_phase, draw_title, draw_touchpoint
from survey_app.journeys.drawing.lanes import CURVE
from survey_app.journeys.drawing.layout import PlacedColumn, lay_out
from survey_app.journeys.drawing.scene import Scene
from survey_app.journeys.drawing.story import tell_column, tell_story, tell_title
from survey_app.journeys.drawing.svg import clean, content, element
from survey_app.journeys.drawing.theme import THEMES, paint
from survey_app.journeys.drawing.vocabulary import WORDS
from survey_app.journeys.drawing.words import MapWords

FONT_FAMILY = (
    "Inter, system-ui, Segoe UI, Roboto, Helvetica, Arial, Liberation Sans, sans-serif"
)


def draw_map(
    document: MapDocument,
    *,
    theme: str = "light",
    prefix: str = "map",
    link_for: Callable[[str], str] | None = None,
    words: MapWords | None = None,
) -> str:
    """Draw the map as SVG; the same document always gives the same text.

    ``prefix`` starts every id. ``link_for`` gives the address of a touchpoint's page;
    with it the picture is a group whose links a screen reader can reach.
    """
    spoken = words or WORDS[document.language]
    colours = THEMES[theme]
    if document.columns:
        scene = Scene(
            document=document,
            words=spoken,
            theme=colours,
            layout=lay_out(document, spoken),
            prefix=prefix,
            link_for=link_for,
        )
        body, width, height = _draw_scene(scene)
    else:
        body, width, height = draw_empty(document, spoken, colours), WIDTH, HEIGHT
    paper = element("rect", width=width, height=height, **paint(colours, fill="paper"))
    told = _tell(document, spoken, prefix)
    return _root(
        told + paper + body,
        (width, height),
        prefix=prefix,
        language=spoken.language,
        # The children of an image are hidden from a screen reader, links included.
        role="group" if link_for and document.columns else "img",
    )


def _root(
    body: str, size: tuple[float, float], *, prefix: str, language: str, role: str
) -> str:
    width, height = (f"{side:.0f}" for side in size)
    return element(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role=role,
        lang=language,
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-story",
        font_family=FONT_FAMILY,
        class_="journey-map",
    )


def _tell(document: MapDocument, words: MapWords, prefix: str) -> str:
    title, story = tell_title(document, words), tell_story(document, words)
    return element("title", content(title), id=f"{prefix}-title") + element(
        "desc", content(story), id=f"{prefix}-story"
    )


def _draw_scene(scene: Scene) -> tuple[str, float, float]:
    layout = scene.layout
    parts = [draw_title(scene.document, scene.words, scene.theme, layout.width)]
    parts += [draw_phase(scene, phase) for phase in layout.phases]
    parts += [draw_lane_frame(scene, lane) for lane in layout.lanes]
    parts += [draw_curve(scene, ln) for ln in layout.lanes if ln.lane.kind == CURVE]
    parts += [_draw_column(scene, *pair) for pair in enumerate(layout.columns)]
    foot, height = _draw_foot(scene)
    return "".join([*parts, foot]), layout.width, height


def _draw_column(scene: Scene, place: int, placed: PlacedColumn) -> str:
    parts = [draw_touchpoint(scene, placed)]
    parts += [
        draw_cell(scene, placed, lane, lane.lane.cells[place])
        for lane in scene.layout.lanes
    ]
    if scene.link_for is None:
        return element("g", *parts)
    return element(
        "a",
        _touch_area(scene, placed),
        *parts,
        href=scene.link_for(placed.column.touchpoint),
        aria_label=clean(tell_column(placed.column, scene.words)),
    )


def _touch_area(scene: Scene, placed: PlacedColumn) -> str:
    """The whole column answers to a pointer, not only its letters."""
    layout = scene.layout
    return element(
        "rect",
        x=placed.center - layout.column_width / 2,
        y=layout.band_top,
        width=layout.column_width,
        height=layout.bottom - layout.band_top,
        fill="transparent",
    )


def _draw_foot(scene: Scene) -> tuple[str, float]:
    worst = scene.document.bottleneck
    if worst:
        found = (
            column
            for column in scene.layout.columns
            if column.column.touchpoint == worst.touchpoint
        )
        placed = next(found)
        frame = draw_frame(scene, placed, worst)
        told, height = draw_callout(scene, placed, worst.sentence)
        told = frame + told
    else:
        told, height = draw_note(scene)
    top = scene.layout.bottom + height
    legend, legend_height = draw_legend(scene, top)
    source, source_height = draw_source(scene, top + legend_height)
    return told + legend + source, top + legend_height + source_height
