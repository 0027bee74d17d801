import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.personas.service import refresh_personas
from survey_app.responses.models import Answer
from tests.factories import PASSWORD, make_staff_member, make_version
from tests.personas.builders import make_crowd

PAGE = "/staff/personas/"


def sign_in(client: FlaskClient, session: Session, role: str = "marketer") -> None:
    member = make_staff_member(session, role)
    client.post("/staff/sign-in", data={"email": member.email, "password": PASSWORD})


def fill(database: Database, size: int, *, ways: int = 2) -> None:
    with database.transaction() as session:
        make_crowd(session, make_version(session), size, ways=ways)
    refresh_personas(database)


def test_personas_are_for_staff_only(client: FlaskClient) -> None:
    assert client.get(PAGE).status_code == 302


def test_page_without_a_derivation_explains_personas(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, session)

    page = client.get(PAGE, headers={"Accept-Language": "en"})

    assert "No personas yet" in page.text


def test_page_of_few_answers_says_how_many_more_it_takes(
    client: FlaskClient, session: Session, database: Database
) -> None:
    sign_in(client, session)
    fill(database, 12)

    page = client.get(PAGE, headers={"Accept-Language": "en"})

    assert "48 more customers must answer" in page.text
    assert re.findall(r'<h2 id="name-\d+">(.*)</h2>', page.text) == ["All customers"]


def test_page_of_one_customer_shows_no_figures_of_that_person(
    client: FlaskClient, session: Session, database: Database
) -> None:
    sign_in(client, session)
    fill(database, 1)

    page = client.get(PAGE)

    assert page.status_code == 200
    assert 'class="card persona' not in page.text


def test_page_of_one_group_says_that_there_is_no_evidence(
    client: FlaskClient, session: Session, database: Database
) -> None:
    sign_in(client, session)
    fill(database, 90, ways=1)

    page = client.get(PAGE, headers={"Accept-Language": "en"})

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
    client: FlaskClient,
    session: Session,
    database: Database,
    language: str,
    names: list[str],
) -> None:
    sign_in(client, session)
    fill(database, 120)

    page = client.get(PAGE, headers={"Accept-Language": language})

    found = re.findall(r'<h2 id="name-\d+">(.*)</h2>', page.text)
    assert sorted(found) == sorted(names)
    assert "style=" not in page.text


def test_card_leads_to_the_touchpoints_and_the_map_of_the_persona(
    client: FlaskClient, session: Session, database: Database
) -> None:
    sign_in(client, session)
    fill(database, 120)

    text = client.get(PAGE).text

    [first, second] = re.findall(r'id="persona-(\d+)"', text)
    for persona in (first, second):
        assert f'href="/staff/journey/?persona={persona}"' in text
        assert f'href="/staff/touchpoints/?persona={persona}&amp;wave=all"' in text


@pytest.mark.parametrize(
    ("role", "shown"), [("marketer", "bel […]"), ("researcher", "bel 06-12345678")]
)
def test_quotes_are_masked_but_for_those_who_read_whole_responses(
    client: FlaskClient, session: Session, database: Database, role: str, shown: str
) -> None:
    sign_in(client, session, role)
    fill(database, 12)
    for answer in session.scalars(select(Answer).where(Answer.text.is_not(None))):
        answer.text = f"{answer.text} en bel 06-12345678"
    session.commit()

    page = client.get(PAGE)

    assert shown in page.text


def test_page_takes_no_more_queries_for_more_customers(
    client: FlaskClient, session: Session, database: Database
) -> None:
    sign_in(client, session)
    fill(database, 100)
    few = _count_queries(client)
    fill(database, 60)
    refresh_personas(database, force=True)

    assert _count_queries(client) == few


def _count_queries(client: FlaskClient) -> int:
    statements: list[str] = []
    engine = client.application.extensions["database"].engine

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    client.get(PAGE)
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)
