"""The API at /api/v1/: an address for each operation, and their description."""

from functools import cache

from flask import Blueprint, Response, json, request
from flask.typing import ResponseReturnValue

from survey_app.api import (
    doors,
    export_operations,
    questionnaire_operations,
    response_operations,
    webhook_operations,
)
from survey_app.api.description import describe
from survey_app.api.operations import OPERATIONS, Answer, Operation

PARTS = (
    questionnaire_operations,
    response_operations,
    webhook_operations,
    export_operations,
)

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(doors.has_key)
bp.after_request(doors.tell_standing)


def describe_api() -> ResponseReturnValue:
    return Response(_description(), content_type="application/json")


OPERATIONS["describe_api"] = Operation(
    method="GET",
    path="/openapi.json",
    name="describe_api",
    words="This description",
    scope=None,
    answer=Answer(200, "OpenAPI 3.1"),
    view=describe_api,
)


@bp.after_request
def answer_unchanged(response: Response) -> Response:
    """Who has this answer already is told so, without sending it again."""
    is_plain = response.status_code == 200 and not response.is_streamed  # noqa: PLR2004
    if request.method in {"GET", "HEAD"} and is_plain:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.add_etag()
        response.make_conditional(request)
    return response


def rule_of(operation: Operation) -> str:
    """The address as Flask has it: numbers are asked for in the rule."""
    rule = operation.path
    for name, schema in operation.placed("path").items():
        kind = "int:" if schema["type"] == "integer" else ""
        rule = rule.replace(f"{{{name}}}", f"<{kind}{name}>")
    return rule


@cache
def _description() -> str:
    return json.dumps(describe(OPERATIONS))


for operation in OPERATIONS.values():
    bp.add_url_rule(
        rule_of(operation), operation.name, operation.view, methods=[operation.method]
    )
