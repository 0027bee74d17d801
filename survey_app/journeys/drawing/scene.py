"""What every part of the drawing needs to know."""

from collections.abc import Callable
from dataclasses import dataclass

from survey_app.journeys.document import MapDocument
from survey_app.journeys.drawing.layout import Layout
from survey_app.journeys.drawing.theme import Theme
from survey_app.journeys.drawing.words import MapWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    document: MapDocument
    words: MapWords
    theme: Theme
    layout: Layout
    prefix: str  # of every id, so that two maps may stand on one page
    link_for: Callable[[str], str] | None = None
