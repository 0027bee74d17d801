import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.insights.models import Mention
from survey_app.personas.models import Persona, PersonaDerivation, PersonaMember
from tests.factories import A_MOMENT, make_opinion, make_version, make_wave
from tests.staff_visits import counted_statements


def fill(session: Session, scores: list[float], **columns: Any) -> list[Mention]:
    version = make_version(session)
    mentions = [make_opinion(session, version, each, **columns) for each in scores]
    session.commit()
    return mentions


def row_of(page: str, name: str) -> str:
    """The cells of one touchpoint's row, as a reader hears them."""
    row = next(each for each in page.split("<tr")[1:] if f">{name}<" in each)
    return words("<tr" + row.split("</tr>")[0])


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_empty_workspace_teaches(marketer: FlaskClient) -> None:
    page = marketer.get("/staff/touchpoints/")

    assert page.status == "200 OK"
    assert "Nothing was said yet" in page.text
    assert "<table" not in page.text


def test_a_row_reads_itself(session: Session, marketer: FlaskClient) -> None:
    fill(session, [-0.5] * 24 + [0.0] * 8 + [0.5] * 8)

    page = marketer.get("/staff/touchpoints/").text

    assert row_of(page, "Delivery") == (
        "Delivery 40 60 20 20 −0.4 −0.7 to −0.1 from −0.4 to −0.4"
    )
    assert 'aria-label="60% negative, 20% neutral, 20% positive"' in page
    assert "60% negative (45–74%, 40 customers)" in words(page)


def test_small_bases_are_marked_and_smaller_ones_hidden(
    session: Session, marketer: FlaskClient
) -> None:
    fill(session, [-0.5] * 6)
    fill(
        session, [0.83] * 4, touchpoint="product", words="Geheim woord", cues=["geheim"]
    )

    page = marketer.get("/staff/touchpoints/?touchpoint=product").text

    assert "6*" in row_of(page, "Delivery").replace(" *", "*")
    assert row_of(page, "Product") == "Product Too few answers to say anything"
    for figure in ("Geheim", "geheim", "4 customers", "100%"):
        assert figure not in page.split("<main")[1].replace("100% negative", "")


def test_a_few_people_are_not_counted_out(
    session: Session, marketer: FlaskClient
) -> None:
    fill(session, [-0.5] * 4)

    page = marketer.get("/staff/touchpoints/").text

    assert row_of(page, "Delivery") == "Delivery Too few answers to say anything"
    assert "customers told" not in page


def test_sentences_of_a_small_base_are_not_shown(
    session: Session, researcher: FlaskClient
) -> None:
    fill(session, [-0.5] * 4, words="Geheim woord")

    page = researcher.get("/staff/touchpoints/delivery/sentences").text

    assert "Too few answers to say anything" in page
    assert "Geheim" not in page


def test_the_arrow_shows_only_beyond_chance(
    session: Session, marketer: FlaskClient
) -> None:
    version = make_version(session)
    first = make_wave(session, version, name="Lente", starts_on=date(2026, 3, 1))
    second = make_wave(session, version, name="Herfst", starts_on=date(2026, 9, 1))
    for number in range(30):
        for wave, delivery in ((first, 0.6), (second, -0.6)):
            noise = number / 100
            make_opinion(session, version, delivery + noise, wave=wave)
            make_opinion(session, version, 0.3 + noise, wave=wave, touchpoint="product")
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={second.id}").text

    assert "worse than the wave before" in row_of(page, "Delivery")
    assert "than the wave before" not in row_of(page, "Product")
    assert "100 points worse than Lente" in words(page)


@pytest.mark.parametrize("broken", ["wave=0", "persona=x", "language=de", "role=ceo"])
def test_what_cannot_be_chosen_is_left_out(
    session: Session, marketer: FlaskClient, broken: str
) -> None:
    fill(session, [-0.5] * 5)

    page = marketer.get(f"/staff/touchpoints/?{broken}")

    assert page.status == "200 OK"
    assert "What 5 customers told" in page.text


