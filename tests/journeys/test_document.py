"""The journey-map document: its rules, and its JSON form."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from survey_app.journeys.document import (
    Emotion,
    InvalidMapError,
    Level,
    MapDocument,
    Persona,
    Polarity,
    Quote,
    Share,
    Shares,
    Wave,
    level_of_base,
)
from survey_app.journeys.document_json import (
    from_data,
    from_json,
    load_schema,
    to_data,
    to_json,
)
from tests.journeys.builders import make_column, make_document, sample_document
from tests.journeys.strategies import documents


@given(documents())
def test_json_gives_back_the_same_document(document: MapDocument) -> None:
    assert from_json(to_json(document)) == document


@given(documents())
def test_json_of_every_document_follows_the_schema(document: MapDocument) -> None:
    data = json.loads(to_json(document))

    assert list(Draft202012Validator(load_schema()).iter_errors(data)) == []


def test_schema_is_itself_a_valid_schema() -> None:
    Draft202012Validator.check_schema(load_schema())

    assert load_schema()["properties"]["schema"] == {"const": "journey-map/1"}


def test_json_names_the_schema_and_writes_dates_as_iso() -> None:
    data = to_data(sample_document())

    assert data["schema"] == "journey-map/1"
    assert data["wave"] == {"label": "golf 2", "from": "2026-09-01", "to": "2026-10-31"}


def test_json_passes_over_keys_for_later_versions() -> None:
    data = to_data(sample_document())
    data["x_note"] = "later"
    data["columns"][0]["x_channel"] = {"any": 1}

    assert from_data(data) == sample_document()


def _change(place: list[str | int], value: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_json(sample_document()))
    part: Any = data
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return data


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (["columns", 3, "emotion", "mean"], 3, "columns[3].emotion.mean: 3 is greater"),
        (["columns", 3, "emotion", "low"], 1.9, "columns[3].emotion: interval"),
        (["columns", 0, "level"], "huge", "columns[0].level: 'huge' is not one of"),
        (["columns", 1, "phase"], "nowhere", "columns[1].phase: no phase 'nowhere'"),
        (["columns", 0, "quotes", 0, "end"], 1.5, "columns[0].quotes[0].end: 1.5"),
        (["columns", 3, "quotes", 0, "start"], 99, "columns[3].quotes[0]: offsets"),
        (["columns", 1, "level"], "shown", "columns[1]: a base of 21 is too small"),
        (["columns", 11, "base"], 3, "columns[11].base: 3 "),
        (["phases", 0, "base"], 4, "phases[0].base: 4 is not valid"),
        (["persona", "interval"], {"low": 0.5, "high": 0.4}, "persona: interval must"),
        (["wave", "from"], "2026-02-30", "wave: '2026-02-30' is no date"),
        (["wave", "to"], "2026-01-01", "wave: wave ends before it starts"),
        (["bottleneck", "touchpoint"], "returns_11", "bottleneck.touchpoint: must be"),
        (["schema"], "journey-map/2", "schema: 'journey-map/1' was expected"),
        (["colour"], "red", "'colour' does not match any of"),
    ],
)
def test_invalid_document_is_refused_by_place(
    place: list[str | int], value: object, complaint: str
) -> None:
    data = _change(place, value)

    with pytest.raises(InvalidMapError) as refusal:
        from_data(data)

    assert str(refusal.value).startswith(complaint)


@pytest.mark.parametrize("text", ["", "{", '{"base": NaN}', b"\xff", "[]", "null"])
def test_text_that_is_no_map_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidMapError):
        from_json(text)


QUOTE = Quote(text="Duur", polarity=Polarity.NEGATIVE, source="a", start=0, end=4)


@pytest.mark.parametrize(
    "leak",
    [
        {"base": 4},
        {"emotion": Emotion(0, 0, 0)},
        {"shares": Shares(*[Share(0.3, 0.2, 0.4)] * 3)},
        {"quotes": (QUOTE,)},
        {"actions": ("Belt",)},
        {"wishes": ("Sneller",)},
    ],
    ids=lambda leak: next(iter(leak)),
)
def test_hidden_column_can_carry_nothing(leak: dict[str, object]) -> None:
    hidden = make_column(base=3)

    with pytest.raises(InvalidMapError, match="a hidden column carries"):
        replace(hidden, **leak)  # type: ignore[arg-type] # whatever leaks


@pytest.mark.parametrize(
    ("base", "level"),
    [
        (0, Level.HIDDEN),
        (4.9, Level.HIDDEN),
        (5, Level.INDICATIVE),
        (9, Level.INDICATIVE),
        (10, Level.SMALL),
        (29.5, Level.SMALL),
        (30, Level.SHOWN),
        (1000, Level.SHOWN),
    ],
)
def test_level_follows_the_base(base: float, level: Level) -> None:
    assert level_of_base(base) is level


def test_column_may_be_drawn_more_cautiously_than_its_base_allows() -> None:
    column = make_column(base=31, level=Level.SMALL)

    assert column.level is Level.SMALL


def test_touchpoint_appears_once() -> None:
    with pytest.raises(InvalidMapError, match="a touchpoint appears twice"):
        make_document(make_column("website"), make_column("website"))


def test_persona_below_the_minimum_has_no_share() -> None:
    with pytest.raises(InvalidMapError, match="without base has no share"):
        Persona(key="p", name="P", base=None, share=0.1)


def test_wave_without_end_is_still_open() -> None:
    assert Wave("golf 3", date(2026, 11, 1)).ends_on is None
