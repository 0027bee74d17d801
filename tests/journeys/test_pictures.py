"""The journey map as PNG and PDF."""

import re
import struct

import pytest

from survey_app.journeys.drawing import draw_map
from survey_app.journeys.drawing.journey_map import FONT_FAMILY
from survey_app.journeys.pictures import svg_to_pdf, svg_to_png
from tests.journeys.builders import make_column, make_document, sample_document

UNASSIGNED = "\u0378"  # no font has it


def _size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _glyph(character: str) -> bytes:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" '
        f'font-family="{FONT_FAMILY}"><text x="5" y="30" font-size="24">{character}'
        "</text></svg>"
    )
    return svg_to_png(svg)


def test_png_has_two_pixels_for_each_unit() -> None:
    svg = draw_map(make_document(make_column()))
    width, height = re.findall(r' (?:width|height)="(\d+)"', svg)[:2]

    png = svg_to_png(svg)

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert _size(png) == (2 * int(width), 2 * int(height))


def test_png_is_the_same_each_time() -> None:
    svg = draw_map(make_document(make_column()))

    assert svg_to_png(svg, scale=1) == svg_to_png(svg, scale=1)


@pytest.mark.parametrize("character", "æéëïñß€–−“”‘’…·≥")
def test_png_knows_the_signs_of_the_map(character: str) -> None:
    assert _glyph(character) not in {_glyph(UNASSIGNED), _glyph(" ")}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pdf_carries_its_own_font_and_no_other(theme: str) -> None:
    pdf = svg_to_pdf(draw_map(sample_document(), theme=theme))

    fonts = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([A-Za-z-]+)", pdf))
    assert pdf.startswith(b"%PDF-")
    assert fonts == {
        b"LiberationSans",
        b"LiberationSans-Bold",
        b"LiberationSans-Italic",
    }


def test_pdf_page_has_the_shape_of_the_map() -> None:
    svg = draw_map(make_document(make_column()))
    width, height = map(int, re.findall(r' (?:width|height)="(\d+)"', svg)[:2])

    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", svg_to_pdf(svg))

    assert box is not None
    across, down = (float(side) for side in box.groups())
    assert across / down == pytest.approx(width / height, rel=0.01)
