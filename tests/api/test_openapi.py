"""The description: one with the routes, and kept to whatever is sent."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from jsonschema import Draft202012Validator
from schemathesis.generation import GenerationMode

from survey_app.api.operations import OPERATIONS
from survey_app.api.routes import bp, rule_of
from survey_app.api.schemas import SCHEMAS
from tests.api.program import Program

Programs = Callable[..., Program]

EXAMPLES = 6  # of each operation, good and bad: all of it takes some twenty seconds
# What is right by its shape may still be wrong in what it says: a question that this
# version does not ask, a day that no calendar has.
CONFIG = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "401", "403", "404", "409", "422", "429"]
        }
    }
}


def test_description_and_routes_are_the_same(app: Flask, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    rules = {
        (rule.rule.removeprefix("/api/v1"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{bp.name}.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    paths = {path: list(methods) for path, methods in described["paths"].items()}
    assert rules == {
        (rule_of(operation), operation.method.lower())
        for operation in OPERATIONS.values()
        if operation.method.lower() in paths[operation.path]
    }
    assert sum(map(len, paths.values())) == len(OPERATIONS) == len(rules)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_is_answered_as_described(
    app: Flask, program: Programs, mode: GenerationMode
) -> None:
    headers = program().headers
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", app, config=schemathesis.Config.from_dict(CONFIG)
    )

    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # or it raises

        @seed(20261128)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(headers=headers)

        send()
