from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from survey_app import create_app
from survey_app.config import Settings


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


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/staff/touchpoints/?wave=1", "/staff/touchpoints/?wave=1"),
        ("https://example.org/", "/staff/"),
        ("//example.org/", "/staff/"),
        ("/\\example.org", "/staff/"),
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
