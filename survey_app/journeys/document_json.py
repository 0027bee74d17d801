"""The journey-map document as JSON, ``journey-map/1``, checked against its schema."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Never, TypeVar

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from survey_app.journeys.document import (
    Bottleneck,
    Certainty,
    Column,
    Emotion,
    Interval,
    InvalidMapError,
    Level,
    MapDocument,
    Mode,
    Ownership,
    Persona,
    Phase,
    Polarity,
    Quote,
    Share,
    Shares,
    State,
    Wave,
)

SCHEMA = "journey-map/1"
SCHEMA_FILE = "journey-map-1.schema.json"
JSON_NAMES = {"starts_on": "from", "ends_on": "to"}  # where Python has a keyword


Record = TypeVar("Record")


def to_json(document: MapDocument) -> str:
    """Write the document; the same document always gives the same text."""
    return json.dumps(to_data(document), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str | bytes) -> MapDocument:
    """Read a document, naming the place of whatever is wrong with it."""
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidMapError(f"not JSON: {error}") from error
    return from_data(data)


def to_data(document: MapDocument) -> dict[str, Any]:
    return {"schema": SCHEMA, **_plain(document)}


def from_data(data: Any) -> MapDocument:  # noqa: ANN401 (anything JSON may hold)
    """Build the document; keys that start with ``x_`` are passed over."""
    for error in sorted(_validator().iter_errors(data), key=lambda e: e.json_path):
        raise _complaint(error) from error
    return _document(data)


@cache
def load_schema() -> Mapping[str, Any]:
    text = files("survey_app.journeys").joinpath(SCHEMA_FILE).read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(load_schema())


def _complaint(error: ValidationError) -> InvalidMapError:
    place = error.json_path.removeprefix("$").removeprefix(".")
    return InvalidMapError(error.message, place=place)


def _refuse_constant(name: str) -> Never:
    raise InvalidMapError(f"not JSON: {name} is no number")


def _plain(value: Any) -> Any:  # noqa: ANN401 (any value of a record)
    if is_dataclass(value):
        return {
            JSON_NAMES.get(field.name, field.name): _plain(getattr(value, field.name))
            for field in fields(value)
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _document(data: Mapping[str, Any]) -> MapDocument:
    persona, wave, bottleneck = (data[k] for k in ("persona", "wave", "bottleneck"))
    with _place("persona"):
        read_persona = _persona(persona) if persona else None
    with _place("wave"):
        read_wave = _wave(wave) if wave else None
    return MapDocument(
        language=data["language"],
        title=data["title"],
        state=State(data["state"]),
        base=data["base"],
        generated=data["generated"],
        persona=read_persona,
        wave=read_wave,
        phases=tuple(_each("phases", data["phases"], _phase)),
        columns=tuple(_each("columns", data["columns"], _column)),
        bottleneck=_bottleneck(bottleneck) if bottleneck else None,
    )


def _persona(data: Mapping[str, Any]) -> Persona:
    interval = data["interval"]
    return Persona(
        key=data["key"],
        name=data["name"],
        base=data["base"],
        share=data["share"],
        interval=Interval(interval["low"], interval["high"]) if interval else None,
    )


def _wave(data: Mapping[str, Any]) -> Wave:
    return Wave(data["label"], _date(data["from"]), _date(data["to"]))


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidMapError(f"{text!r} is no date") from error


def _phase(data: Mapping[str, Any]) -> Phase:
    return Phase(data["code"], data["name"], data["base"])


def _column(data: Mapping[str, Any]) -> Column:
    with _place("emotion"):
        emotion = (
            Emotion(**_known(Emotion, data["emotion"])) if data["emotion"] else None
        )
    with _place("shares"):
        shares = _shares(data["shares"]) if data["shares"] else None
    return Column(
        touchpoint=data["touchpoint"],
        phase=data["phase"],
        label=data["label"],
        ownership=Ownership(data["ownership"]),
        mode=Mode(data["mode"]),
        level=Level(data["level"]),
        owner=data["owner"],
        base=data["base"],
        emotion=emotion,
        shares=shares,
        actions=tuple(data["actions"]),
        quotes=tuple(_each("quotes", data["quotes"], _quote)),
        wishes=tuple(data["wishes"]),
    )


def _shares(data: Mapping[str, Any]) -> Shares:
    return Shares(**{p.value: Share(**_known(Share, data[p])) for p in Polarity})


def _quote(data: Mapping[str, Any]) -> Quote:
    known = _known(Quote, data)
    return Quote(**{**known, "polarity": Polarity(data["polarity"])})


def _bottleneck(data: Mapping[str, Any]) -> Bottleneck:
    level = Certainty(data["level"])
    return Bottleneck(data["touchpoint"], level, data["sentence"])


def _known(record: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: data[field.name] for field in fields(record)}


def _each(
    place: str, items: Sequence[Any], read: Callable[[Any], Record]
) -> Iterator[Record]:
    for number, item in enumerate(items):
        with _place(f"{place}[{number}]"):
            record = read(item)
        yield record


@contextmanager
def _place(name: str) -> Iterator[None]:
    try:
        yield
    except InvalidMapError as error:
        raise error.within(name) from error