def test_filters_are_kept_in_every_address(
    session: Session, marketer: FlaskClient
) -> None:
    fill(session, [-0.5] * 5, language="en")

    page = marketer.get("/staff/touchpoints/?language=en&role=interactions").text

    addresses = re.findall(
        r'href="(/staff/touchpoints/[^"]*(?:touchpoint=|sentences)[^"]*)"', page
    )
    assert len(addresses) == 2
    for address in addresses:
        assert "language=en&amp;role=interactions" in address


def test_a_persona_is_a_filter(session: Session, marketer: FlaskClient) -> None:
    mentions = fill(session, [-0.5] * 7)
    derivation = PersonaDerivation(
        status="derived",
        base=7,
        input_hash="0" * 64,
        seed=1,
        report={},
        derived_at=A_MOMENT,
    )
    persona = Persona(
        derivation=derivation,
        position=0,
        name_nl="De vergelijker",
        name_en="The comparer",
        base=5,
        description={},
        members=[
            PersonaMember(respondent_id=each.respondent_id, posterior=0.9)
            for each in mentions[:5]
        ],
    )
    session.add(persona)
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?persona={persona.id}").text

    assert "What 5 customers told" in page
    assert re.search(r"<option [^>]*selected>The comparer</option>", page)


def test_nothing_fits_the_filters(session: Session, marketer: FlaskClient) -> None:
    fill(session, [-0.5] * 5)

    page = marketer.get("/staff/touchpoints/?source=interview").text

    assert "Nobody said anything that fits these filters." in page


def test_quotes_mark_the_evidence(session: Session, marketer: FlaskClient) -> None:
    fill(session, [-0.5] * 5, words="Prima, maar <veel> te laat", start=12, end=26)

    page = marketer.get("/staff/touchpoints/").text

    assert "Prima, maar <mark>&lt;veel&gt; te laat</mark>" in page


def test_marketers_read_masked_sentences_and_researchers_whole_ones(
    session: Session, marketer: FlaskClient, researcher: FlaskClient
) -> None:
    fill(session, [-0.5] * 5, words="Bel 0612345678: te laat", start=16, end=23)
    pages = ("/staff/touchpoints/", "/staff/touchpoints/delivery/sentences")

    masked = [marketer.get(page).text for page in pages]
    whole = [researcher.get(page).text for page in pages]

    assert ["0612345678" in page for page in masked] == [False, False]
    assert ["Bel […]: <mark>te laat</mark>" in page for page in masked] == [True, True]
    assert ["Bel 0612345678: <mark>te laat</mark>" in page for page in whole] == [
        True,
        True,
    ]


def test_sentences_are_paged_and_filtered_by_polarity(
    session: Session, marketer: FlaskClient
) -> None:
    fill(session, [-0.5] * 21 + [0.5] * 5)
    address = "/staff/touchpoints/delivery/sentences"

    pages = [
        marketer.get(address).text,
        marketer.get(f"{address}?page=2").text,
        marketer.get(f"{address}?polarity=positive").text,
        marketer.get(f"{address}?page=99&polarity=negative").text,
    ]

    assert [page.count("<blockquote") for page in pages] == [20, 6, 5, 1]


def test_an_unknown_touchpoint_is_not_there(marketer: FlaskClient) -> None:
    page = marketer.get("/staff/touchpoints/teleport/sentences")

    assert page.status == "404 NOT FOUND"


def test_pages_put_as_many_questions_for_one_sentence_as_for_three(
    app: Flask, session: Session, marketer: FlaskClient
) -> None:
    addresses = ("/staff/touchpoints/", "/staff/touchpoints/delivery/sentences")
    counts = []
    fill(session, [-0.5] * 5)
    for more in ([-0.4], [-0.4] * 3):
        fill(session, more)
        with counted_statements(app) as statements:
            for address in addresses:
                assert marketer.get(address).status == "200 OK"
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_speak_both_languages(
    session: Session, marketer: FlaskClient, language: str
) -> None:
    fill(session, [-0.5] * 5)
    marketer.post("/language", data={"language": language})

    page = marketer.get("/staff/touchpoints/").text

    assert f'<html lang="{language}">' in page
    assert {"nl": "−1,0", "en": "−1.0"}[language] in page
