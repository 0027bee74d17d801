"""The journey map as PNG and PDF, the same on every machine.

vl-convert carries Liberation Sans, which knows every letter of Dutch and English and
signs such as €, −, “ ” and …; it is asked for by name, so that no system font is needed
and none changes the picture. Scripts it lacks (emoji, Chinese) use a system font where
there is one.
"""

import vl_convert

from survey_app.journeys.drawing.journey_map import FONT_FAMILY

PICTURE_FONT = "Liberation Sans"
CRISP = 2.0  # pixels for each unit of the drawing
PIXELS_PER_INCH = 72.0  # the unit of the drawing, so that the scale alone decides


def svg_to_png(svg: str, *, scale: float = CRISP) -> bytes:
    """Draw the pixels; ``scale`` pixels for each unit of the SVG."""
    png: bytes = vl_convert.svg_to_png(
        _with_own_font(svg), scale=scale, ppi=PIXELS_PER_INCH
    )
    return png


def svg_to_pdf(svg: str) -> bytes:
    """One page of the size of the SVG, with selectable text and its fonts inside."""
    pdf: bytes = vl_convert.svg_to_pdf(_with_own_font(svg))
    return pdf


def _with_own_font(svg: str) -> str:
    """Only the attribute of the root is changed: the first, before any text."""
    return svg.replace(
        f'font-family="{FONT_FAMILY}"', f'font-family="{PICTURE_FONT}"', 1
    )
