"""No text of the map stands on another."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from survey_app.journeys.drawing import draw_map
from survey_app.journeys.drawing.text import TextStyle, text_width
from tests.journeys.builders import sample_document
from tests.journeys.drawing.reading import SVG, parse

BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        apart = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or apart)


def _box(text: ET.Element) -> Box:
    size = float(text.get("font-size", "0"))
    style = TextStyle(size, int(text.get("font-weight", "400")))
    width = text_width(text.text or "", style)
    left = float(text.get("x", "0")) - BEFORE[text.get("text-anchor", "start")] * width
    y = float(text.get("y", "0"))
    return Box(text.text or "", left, left + width, y - 0.75 * size, y + 0.22 * size)


@pytest.mark.parametrize("touchpoints", [1, 2, 3, 7, 12, 20])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_texts_overlap(language: str, touchpoints: int) -> None:
    root = parse(draw_map(sample_document(language, touchpoints)))

    boxes = [_box(text) for text in root.iter(f"{SVG}text")]

    pairs = [(a.text, b.text) for a, b in combinations(boxes, 2) if a.meets(b)]
    assert pairs == []
    width = float(root.get("width", "0"))
    assert [box.text for box in boxes if box.left < 0 or box.right > width] == []
