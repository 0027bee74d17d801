"""Keys: shown once, valid until revoked, opening no more than they say."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey_app.api.allowance import Allowance
from survey_app.api.models import ApiKey
from survey_app.api.operations import OPERATIONS
from survey_app.api.scopes import Scope
from survey_app.api.service import InvalidKeyError, make_key, revoke_key
from survey_app.cli import main
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from tests.api.program import Program
from tests.factories import A_MOMENT

Programs = Callable[..., Program]


def test_key_is_stored_as_a_hash_only(database: Database) -> None:
    with database.transaction() as session:
        key, text = make_key(session, name="CRM", scopes={Scope.EXPORTS}, at=now())

    stored = [str(value) for value in vars(key).values()]
    assert text.startswith(f"kr_{key.prefix}_")
    assert not any(text.split("_")[2] in value for value in stored)


@pytest.mark.parametrize(
    ("name", "scopes"), [("", {Scope.EXPORTS}), ("x" * 101, {Scope.EXPORTS}), ("x", ())]
)
def test_key_without_name_or_scope_is_not_made(
    database: Database, name: str, scopes: set[Scope]
) -> None:
    with (
        database.transaction() as session,
        pytest.raises(InvalidKeyError),
    ):
        make_key(session, name=name, scopes=scopes, at=now())


def test_visitor_without_a_valid_key_is_told_how(
    client: FlaskClient, program: Programs, database: Database
) -> None:
    expired, revoked = program(), program()
    with database.transaction() as session:
        keys = {key.prefix: key for key in session.scalars(select(ApiKey))}
        keys[expired.key.split("_")[1]].expires_at = now() - timedelta(seconds=1)
        revoke_key(session, revoked.key.split("_")[1], at=now())

    headers = [
        {},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer kr_x_y"},
        expired.headers,
        revoked.headers,
    ]
    answers = [client.get("/api/v1/responses", headers=given) for given in headers]

    assert [answer.status_code for answer in answers] == [401] * 5
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")
    assert answers[0].content_type == "application/problem+json"


def test_each_operation_opens_to_its_own_scope_only(
    program: Programs, app: Flask
) -> None:
    client = app.test_client(use_cookies=False)
    for scope in Scope:
        headers = program(scope).headers
        for operation in OPERATIONS.values():
            path = operation.path.replace("{version_id}", "1").replace(
                "{public_id}", "0" * 26
            )
            answer = client.open(
                f"/api/v1{path.replace('{slug}', 'x')}",
                method=operation.method,
                headers=headers,
            )

            is_shut = operation.scope not in {scope, None}
            assert (answer.status_code == 403) is is_shut, (operation.name, scope)


def test_key_says_on_which_day_it_was_used(
    program: Programs, database: Database
) -> None:
    program().get("/responses")

    with database.read() as session:
        assert session.scalar(select(ApiKey.last_used_on)) == now().date()


def test_key_that_asks_too_often_waits(app: Flask, program: Programs) -> None:
    app.extensions["api_allowance"] = Allowance(per_minute=2)
    busy = program()

    answers = [busy.get("/questionnaires") for _ in range(3)]

    if answers[0].headers["RateLimit-Reset"] != "60":  # not at the turn of a minute
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[1].headers["RateLimit-Remaining"] == "0"
        assert 0 < int(answers[2].headers["Retry-After"]) <= 60


def test_allowance_begins_again_each_minute() -> None:
    allowance = Allowance(per_minute=1)

    standings = [
        allowance.take(1, at=A_MOMENT + timedelta(seconds=seconds))
        for seconds in (0, 59, 60)
    ]

    assert [standing.is_over for standing in standings] == [False, True, False]


def test_commands_make_list_and_revoke_keys(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key)
    run = CliRunner().invoke

    made = run(main, ["api-key", "add", "CRM", "--scope", "exports", "--days", "30"])
    key = made.stdout.removeprefix("Key: ").strip()
    program = Program(app, key)
    before = program.get("/questionnaires").status_code
    revoked = run(main, ["api-key", "revoke", key.split("_")[1]])
    listed = run(main, ["api-key", "list"])
    unknown = run(main, ["api-key", "revoke", "nosuchkey"])

    assert (before, program.get("/questionnaires").status_code) == (403, 401)
    assert (revoked.exit_code, unknown.exit_code) == (0, 1)
    assert "no longer valid" in listed.output
    assert "CRM: exports" in listed.output
