"""Draws a journey-map document as one SVG picture."""

from survey_app.journeys.drawing.journey_map import draw_map
from survey_app.journeys.drawing.theme import THEMES, stylesheet
from survey_app.journeys.drawing.vocabulary import DUTCH, ENGLISH
from survey_app.journeys.drawing.words import MapWords

__all__ = ["DUTCH", "ENGLISH", "THEMES", "MapWords", "draw_map", "stylesheet"]
