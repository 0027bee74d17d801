import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

import survey_app
from survey_app.insights.models import FoundFactor
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.service import publish
from tests.factories import (
    A_MOMENT,
    make_analysed_text,
    make_mention,
    make_opinion,
    make_respondent,
    make_response,
    make_version,
    make_wave,
)
from tests.staff_visits import counted_statements, sign_in

STANDARD = Path(survey_app.__file__).parents[1] / "question_sets/standard_v1.toml"


@pytest.fixture
def researcher(app: Flask, session: Session) -> FlaskClient:
    return sign_in(app, session, "researcher")


@pytest.fixture
def standard(session: Session) -> QuestionnaireVersion:
    return publish(session, STANDARD.read_text("utf-8"), published_at=A_MOMENT)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1]).split())


def test_an_empty_list_says_how_responses_come_in(researcher: FlaskClient) -> None:
    page = researcher.get("/staff/responses/").text

    assert "No responses yet" in page


def test_the_list_shows_what_was_said_and_found(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    wave = make_wave(session, version, name="Najaar")
    make_opinion(session, version, -0.5, words="Te <laat> gebracht", wave=wave)
    make_response(session, version, {"why_us": "Nog niet gelezen"})
    make_response(session, version)
    session.commit()

    page = words(researcher.get("/staff/responses/").text)

    assert (
        "K-0001 5 Oct 2026 Najaar · Dutch Te &lt;laat&gt; gebracht 1 negative" in page
    )
    assert "Nog niet gelezen not analysed yet" in page
    assert "– nothing found" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Eén", "Twee"}),
        ("language=en", {"Twee"}),
        ("state=any", {"Eén", "Twee", "Drie"}),
        ("state=in_progress", {"Drie"}),
        ("words=TWEE", {"Twee"}),
        ("words=%25", set()),
        ("wave=x&language=de&state=lost&page=0", {"Eén", "Twee"}),
    ],
)
def test_the_list_can_be_filtered(
    session: Session, researcher: FlaskClient, query: str, expected: set[str]
) -> None:
    version = make_version(session)
    make_response(session, version, {"why_us": "Eén"})
    make_response(session, version, {"why_us": "Twee"}, language_submitted="en")
    make_response(session, version, {"why_us": "Drie"}, state="in_progress")
    session.commit()

    page = researcher.get(f"/staff/responses/?{query}").text

    assert {said for said in ("Eén", "Twee", "Drie") if f">{said}<" in page} == expected


def test_the_list_can_be_filtered_by_wave(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    wave = make_wave(session, version)
    make_response(session, version, {"why_us": "Eén"}, wave=wave)
    make_response(session, version, {"why_us": "Twee"})
    wave_id = wave.id
    session.commit()

    page = researcher.get(f"/staff/responses/?wave={wave_id}").text

    assert [said in page for said in ("Eén", "Twee")] == [True, False]


def test_the_list_comes_in_pages_that_keep_the_filters(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    for _ in range(21):
        make_response(session, version, {"why_us": "Snel"})
    session.commit()

    first = researcher.get("/staff/responses/?words=snel").text
    second = researcher.get("/staff/responses/?words=snel&page=2").text

    assert [page.count("<tr>") for page in (first, second)] == [21, 2]
    assert 'href="/staff/responses/?page=2&amp;words=snel"' in first


def test_the_list_puts_as_many_questions_for_one_as_for_three(
    app: Flask, session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_opinion(session, version, -0.5)
        session.commit()
        with counted_statements(app) as statements:
            assert researcher.get("/staff/responses/").status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_response_shows_its_answers_in_the_order_of_the_questions(
    session: Session, researcher: FlaskClient, standard: QuestionnaireVersion
) -> None:
    texts = {"q8_why_us": "Advies", "q2_first_impression": "Rustig, maar traag"}
    response = make_response(
        session, standard, texts, codes={"q1_found_us": "search_engine"}
    )
    text = make_analysed_text(session, response.answers[1], role="website_experience")
    make_mention(
        session,
        text,
        touchpoint="website",
        start=13,
        end=18,
        cues=["traag"],
        emotion="frustration",
    )
    session.add(
        FoundFactor(
            analysed_text_id=text.id,
            respondent_id=text.respondent_id,
            factor="price",
            direction="away",
        )
    )
    response_id = response.id
    session.commit()

    page = researcher.get(f"/staff/responses/{response_id}").text

    titles = re.findall(r"<h2>([^<]+)</h2>", page.split("<aside")[0])
    assert titles[:2] == [
        "How did you find us?",
        "What was your first impression of our website?",
    ]
    assert 'Rustig, maar <mark class="negative">traag</mark>' in page
    said = words(page)
    assert "Website negative frustration 80% sure because of traag not right?" in said
    assert "What decided: price (against buying)" in said
    assert "Advies Not analysed yet" in said
    assert page.count("Skipped") == len(titles) - 3


def test_a_response_shows_who_else_it_belongs_to(
    session: Session, researcher: FlaskClient, standard: QuestionnaireVersion
) -> None:
    person = make_respondent(session)
    wave = make_wave(session, standard, name="Najaar")
    make_response(session, standard, respondent=person, wave=wave)
    response = make_response(session, standard, respondent=person, receipt="AB-CD")
    persona = Persona(
        position=0, name_nl="De vergelijker", name_en="The comparer", base=5
    )
    persona.description = {}
    persona.members = [PersonaMember(respondent_id=person.id, posterior=0.9)]
    session.add(
        PersonaDerivation(
            status="derived",
            base=5,
            input_hash="0" * 64,
            seed=1,
            report={},
            derived_at=A_MOMENT,
            personas=[persona],
        )
    )
    session.flush()
    response_id = response.id
    session.commit()

    page = words(researcher.get(f"/staff/responses/{response_id}").text)

    assert "The comparer · receipt AB-CD" in page
    assert "Filled in before or after: Najaar" in page


def test_a_response_that_is_not_there(researcher: FlaskClient) -> None:
    assert researcher.get("/staff/responses/999").status == "404 NOT FOUND"
