"""Inside a page of somebody else's: where it may be shown, and that it stays there."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from survey_app.clock import now
from survey_app.db import Database
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Response
from tests.questionnaires.builders import EVERY_KIND
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

SHOP = "https://shop.example.org"
EMBEDDED = f"""{EVERY_KIND.replace('id = "every_kind"', 'id = "embedded"', 1)}
[settings]
embed_origins = ["{SHOP}", "https://www.example.org"]
prefill = ["channel"]
"""
ADDRESSES = re.compile(r'(?:href|action)="(/[qr]/[^"]*)"')
START = "/q/embedded/nl/?embed=1"


@pytest.fixture
def embedded(app: Flask, database: Database, published: None) -> Visitor:  # noqa: ARG001 - it is there
    with database.transaction() as session:
        publish(session, EMBEDDED, published_at=now())
    return Visitor(app, "embedded")


def ancestors(visitor: Visitor) -> str:
    policy = visitor.page.headers["Content-Security-Policy"]
    return policy.rpartition("frame-ancestors ")[2]


def assert_stays(visitor: Visitor) -> None:
    assert ancestors(visitor) == f"{SHOP} https://www.example.org"
    addresses = [unescape(address) for address in ADDRESSES.findall(visitor.page.text)]
    assert addresses
    assert [each for each in addresses if "embed=1" not in each] == []
    assert "Set-Cookie" not in visitor.page.headers
    assert "frame.js" in visitor.page.text


def test_every_page_stays_in_the_frame_of_sites_that_may_show_it(
    embedded: Visitor, stored: Stored
) -> None:
    embedded.go(START)
    assert_stays(embedded)
    embedded.send(answer_shop="Zwolle")
    assert_stays(embedded)
    embedded.page = embedded.post(embedded.url, token="made.up")
    assert_stays(embedded)
    embedded.send("lang:en")
    assert_stays(embedded)
    while "/check" not in embedded.url:
        embedded.send("skip")
        assert_stays(embedded)
    embedded.submit()
    assert_stays(embedded)
    assert "embed=1" in embedded.url
    for page in ("withdraw", "answers"):
        embedded.go(f"/r/{embedded.key}/en/{page}?embed=1")
        assert_stays(embedded)
    assert stored.one(select(Response.source)) == "embed"


def test_link_to_keep_opens_outside_the_frame(embedded: Visitor) -> None:
    embedded.go(START)

    embedded.send("save_later", answer_shop="Zwolle")

    assert f'value="http://localhost/r/{embedded.key}/nl/"' in embedded.page.text
    assert f'href="/r/{embedded.key}/nl/?embed=1"' in embedded.page.text


def test_nobody_else_may_show_it(embedded: Visitor) -> None:
    assert ancestors(embedded) == "'none'"
    embedded.go("/q/standard/nl/?embed=1")
    assert ancestors(embedded) == "'none'"
    embedded.go("/staff/sign-in?embed=1")
    assert ancestors(embedded) == "'none'"


def test_page_that_fails_comes_back_in_the_frame(embedded: Visitor, app: Flask) -> None:
    embedded.go(START)
    working = app.extensions["database"]
    app.extensions["database"] = Database("sqlite:////no/such/file.db")

    embedded.send(answer_shop="Zwolle")
    app.extensions["database"] = working

    assert embedded.page.status_code == 503
    assert SHOP in ancestors(embedded)
    assert embedded.send(answer_shop="Zwolle").status_code == 303


def test_framed_and_plain_pages_are_never_mixed_up(embedded: Visitor) -> None:
    for _ in range(2):
        embedded.go(START)
        assert_stays(embedded)
        embedded.go("/q/embedded/nl/")
        assert "embed=1" not in embedded.page.text


def test_choice_of_language_keeps_the_frame_and_what_was_told(
    embedded: Visitor,
) -> None:
    told = "embed=1&src=qr&channel=shop"

    chosen = embedded.get(f"/q/embedded?{told}", Accept_Language="en")
    unknown = embedded.get(f"/q/embedded/fr/?{told}&endpoint=x&_external=1")

    assert chosen.headers["Location"] == f"/q/embedded/en/?{told}"
    assert unknown.headers["Location"].startswith(f"/q/embedded/nl/?{told}")


def test_script_may_be_kept_and_loaded_by_others(embedded: Visitor) -> None:
    answer = embedded.get("/q/embedded/embed.js")

    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert "max-age=86400" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
