"""The OpenAPI 3.1 description, made of what the operations declare."""

from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from survey_app.api.operations import Answer, Operation, Parameter
from survey_app.api.schemas import SCHEMAS, named
from survey_app.web.problems import MEDIA_TYPE

Described = dict[str, Any]

WHENEVER = (400, 401, 403, 422, 429, 503)  # refusals that any operation may give
ABOUT = (
    "Questionnaires, responses, exports and webhooks of one Klantreis installation."
    " Contact details never leave through it. Lists go on with a cursor; a POST with"
    " an Idempotency-Key does its work once; errors are problem details (RFC 9457)"
    " in the language of Accept-Language."
)


def describe(operations: Mapping[str, Operation]) -> Described:
    paths: dict[str, Described] = {}
    for operation in operations.values():
        path = paths.setdefault(operation.path, {})
        path[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Klantreis",
            "version": version("klantreis"),
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "webhooks": {"event": {"post": _event()}},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of the page API keys: kr_…",
                }
            },
        },
    }


def _operation(operation: Operation) -> Described:
    described: Described = {
        "operationId": operation.name,
        "summary": operation.words,
        "responses": _answers(operation),
    }
    if operation.scope is None:
        described["security"] = []
    else:
        described["description"] = f"Needs the scope `{operation.scope}`."
    if operation.parameters:
        described["parameters"] = [_parameter(one) for one in operation.parameters]
    if operation.body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": named(operation.body)}},
        }
    return described


def _answers(operation: Operation) -> Described:
    answers = {str(operation.answer.status): _answer(operation.answer)}
    refusals = set(operation.refusals)
    if operation.scope is not None:
        refusals.update(WHENEVER)
    if operation.body is not None:
        refusals.update((413, 415))
    if operation.method == "GET":
        answers["304"] = {"description": "Not changed since the ETag you sent."}
    for status in sorted(refusals):
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": named("Problem")}},
        }
    return answers


def _answer(answer: Answer) -> Described:
    described: Described = {"description": answer.words}
    if answer.schema is not None:
        described["content"] = {answer.media_type: {"schema": named(answer.schema)}}
    elif answer.media_type != "application/json":
        described["content"] = {answer.media_type: {}}
    return described


def _parameter(parameter: Parameter) -> Described:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.words,
        "schema": parameter.schema,
    }


def _event() -> Described:
    return {
        "summary": "What your address receives when something happens.",
        "requestBody": {"content": {"application/json": {"schema": named("Event")}}},
        "responses": {"2XX": {"description": "Taken; anything else is tried again."}},
    }
