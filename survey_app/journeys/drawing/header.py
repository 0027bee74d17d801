"""The top of the map: title, phases that point to the next, touchpoints."""

from survey_app.journeys.document import MapDocument
from survey_app.journeys.drawing.faces import draw_shape
from survey_app.journeys.drawing.layout import (
    CELL_MARGIN,
    CHEVRON,
    MARGIN,
    NAME_TOP,
    PHASE_BASE,
    PHASE_NAME,
    TITLE_HEIGHT,
    PlacedColumn,
    PlacedPhase,
)
from survey_app.journeys.drawing.scene import Scene
from survey_app.journeys.drawing.svg import clean, element, number
from survey_app.journeys.drawing.text import TextStyle, draw_text, wrap
from survey_app.journeys.drawing.theme import Theme, paint
from survey_app.journeys.drawing.words import MapWords

KICKER = TextStyle(12.5, weight=600, role="accent", anchor="start")
TITLE = TextStyle(26, weight=700, anchor="start")
SUBTITLE = TextStyle(14, role="soft", anchor="start")
KICKER_BASELINE, TITLE_BASELINE, SUBTITLE_BASELINE = 28.0, 55.0, 79.0


def heading(document: MapDocument, words: MapWords) -> str:
    return document.persona.name if document.persona else words.everyone


def subtitle(document: MapDocument, words: MapWords) -> str:
    """State, wave with its dates, and for how many people the map speaks."""
    wave = words.wave(document.wave) if document.wave else ""
    parts = (words.state[document.state], wave, _who(document, words))
    return " · ".join(part for part in parts if part)


def _who(document: MapDocument, words: MapWords) -> str:
    persona = document.persona
    base = words.base_of(persona.base if persona else document.base)
    if persona is None or persona.share is None:
        return base
    share = words.share_of_all.format(share=words.percentage(persona.share))
    interval = words.percentage_range(persona.interval) if persona.interval else ""
    return f"{base}, {share} ({interval})" if interval else f"{base}, {share}"


def draw_title(
    document: MapDocument, words: MapWords, theme: Theme, width: float
) -> str:
    lines = [
        (KICKER_BASELINE, document.title, KICKER),
        (TITLE_BASELINE, heading(document, words), TITLE),
        (SUBTITLE_BASELINE, subtitle(document, words), SUBTITLE),
    ]
    if clean(document.title) == clean(heading(document, words)):
        lines = lines[1:]
    room = width - 2 * MARGIN
    return "".join(
        draw_text(theme, (MARGIN, baseline), line, style)
        for baseline, text, style in lines
        for line in wrap(text, style, room, 1)
    )


def draw_phase(scene: Scene, placed: PlacedPhase) -> str:
    layout = scene.layout
    band = element(
        "rect",
        x=placed.left,
        y=layout.band_top,
        width=placed.width,
        height=layout.bottom - layout.band_top,
        rx=10,
        **paint(scene.theme, fill=placed.tint),
    )
    head = element(
        "path", d=_chevron(scene, placed), **paint(scene.theme, fill=placed.head)
    )
    return band + head + _phase_text(scene, placed)


def _chevron(scene: Scene, placed: PlacedPhase) -> str:
    """A band that points to the next phase and receives the point of the one before."""
    left, right = placed.left, placed.left + placed.width
    top, height = TITLE_HEIGHT, scene.layout.head_height
    notch = CHEVRON if left > scene.layout.left else 0.0
    points = [
        (left, top),
        (right, top),
        (right + CHEVRON, top + height / 2),
        (right, top + height),
        (left, top + height),
        (left + notch, top + height / 2),
    ]
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points) + " Z"


def _phase_text(scene: Scene, placed: PlacedPhase) -> str:
    left = placed.left + CHEVRON + CELL_MARGIN
    base = scene.words.base_of(placed.phase.base)
    baseline = TITLE_HEIGHT + 25
    names = "".join(
        draw_text(scene.theme, (left, baseline + 18 * line), text, PHASE_NAME)
        for line, text in enumerate(placed.name)
    )
    if scene.layout.base_beside_name:
        at = (placed.left + placed.width - CELL_MARGIN, baseline)
        return names + draw_text(scene.theme, at, base, PHASE_BASE)
    at = (left, baseline + 18 * len(placed.name))
    style = TextStyle(PHASE_BASE.size, role=PHASE_BASE.role, anchor="start")
    return names + draw_text(scene.theme, at, base, style)


def draw_touchpoint(scene: Scene, placed: PlacedColumn) -> str:
    top, style = scene.layout.band_top, scene.layout.name_style
    shape = draw_shape(scene.theme, (placed.center, top + 21), placed.column.ownership)
    baselines = (
        top + NAME_TOP + line * style.line_height for line in range(len(placed.name))
    )
    return shape + "".join(
        draw_text(scene.theme, (placed.center, baseline), text, style)
        for text, baseline in zip(placed.name, baselines, strict=True)
    )
