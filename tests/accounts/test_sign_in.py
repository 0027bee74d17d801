"""Sign-in as people and as others try it."""

import logging
import re
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from survey_app import create_app
from survey_app.accounts.attempts import ATTEMPTS
from survey_app.accounts.service import close_account
from survey_app.config import Settings
from tests.accounts.test_access import staff_pages
from tests.factories import PASSWORD, make_staff_member
from tests.staff_visits import sign_in

CSRF_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def give_password(
    client: FlaskClient, password: str, *, language: str = "en", **more: str
) -> TestResponse:
    return client.post(
        "/staff/sign-in",
        data={"email": "admin@example.org", "password": password, **more},
        headers={"Accept-Language": language},
    )


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Te veel pogingen"), ("en", "Too many attempts")]
)
def test_guessing_has_to_wait(
    client: FlaskClient, session: Session, language: str, words: str
) -> None:
    make_staff_member(session, "admin")
    for _time in range(ATTEMPTS):
        wrong = give_password(client, "a wrong password")
        assert wrong.status_code == HTTPStatus.OK

    page = give_password(client, PASSWORD, language=language)

    assert page.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert f"<h1>{words}</h1>" in page.text
    assert 590 < int(page.headers["Retry-After"]) <= 600


def test_guessing_leaves_no_address_in_the_log(
    client: FlaskClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    make_staff_member(session, "admin")
    caplog.set_level(logging.DEBUG)

    for _time in range(ATTEMPTS + 1):
        give_password(client, "a wrong password")

    told = [word for word in ("127.0.0.1", "admin@", "wrong") if word in caplog.text]
    assert told == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.net/",
        "//example.net/",
        "/\\example.net",
        "/\t/example.net",
        "https:example.net",
        "javascript:alert(1)",
    ],
)
def test_sign_in_leads_nowhere_else(
    client: FlaskClient, session: Session, elsewhere: str
) -> None:
    make_staff_member(session, "admin")

    page = give_password(client, PASSWORD, next=elsewhere)

    assert not (page.location or "").startswith(("//", "http", "java", "/\\"))


def test_signing_in_changes_who_the_session_says_it_is(
    app: Flask, session: Session
) -> None:
    """A cookie that someone else had planted before signs nobody in."""
    make_staff_member(session, "admin")
    planted = app.test_client()
    planted.post("/language", data={"language": "en"})
    cookie = planted.get_cookie("klantreis")
    assert cookie is not None
    victim = app.test_client()
    victim.set_cookie("klantreis", cookie.value)

    give_password(victim, PASSWORD)

    codes = [client.get("/staff/").status_code for client in (victim, planted)]
    assert codes == [HTTPStatus.OK, HTTPStatus.FOUND]


def test_signing_out_takes_a_post_and_ends_the_session(
    app: Flask, session: Session
) -> None:
    client = sign_in(app, session, "admin")
    app.config.update(WTF_CSRF_ENABLED=True)
    token = CSRF_TOKEN.findall(client.get("/staff/").text)[0]

    asked = client.get("/staff/sign-out").status_code
    still = client.get("/staff/").status_code
    client.post("/staff/sign-out", data={"csrf_token": token})

    codes = (asked, still, client.get("/staff/").status_code)
    assert codes == (405, 200, 302)


def test_another_password_ends_the_other_sessions(app: Flask, session: Session) -> None:
    here = sign_in(app, session, "admin")
    there = app.test_client()
    give_password(there, PASSWORD)
    new = "another-good-password"

    here.post(
        "/staff/password",
        data={"password": PASSWORD, "new_password": new, "new_password_confirm": new},
    )

    codes = [client.get("/staff/").status_code for client in (here, there)]
    assert codes == [HTTPStatus.OK, HTTPStatus.FOUND]


def test_closed_account_is_out_at_once(app: Flask, session: Session) -> None:
    client = sign_in(app, session, "admin")
    close_account(session, email="admin@example.org")
    session.commit()

    page = client.get("/staff/")
    again = give_password(app.test_client(), PASSWORD)

    assert page.location == "/staff/sign-in?next=/staff/"
    assert again.status_code == HTTPStatus.OK  # the form once more


def test_cookies_are_for_us_alone(settings: Settings, session: Session) -> None:
    make_staff_member(session, "admin")
    app = create_app(
        Settings(
            database_url=settings.database_url, secret_key="a key", behind_tls=True
        )
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)

    page = give_password(app.test_client(), PASSWORD, remember="y")

    flags = [
        {part.strip() for part in cookie.split(";")[1:]}
        for cookie in page.headers.getlist("Set-Cookie")
    ]
    app.extensions["database"].dispose()
    assert len(flags) == 2
    assert all(each >= {"Secure", "HttpOnly", "SameSite=Lax"} for each in flags)


def test_every_staff_post_wants_its_csrf_token(
    settings: Settings, session: Session
) -> None:
    member = make_staff_member(session, "admin")
    app = create_app(settings)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": member.fs_uniquifier, "_fresh": True})
    posts = [
        *("/language", "/staff/password", "/staff/sign-out"),
        *(
            address
            for blueprint, method, address in staff_pages(app)
            if method == "POST" and blueprint != "previews"  # they only draw
        ),
    ]

    codes = {address: client.post(address).status_code for address in posts}

    app.extensions["database"].dispose()
    assert set(codes.values()) == {HTTPStatus.BAD_REQUEST}
    assert "/staff/corrections/1" in posts
