"""What a respondent sees when something is in the way: one test for each case."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader
from markupsafe import escape
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from survey_app import create_app, db
from survey_app.clock import now
from survey_app.config import Limit, Settings
from survey_app.db import Database
from survey_app.responses.models import Answer, Response
from survey_app.web.limits import Limiter
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

Visit = Callable[..., Visitor]
STARTED = select(func.count(Response.id))
NO_DATABASES = ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////no/such/file.db"]


@pytest.fixture
def without_traceback(app: Flask) -> Flask:
    """Failures come as pages, as in daily use."""
    app.config.update(TESTING=False)
    return app


@pytest.fixture
def answering(visit: Visit) -> Visitor:
    """An English-speaking respondent at the second question."""
    visitor = visit(language="en")
    visitor.send(answer_q1_found_us="event")
    return visitor


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [("draft", 404, "does not exist"), ("retired", 410, "has ended")],
)
def test_questionnaire_that_is_not_there_says_so_and_whom_to_ask(
    visit: Visit, stored: Stored, state: str, status: int, words: str
) -> None:
    visitor = visit(language="en")
    stored.change("standard", state=state)

    pages = [
        visitor.get("/q/standard/en/"),
        visitor.post("/q/standard/en/", token=visitor.token),
    ]

    assert {page.status_code for page in pages} == {status}
    assert all(words in page.text and "Questions?" in page.text for page in pages)
    assert stored.one(STARTED) == 0


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"opens_at": now() + timedelta(days=3)}, "not open yet"),
        ({"closes_at": now() - timedelta(days=3)}, "closed on"),
    ],
    ids=["early", "late"],
)
def test_before_and_after_the_dates_nobody_starts(
    visit: Visit, stored: Stored, columns: dict[str, object], words: str
) -> None:
    visitor = visit(language="en")
    stored.change("standard", **columns)

    page = visitor.get("/q/standard/en/")
    sent = visitor.post("/q/standard/en/", token=visitor.token)

    assert (page.status_code, sent.status_code) == (200, 409)
    assert words in page.text
    assert stored.one(STARTED) == 0


def test_with_enough_answers_nobody_starts_and_who_started_finishes(
    answering: Visitor, visit: Visit, stored: Stored
) -> None:
    first, late = visit(language="en"), visit(language="en")
    first.skip_all()
    stored.change("standard", max_responses=1)
    first.submit()

    pages = [
        late.get("/q/standard/en/"),
        late.post("/q/standard/en/", token=late.token),
    ]

    assert {page.status_code for page in pages} == {409}
    assert all("We have enough answers, thank you" in page.text for page in pages)
    answering.skip_all()
    assert answering.submit().status_code == 303
    assert set(stored.all(select(Response.state))) == {"submitted"}


def test_unknown_key_says_how_to_find_the_link_again(visit: Visit) -> None:
    page = visit().get("/r/0123456789abcdefghjkmnpqrs/en/")

    assert page.status_code == 404
    assert "your browser&#39;s history" in page.text


def test_page_out_of_reach_leads_to_the_first_incomplete_one(
    answering: Visitor,
) -> None:
    answer = answering.get(f"/r/{answering.key}/en/no_such_page")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/en/first_impression")


def test_mistake_comes_back_with_what_was_typed(answering: Visitor) -> None:
    answer = answering.send(answer_q2_first_impression="x" * 4_001)

    assert answer.status_code == 422
    assert "Please look at this first" in answer.text
    assert f"{'x' * 4_001}</textarea>" in answer.text


@pytest.mark.parametrize("token", ["", "made.up"])
def test_token_that_is_not_ours_keeps_the_text_and_gives_a_fresh_one(
    answering: Visitor, token: str
) -> None:
    answering.page = answering.post(
        answering.url, token=token, answer_q2_first_impression="Rustig"
    )

    assert answering.page.status_code == 400
    assert "Rustig</textarea>" in answering.page.text
    assert answering.send(answer_q2_first_impression="Rustig").status_code == 303


def test_body_over_64_kib_comes_back_to_be_shortened(
    answering: Visitor, stored: Stored
) -> None:
    typed = "<b>lang</b> " + "x" * 65_536

    answer = answering.post(
        answering.url,
        token=answering.token,
        action="next",
        answer_q2_first_impression=typed,
    )

    assert answer.status_code == 413
    assert "too long to send" in answer.text
    assert f"{escape(typed)}</textarea>" in answer.text
    assert f'href="/r/{answering.key}/en/"' in answer.text
    assert stored.said() == [("q1_found_us", "event", None)]
    answering.page = answer
    shorter = answering.send(answer_q2_first_impression="Korter")
    assert shorter.status_code == 303
    assert ("q2_first_impression", None, "Korter") in stored.said()


def test_body_over_a_mebibyte_is_not_read(answering: Visitor, stored: Stored) -> None:
    answer = answering.post(
        answering.url, token=answering.token, answer_q2_first_impression="x" * (1 << 20)
    )

    assert answer.status_code == 413
    assert "Go back with the button of your browser" in answer.text
    assert len(answer.text) < 10_000
    assert stored.said() == [("q1_found_us", "event", None)]


def test_too_many_first_pages_wait_in_the_right_language(
    app: Flask, visit: Visit, stored: Stored
) -> None:
    app.extensions["limiter"] = Limiter({"start": Limit(2, 600)})
    visitors = [visit(language="en") for _ in range(3)]

    sent = [visitor.send(detail_q1_found_us="Mijn zwager") for visitor in visitors]

    assert [answer.status_code for answer in sent] == [303, 303, 429]
    assert 0 < int(sent[2].headers["Retry-After"]) <= 600
    assert "Wait 10 minutes and try again." in sent[2].text
    assert "Mijn zwager</blockquote>" in sent[2].text
    assert stored.one(STARTED) == 2
    app.extensions["limiter"] = Limiter({})
    assert visitors[2].send().status_code == 303  # what stood there is sent again


def test_page_posts_are_limited_and_reading_is_not(
    app: Flask, answering: Visitor
) -> None:
    app.extensions["limiter"] = Limiter({"page": Limit(1, 60)})
    answering.send(answer_q2_first_impression="Rustig")

    sent = answering.send(answer_q3_found_what="yes")

    assert sent.status_code == 429
    assert answering.get(f"/r/{answering.key}/en/check").status_code == 200


def test_guessing_keys_locks_out_and_leaves_those_who_are_writing(
    app: Flask, answering: Visitor
) -> None:
    app.extensions["limiter"] = Limiter({"guess": Limit(3, 600)})
    guesses = [
        answering.get(f"/{kind}/{number:026}/en/").status_code
        for number, kind in enumerate("rirrr")
    ]

    right = answering.get(f"/r/{answering.key}/en/check")
    writing = answering.send(answer_q2_first_impression="Rustig")

    assert guesses == [404, 404, 404, 429, 429]
    assert right.status_code == 429
    assert writing.status_code == 303


@pytest.mark.parametrize("url", NO_DATABASES, ids=["postgresql", "sqlite"])
def test_without_a_database_what_was_typed_can_be_sent_again(
    app: Flask, answering: Visitor, stored: Stored, url: str
) -> None:
    working = app.extensions["database"]
    app.extensions["database"] = Database(url)

    answering.page = answering.post(
        answering.url,
        token=answering.token,
        answer_q2_first_impression='Rustig & "mooi"',
        answer_nothing=["a", "b"],
    )
    looked = answering.get(answering.url)

    assert answering.page.status_code == looked.status_code == 503
    assert answering.page.headers["Retry-After"] == "30"
    assert "not saved yet" in answering.page.text
    assert "Rustig &amp; &#34;mooi&#34;</blockquote>" in answering.page.text
    assert answering.page.text.count('name="answer_nothing"') == 2
    app.extensions["database"].dispose()
    app.extensions["database"] = working
    sent = answering.send(answer_q2_first_impression='Rustig & "mooi"')
    assert sent.status_code == 303
    assert ("q2_first_impression", None, 'Rustig & "mooi"') in stored.said()


@pytest.fixture
def impatient(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An app that does not wait long for a database that is busy."""
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    app = create_app(settings)
    yield app
    app.extensions["database"].dispose()


