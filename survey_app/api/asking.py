"""Reading what a program sent: JSON and parameters, checked against the schemas."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask import Request
from flask_babel import gettext as _
from jsonschema import Draft202012Validator, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from survey_app.api.schemas import SCHEMAS
from survey_app.api.wording import sentence_for
from survey_app.web.problems import FieldError, ProblemError

WHOLE = re.compile(r"-?\d{1,9}")
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # no database holds these
MOST_ERRORS = 20

Schema = Mapping[str, Any]


def read_body(request: Request, schema_name: str) -> Any:  # noqa: ANN401 - as declared
    if not request.is_json:
        raise ProblemError(415)
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        raise ProblemError(400) from None
    errors = [
        FieldError(pointer_to(error), sentence_for(error))
        for error in _first(_validator(schema_name).iter_errors(body))
    ]
    errors += [FieldError(place, _cannot_be_kept()) for place in _unkeepable(body, "")]
    if errors:
        raise ProblemError(422, errors=errors[:MOST_ERRORS])
    return body


def read_query(
    given: MultiDict[str, str], declared: Mapping[str, Schema]
) -> dict[str, Any]:
    """Parameters of an address; a mistyped name would quietly ask for everything."""
    errors: list[FieldError] = []
    for name in given:
        if name not in declared:
            errors.append(FieldError(f"?{name}", _not_known(declared)))
        elif len(given.getlist(name)) > 1:
            errors.append(FieldError(f"?{name}", _("Send this once.")))
    values: dict[str, Any] = {}
    for name, schema in declared.items():
        if name in given:
            values[name] = _converted(given[name], schema)
            error = _first_error(values[name], schema)
            if error is not None:
                errors.append(FieldError(f"?{name}", sentence_for(error)))
        else:
            values[name] = schema.get("default")
    if errors:
        raise ProblemError(422, errors=errors[:MOST_ERRORS])
    return values


def pointer_to(error: ValidationError) -> str:
    """RFC 6901; a key that is missing or too many is pointed at itself."""
    path = [str(part) for part in error.absolute_path]
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)


def _converted(text: str, schema: Schema) -> object:
    if schema.get("type") == "integer" and WHOLE.fullmatch(text):
        return int(text)
    return text


def _first_error(value: object, schema: Schema) -> ValidationError | None:
    if isinstance(value, str) and UNKEEPABLE.search(value):
        return ValidationError("", validator="keepable")
    return next(iter(Draft202012Validator(schema).iter_errors(value)), None)


def _first(errors: Iterator[ValidationError]) -> list[ValidationError]:
    """A hostile body may have a million; nobody reads those."""
    found = []
    for error in errors:
        found.append(error)
        if len(found) == MOST_ERRORS:
            break
    return sorted(found, key=pointer_to)


def _unkeepable(value: object, place: str) -> Iterator[str]:
    if isinstance(value, str) and UNKEEPABLE.search(value):
        yield place
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _unkeepable(name, place)
            yield from _unkeepable(part, f"{place}/{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _unkeepable(part, f"{place}/{number}")


def _cannot_be_kept() -> str:
    return str(_("This holds characters that cannot be kept."))


def _not_known(declared: Mapping[str, Schema]) -> str:
    if not declared:
        return str(_("This address takes no parameters."))
    names = ", ".join(declared)
    return str(_("This is not known here; known are %(names)s.", names=names))


@cache
def _validator(schema_name: str) -> Draft202012Validator:
    whole = {
        "$ref": f"#/components/schemas/{schema_name}",
        "components": {"schemas": SCHEMAS},
    }
    return Draft202012Validator(whole)
