import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey_app.db import Database
from survey_app.personas.service import refresh_personas
from survey_app.responses.models import Answer
from tests.factories import PASSWORD, make_staff_member, make_version
from tests.personas.builders import make_crowd
from tests.staff_visits import counted_statements

PAGE = "/staff/personas/"


def sign_in(app: Flask, database: Database, role: str) -> FlaskClient:
    with database.write() as session:
        make_staff_member(session, role)
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.post(
        "/staff/sign-in", data={"email": f"{role}@example.org", "password": PASSWORD}
    )
    return client


@pytest.fixture
def marketer(app: Flask, database: Database) -> FlaskClient:
    return sign_in(app, database, "marketer")


def fill(database: Database, size: int, *, ways: int = 2) -> None:
    with database.transaction() as session:
        make_crowd(session, make_version(session), size, ways=ways)
    refresh_personas(database)


def test_personas_are_for_staff_only(client: FlaskClient) -> None:
    assert client.get(PAGE).status_code == 302


def test_page_without_a_derivation_explains_personas(marketer: FlaskClient) -> None:

    page = marketer.get(PAGE)

    assert "No personas yet" in page.text


def test_page_of_few_answers_says_how_many_more_it_takes(
    marketer: FlaskClient, database: Database
) -> None:
    fill(database, 12)

    page = marketer.get(PAGE)

    assert "48 more customers must answer" in page.text
    assert re.findall(r'<h2 id="name-\d+">(.*)</h2>', page.text) == ["All customers"]


def test_page_of_one_customer_shows_no_figures_of_that_person(
    marketer: FlaskClient, database: Database
) -> None:
    fill(database, 1)

    page = marketer.get(PAGE)

    assert page.status_code == 200
    assert 'class="card persona' not in page.text


def test_page_of_one_group_says_that_there_is_no_evidence(
    marketer: FlaskClient, database: Database
) -> None:
    fill(database, 90, ways=1)

    page = marketer.get(PAGE)

    assert "no evidence for separate personas" in page.text
    assert "What sets them apart" not in page.text


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["De prijsbewuste uitzoeker", "De rustige adviesvrager"]),
        ("en", ["The price-conscious explorer", "The unhurried advice seeker"]),
    ],
)
def test_page_shows_a_card_for_each_persona_in_the_language_of_the_page(
    marketer: FlaskClient,
    database: Database,
    language: str,
    names: list[str],
) -> None:
    fill(database, 120)

    page = marketer.get(PAGE, headers={"Accept-Language": language})

    found = re.findall(r'<h2 id="name-\d+">(.*)</h2>', page.text)
    assert sorted(found) == sorted(names)
    assert "style=" not in page.text


def test_card_leads_to_the_touchpoints_and_the_map_of_the_persona(
    marketer: FlaskClient, database: Database
) -> None:
    fill(database, 120)

    text = marketer.get(PAGE).text

    [first, second] = re.findall(r'id="persona-(\d+)"', text)
    for persona in (first, second):
        assert f'href="/staff/journey/?persona={persona}"' in text
        assert f'href="/staff/touchpoints/?persona={persona}&amp;wave=all"' in text


@pytest.mark.parametrize(
    ("role", "shown"), [("marketer", "bel […]"), ("researcher", "bel 06-12345678")]
)
def test_quotes_are_masked_but_for_those_who_read_whole_responses(
    app: Flask, database: Database, role: str, shown: str
) -> None:
    client = sign_in(app, database, role)
    fill(database, 12)
    with database.transaction() as session:
        for answer in session.scalars(select(Answer).where(Answer.text.is_not(None))):
            answer.text = f"{answer.text} en bel 06-12345678"

    page = client.get(PAGE)

    assert shown in page.text


def test_page_takes_no_more_queries_for_more_customers(
    app: Flask, marketer: FlaskClient, database: Database
) -> None:
    fill(database, 100)
    with counted_statements(app) as few:
        marketer.get(PAGE)
    fill(database, 60)
    refresh_personas(database, force=True)
    with counted_statements(app) as many:
        marketer.get(PAGE)

    assert len(many) == len(few)