def test_database_that_another_program_keeps_busy_asks_to_wait(
    impatient: Flask,
    published: None,  # noqa: ARG001 - it is there
    settings: Settings,
) -> None:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL keeps nobody waiting for another's writing")
    visitor = Visitor(impatient, language="en")
    other = sqlite3.connect(str(url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    sent = visitor.send(detail_q1_found_us="Mijn zwager")
    other.close()

    assert sent.status_code == 503
    assert "Mijn zwager</blockquote>" in sent.text
    assert visitor.send().status_code == 303


def damage(stored: Stored) -> None:
    """A row that nobody could have written: reading it is an unforeseen failure."""
    with stored.database.transaction() as session:
        response = session.scalars(select(Response)).one()
        response.answers.append(
            Answer(question_id="days", code="nonsense", updated_at=now())
        )


def test_unforeseen_failure_gives_its_number_and_the_way_back(
    without_traceback: Flask,
    visit: Visit,
    stored: Stored,
    caplog: pytest.LogCaptureFixture,
) -> None:
    del without_traceback
    visitor = visit("every_kind", "en")
    visitor.send(answer_shop="Zwolle")
    damage(stored)

    with caplog.at_level(logging.DEBUG):
        page = visitor.post(
            visitor.url, token=visitor.token, answer_channels=["shop", "site"]
        )

    number = page.headers["X-Request-Id"]
    assert page.status_code == 500
    assert number in page.text
    assert f'href="/r/{visitor.key}/en/"' in page.text
    assert 'name="answer_channels" value="site"' in page.text
    assert number in caplog.text
    assert "nonsense" in caplog.text
    assert visitor.key not in caplog.text


def test_failure_without_even_a_template_is_still_a_page(
    without_traceback: Flask, answering: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = without_traceback
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader({}))
    if app.jinja_env.cache is not None:
        app.jinja_env.cache.clear()

    page = answering.get(f"/r/{answering.key}/en/check")

    assert page.status_code == 500
    assert page.headers["X-Request-Id"] in page.text
    assert "Er ging bij ons iets mis" in page.text


def test_other_methods_change_nothing(answering: Visitor, stored: Stored) -> None:
    client = answering._client  # noqa: SLF001 - for methods that no visitor uses
    statuses = {
        method: client.open(answering.url, method=method).status_code
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
    }

    assert statuses == {
        "HEAD": 200,
        "OPTIONS": 200,
        "PUT": 405,
        "PATCH": 405,
        "DELETE": 405,
    }
    assert stored.one(select(Response.row_version)) == 1


@pytest.mark.parametrize("accepted", ["fr", "\x7f;;q=x", "*"])
def test_language_nobody_speaks_here_becomes_the_default(
    visit: Visit, accepted: str
) -> None:
    visitor = visit()

    chosen = visitor.get("/q/standard", Accept_Language=accepted)
    unknown = visitor.get("/q/standard/fr/")

    assert {chosen.status_code, unknown.status_code} == {302}
    assert chosen.headers["Location"] == unknown.headers["Location"]


def test_failing_request_logs_no_key(
    without_traceback: Flask,
    visit: Visit,
    stored: Stored,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    visitor = visit("every_kind", "en")
    visitor.send(answer_shop="Zwolle")
    damage(stored)
    app = without_traceback
    working = app.extensions["database"]

    with caplog.at_level(logging.DEBUG):
        visitor.get(f"/r/{visitor.key}/en/check")
        app.extensions["database"] = Database(f"sqlite:///{tmp_path}/{visitor.key}/x")
        visitor.get(f"/r/{visitor.key}/en/check")
    app.extensions["database"] = working

    assert len(caplog.records) >= 2
    assert visitor.key[:5] not in caplog.text
