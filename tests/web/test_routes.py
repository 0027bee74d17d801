from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from survey_app import create_app
from survey_app.config import Settings
from survey_app.db import Database
from tests.factories import make_version
from tests.staff_visits import sign_in


def test_healthz_answers_without_a_database(tmp_path: Path) -> None:
    app = create_app(
        Settings(database_url=f"sqlite:///{tmp_path}/none.db", secret_key="key")
    )

    assert app.test_client().get("/healthz").status_code == 200


def test_readyz_says_whether_the_database_is_migrated(
    app: Flask, client: FlaskClient
) -> None:
    ready = client.get("/readyz").status_code
    with app.extensions["database"].engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))

    assert (ready, client.get("/readyz").status_code) == (200, 503)


def test_readyz_names_a_version_that_was_tampered_with(
    app: Flask, client: FlaskClient
) -> None:
    with app.extensions["database"].transaction() as session:
        version = make_version(session, content_hash="0" * 64)
        slug = version.questionnaire.slug

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    [because] = answer.json["because"]
    assert because.startswith(f"version 1.0.0 of {slug} was changed")


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/staff/touchpoints/?wave=1", "/staff/touchpoints/?wave=1"),
        ("https://example.org/", "/staff/"),
        ("//example.org/", "/staff/"),
        ("/\\example.org", "/staff/"),
        ("/\t/example.org", "/staff/"),
        ("/\n/example.org", "/staff/"),
    ],
)
def test_language_choice_returns_to_our_own_pages_only(
    target: str, location: str, client: FlaskClient
) -> None:
    page = client.post("/language", data={"language": "en", "next": target})

    assert page.location == location


def test_chosen_language_stays(client: FlaskClient) -> None:
    client.post("/language", data={"language": "en", "next": "/staff/"})

    assert "<h1>Sign in</h1>" in client.get("/staff/sign-in").text


def test_pages_speak_dutch_by_default(client: FlaskClient) -> None:
    assert '<html lang="nl">' in client.get("/staff/sign-in").text


def test_unknown_page_says_so(client: FlaskClient) -> None:
    page = client.get("/nowhere")

    assert (page.status_code, "<h1>" in page.text) == (404, True)


def test_form_without_token_is_refused_kindly(settings: Settings) -> None:
    app = create_app(settings)

    page = app.test_client().post("/language", data={"language": "en"})

    assert (page.status_code, "Traceback" in page.text) == (400, False)


def test_too_long_a_body_is_refused_kindly_whatever_it_calls_itself(
    client: FlaskClient,
) -> None:
    body = b'{"a": "' + b"a" * 70_000 + b'"}'

    pages = [
        client.post("/staff/sign-in", data=body, content_type=content_type)
        for content_type in ("application/x-www-form-urlencoded", "application/json")
    ]

    assert [page.status_code for page in pages] == [413, 415]
    assert ["<h1>" in page.text for page in pages] == [True, True]


def test_error_page_is_shown_while_the_database_is_away(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(app, session, "admin")
    gone = Database("sqlite:////nowhere/at/all.db")
    monkeypatch.setitem(app.extensions, "database", gone)

    page = client.get("/staff/")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "<h1>We cannot save at the moment</h1>" in page.text


def fail(**_values: str) -> str:
    return str(1 // 0)


def test_failure_is_logged_without_the_address(
    app: Flask,
    client: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address of a respondent's page holds the key to what they said."""
    app.config.update(TESTING=False)
    monkeypatch.setitem(app.view_functions, "respondent.resume", fail)

    page = client.get("/r/0123456789abcdefghjkmnpqrs/nl/")

    assert page.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "0123456789" not in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/q/unknown/nl/", "/r/unknown/nl/thanks"])
def test_public_pages_neither_read_nor_set_a_cookie(
    path: str, client: FlaskClient
) -> None:
    client.post("/language", data={"language": "en", "next": "/staff/"})

    page = client.get(path)

    assert {"Set-Cookie", "Vary"} & set(page.headers.keys()) == set()
