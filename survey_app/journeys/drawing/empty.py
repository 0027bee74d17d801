"""What stands in the place of a map as long as nobody has answered."""

from itertools import pairwise

from survey_app.journeys.document import MapDocument
from survey_app.journeys.drawing.curve import SCALE_MOODS
from survey_app.journeys.drawing.faces import draw_face
from survey_app.journeys.drawing.header import draw_title
from survey_app.journeys.drawing.layout import MARGIN, TITLE_HEIGHT
from survey_app.journeys.drawing.svg import element, number
from survey_app.journeys.drawing.text import TextStyle, draw_text, wrap
from survey_app.journeys.drawing.theme import Theme, paint
from survey_app.journeys.drawing.words import MapWords

WIDTH, HEIGHT = 900.0, 440.0
PROMISE = TextStyle(18, weight=600, anchor="start")
STEP = TextStyle(14.5, anchor="start")
NUMBER = TextStyle(14, weight=700, role="accent")
# A journey to come: where the pale faces stand, and in what mood.
GHOSTS = ((110, 60, 1), (280, 84, 2), (450, 44, 0), (620, 112, 3), (790, 56, 1))


def draw_empty(document: MapDocument, words: MapWords, theme: Theme) -> str:
    title = draw_title(document, words, theme, WIDTH)
    panel = element(
        "rect",
        x=MARGIN,
        y=TITLE_HEIGHT,
        width=WIDTH - 2 * MARGIN,
        height=HEIGHT - TITLE_HEIGHT - MARGIN,
        rx=14,
        **paint(theme, fill="phase-1"),
    )
    at = (MARGIN + 30, TITLE_HEIGHT + 186)
    promise = draw_text(theme, at, words.empty_title, PROMISE)
    return title + panel + _ghost(theme) + promise + _steps(words, theme, at[1] + 36)


def _ghost(theme: Theme) -> str:
    places = [(x, TITLE_HEIGHT + y) for x, y, _ in GHOSTS]
    path = f"M{number(places[0][0])} {number(places[0][1])}"
    for (x0, y0), (x1, y1) in pairwise(places):
        middle = number((x0 + x1) / 2)
        path += (
            f" C{middle} {number(y0)} {middle} {number(y1)} {number(x1)} {number(y1)}"
        )
    line = element(
        "path",
        d=path,
        stroke_width=3,
        stroke_dasharray="3 8",
        stroke_linecap="round",
        **paint(theme, fill="none", stroke="neutral"),
    )
    faces = (
        draw_face(theme, at, SCALE_MOODS[mood])
        for at, (_, _, mood) in zip(places, GHOSTS, strict=True)
    )
    return element("g", line, *faces, opacity=0.45)


def _steps(words: MapWords, theme: Theme, top: float) -> str:
    parts = []
    for place, step in enumerate(words.empty_steps):
        y = top + 30 * place
        mark = (MARGIN + 37, y)
        parts.append(draw_text(theme, mark, str(place + 1), NUMBER))
        line = wrap(step, STEP, WIDTH - 2 * MARGIN - 80, 1)[0]
        parts.append(draw_text(theme, (MARGIN + 56, y), line, STEP))
    return "".join(parts)
