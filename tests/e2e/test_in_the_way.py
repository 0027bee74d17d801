"""Pages that few should see: as readable and as kind as all others."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from survey_app import create_app
from survey_app.clock import now
from survey_app.config import Limit, Settings
from survey_app.db import Database
from survey_app.questionnaires.service import publish
from survey_app.web.limits import Limiter
from tests.e2e.browsing import follow
from tests.e2e.test_pages import is_wider_than_screen, violations
from tests.factories import STANDARD
from tests.responses.invitations import SECRET, invite
from tests.responses.visitor import Visitor

pytestmark = pytest.mark.e2e

WRITTEN = "Rustig en duidelijk.\nDe menu’s zijn lang."
BUTTON = "form#page .actions button[name=action][value=next]"


@pytest.fixture
def app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """With mail set up, and limits that a test sets for itself."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    app = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path}/test.db",
            secret_key=SECRET,
            limits={},
            seconds_per_page=0,
            public_url="http://127.0.0.1:1",
            smtp_url="smtp://127.0.0.1:1",
            mail_from="research@example.org",
        )
    )
    with app.extensions["database"].transaction() as session:
        publish(session, STANDARD, published_at=now(), organisation="Schroef & Plank")
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """On the smallest phone."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@contextmanager
def without_database(app: Flask) -> Iterator[None]:
    working = app.extensions["database"]
    app.extensions["database"] = Database("sqlite:////no/such/file.db")
    yield
    app.extensions["database"] = working


def faults_of(page: Page) -> list[str]:
    wide = ["wider than the screen"] if is_wider_than_screen(page) else []
    return [f"{page.url}: {fault}" for fault in (*violations(page), *wide)]


def test_pages_of_invitations_and_own_answers(
    app: Flask, site: str, page: Page, language: str
) -> None:
    database = app.extensions["database"]
    started, fresh = invite(database), invite(database)
    expired = invite(database, expires_at=now() - timedelta(days=1))
    used = invite(database, used_at=now())
    visitor = Visitor(app)
    visitor.go(f"/i/{started}")
    visitor.send(answer_q1_found_us="event")
    addresses = [
        *(f"/i/{key}/{language}/" for key in (started, fresh, expired, used, "none")),
        f"/r/{visitor.key}/{language}/saved",
        f"/r/{visitor.key}/{language}/withdraw",
        f"/q/standard/{language}/withdrawn",
        f"/q/standard/{language}/results",
    ]

    faults = []
    for address in addresses:
        page.goto(site + address)
        faults += faults_of(page)
    page.goto(f"{site}/r/{visitor.key}/{language}/saved")
    page.fill("#address", "nobody")
    follow(page.locator("form.mail button"))
    expect(page.locator(".trouble")).to_be_focused()
    faults += faults_of(page)

    assert faults == []


def test_what_was_typed_comes_back_and_is_sent_with_one_button(
    app: Flask, site: str, page: Page, language: str
) -> None:
    visitor = Visitor(app)
    visitor.send(answer_q1_found_us="event")
    address = f"{site}/r/{visitor.key}/{language}/first_impression"

    page.goto(address)
    page.locator("textarea").first.fill(WRITTEN)
    with without_database(app):
        follow(page.locator(BUTTON))
        expect(page.locator("blockquote")).to_have_text(WRITTEN)
        faults = faults_of(page)
        follow(page.locator("main form button"))  # still away
        expect(page.locator("blockquote")).to_have_text(WRITTEN)
    app.extensions["limiter"] = Limiter({"page": Limit(0, 60)})
    follow(page.locator("main form button"))
    expect(page.locator("blockquote")).to_have_text(WRITTEN)
    faults += faults_of(page)
    app.extensions["limiter"] = Limiter({})
    follow(page.locator("main form button"))
    page.wait_for_url("**/found_what")
    page.goto(address)

    assert page.locator("textarea").first.input_value() == WRITTEN
    assert faults == []
