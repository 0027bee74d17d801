"""Every address against what nobody should send: never a failure of ours."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.accounts.permissions import ROLES
from survey_app.clock import now
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.service import publish
from survey_app.web.limits import Limiter
from tests.factories import make_interview, make_response, make_version
from tests.questionnaires.keeping import make_draft
from tests.staff_visits import sign_in

NASTY = (
    "0",
    "-1",
    str(10**30),
    "a\x00b\r\nX-Made-Up: 1",
    "²١",
    "'\"><script>alert(1)</script>",
    "%_\\",
    "A" * 3000,
)
NOT_UTF8 = "%ff%fe%ed%a0%80"
PLAIN = {"slug": "standard", "lang": "nl", "touchpoint": "delivery", "form": "svg"}
ASKED = [
    *("wave", "persona", "language", "role", "source", "polarity", "page", "words"),
    *("touchpoint", "state", "all", "next", "check", "token", "action"),
    *("email", "password", "csrf_token", "answer_q1_found_us"),
    *("row_version", "source", "start", "version", "type", "title.nl", "points.0"),
    *("options.0.code", "show_if.rows", "detail.where", "starts_on", "opens_at"),
]
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "FOO")
CONTENT_TYPES = (
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "nonsense",
)
BODIES = (b"", b"[1]", b"\xff\xfe%ff%00=%ff", b"--x\r\n\r\n", b"a" * 70_000)
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
SIGN_OUT = "/staff/sign-out"  # would end the visit; it has tests of its own


def rules(app: Flask) -> list[str]:
    return [rule.rule for rule in app.url_map.iter_rules() if rule.rule != SIGN_OUT]


def addresses(app: Flask) -> Iterator[str]:
    """Each path with nasty words in its gaps, and behind a question mark."""
    for rule in rules(app):
        plain = VARIABLE.sub(lambda gap: PLAIN.get(gap[1], "1"), rule)
        for word in [*(quote(value, safe="") for value in NASTY), NOT_UTF8]:
            yield f"{plain}?{'&'.join(f'{name}={word}' for name in ASKED)}"
            if VARIABLE.search(rule):
                yield VARIABLE.sub(word, rule)
                yield _with_one_gap(rule, word)


def _with_one_gap(rule: str, word: str) -> str:
    return VARIABLE.sub(lambda gap: PLAIN.get(gap[1], word), rule)


def failures(client: FlaskClient, app: Flask) -> set[tuple[str, str]]:
    failed = set()
    for address in addresses(app):
        if client.get(address).status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            failed.add(("GET", address))
    for turn, rule in enumerate(rules(app)):
        address = VARIABLE.sub(lambda gap: PLAIN.get(gap[1], "1"), rule)
        for name, code in _odd_visits(client, address, turn):
            if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                failed.add((name, address))
    return failed


def _odd_visits(
    client: FlaskClient, address: str, turn: int
) -> Iterator[tuple[str, int]]:
    """Each type of content with another body at each address, all of them in turn."""
    for method in METHODS:
        yield method, client.open(address, method=method, buffered=True).status_code
    if client.post(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return
    for value in NASTY:
        page = client.post(address, data={name: [value, value] for name in ASKED})
        yield f"POST {value[:40]}", page.status_code
    for place, content_type in enumerate(CONTENT_TYPES, start=turn):
        body = BODIES[place % len(BODIES)]
        page = client.post(address, data=body, content_type=content_type)
        yield f"{content_type} {body[:20]!r}", page.status_code


@pytest.fixture
def crowded(app: Flask, session: Session) -> Flask:
    """Something behind every address; failures come as pages, as in daily use."""
    publish(session, shipped_question_set("standard_v1.toml"), published_at=now())
    make_response(session, make_version(session), {"interactions": "Het duurde lang"})
    make_interview(session)
    make_draft(session)
    session.commit()
    app.config.update(TESTING=False)
    app.extensions["limiter"] = Limiter({})  # all of it comes from one address
    return app


def test_visitors_cannot_make_it_fail(crowded: Flask) -> None:
    assert failures(crowded.test_client(), crowded) == set()


def test_staff_cannot_make_it_fail(crowded: Flask, session: Session) -> None:
    """As an admin, who may enter everywhere: what holds for them holds for others."""
    assert failures(sign_in(crowded, session, "admin"), crowded) == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"admin"}))
def test_staff_with_fewer_rights_cannot_either(
    crowded: Flask, session: Session, role: str
) -> None:
    assert failures(sign_in(crowded, session, role), crowded) == set()


def test_visitors_who_ask_for_json_are_sent_to_sign_in(client: FlaskClient) -> None:
    page = client.get("/staff/password", headers={"Accept": "application/json"})

    assert page.location == "/staff/sign-in?next=/staff/password"
