"""Other names, hidden touchpoints and one's own, through the pages."""

import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.insights.generations import in_current
from survey_app.insights.models import Mention
from survey_app.insights.service import analyse_pending
from survey_app.touchpoints.models import TouchpointSetting
from tests.factories import make_mention, make_opinion, make_response, make_version

LIST = "/staff/touchpoints/list/"
FIGURES = "/staff/touchpoints/?wave=all"
CHARGING = {
    "name_nl": "Laadpaal",
    "name_en": "Charging point",
    "phase": "experience",
    "cues_nl": "laadpaal\n  laadplek ",
    "cues_en": "charging point",
    "examples": "",
}


def post(client: FlaskClient, address: str, **said: str) -> Any:
    page = client.get(LIST).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return client.post(address, data={"csrf_token": token[1], **said})


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def spoken(database: Database, touchpoint: str) -> int:
    with database.read() as session:
        mentions = select(Mention.id).where(Mention.touchpoint == touchpoint)
        return len(session.scalars(mentions.where(in_current(Mention))).all())


def phases(client: FlaskClient) -> list[str]:
    page = client.get(f"{LIST}new").text
    return re.findall(r'<option value="(\w+)"', page)


def test_an_own_touchpoint_is_found_in_both_languages(
    session: Session, database: Database, researcher: FlaskClient, executor: Executor
) -> None:
    version = make_version(session)
    for text in ("De laadpalen waren kapot.", "The charging points were broken."):
        make_response(session, version, {"interactions": text})
    session.commit()
    while analyse_pending(database, executor):
        pass
    assert spoken(database, "own_laadpaal") == 0
    said = CHARGING | {"phase": phases(researcher)[0]}

    added = post(researcher, f"{LIST}new", **said)
    while analyse_pending(database, executor):
        pass

    assert added.status == "302 FOUND"
    assert spoken(database, "own_laadpaal") == 2
    page = researcher.get(FIGURES).text
    assert ("Charging point" in page, "under-way" in page) == (True, False)


def test_what_is_hidden_leaves_figures_and_comes_back(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    for touchpoint in ("delivery", "returns"):
        for _ in range(6):
            make_opinion(session, version, -0.5, touchpoint=touchpoint)
    session.commit()
    figures = (FIGURES, "/staff/journey/")
    assert all(">Returns<" in researcher.get(page).text for page in figures)

    post(researcher, f"{LIST}returns/hide")

    assert not any("Returns" in researcher.get(page).text for page in figures)
    assert researcher.get("/staff/touchpoints/returns/sentences").status_code == 404
    assert "Returns" in researcher.get(LIST).text
    post(researcher, f"{LIST}returns/show")
    assert all(">Returns<" in researcher.get(page).text for page in figures)


def test_what_is_hidden_leaves_whole_responses(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    mention = make_opinion(session, version, -0.5, touchpoint="returns")
    make_mention(session, mention.analysed_text, score=0.6, touchpoint="delivery")
    session.commit()
    pages = ("/staff/responses/1", "/staff/responses/")
    before = [researcher.get(page).text for page in pages]
    assert "Returns" in before[0]
    assert "1 <span>negative<" in before[1]

    post(researcher, f"{LIST}returns/hide")

    after = [researcher.get(page).text for page in pages]
    assert ("Returns" in after[0], "Delivery" in after[0]) == (False, True)
    assert ("1 <span>negative<" in after[1], "1 <span>positive<" in after[1]) == (
        False,
        True,
    )
    post(researcher, f"{LIST}returns/show")
    assert "Returns" in researcher.get(pages[0]).text


def test_another_name_is_used_everywhere(
    session: Session, researcher: FlaskClient
) -> None:
    version = make_version(session)
    for _ in range(6):
        make_opinion(session, version, -0.5)
    session.commit()
    form = researcher.get(f"{LIST}delivery").text
    chosen = re.search(r'<option value="(\w+)" selected', form)
    assert chosen is not None

    names = {"name_nl": "Thuisbezorgd", "name_en": "Home delivery"}
    post(researcher, f"{LIST}delivery", **names, phase=chosen[1])

    for page in (FIGURES, "/staff/journey/", LIST, "/staff/responses/1"):
        assert "Home delivery" in researcher.get(page).text, page
    setting = session.scalars(select(TouchpointSetting)).one()
    assert (setting.name_nl, setting.name_en, setting.phase) == (*names.values(), None)


def test_the_shipped_name_again_is_no_change(
    session: Session, researcher: FlaskClient
) -> None:
    post(
        researcher,
        f"{LIST}delivery",
        name_nl="Levering",
        name_en="Delivery",
        phase=phases(researcher)[0],
    )

    setting = session.scalars(select(TouchpointSetting)).one()
    assert (setting.name_nl, setting.name_en) == (None, None)


def test_an_own_touchpoint_is_changed_and_removed(
    session: Session, researcher: FlaskClient
) -> None:
    said = CHARGING | {"phase": phases(researcher)[0]}
    post(researcher, f"{LIST}new", **said)
    address = f"{LIST}own_laadpaal"
    assert "laadpaal\nladen" not in researcher.get(address).text

    post(researcher, address, **said | {"cues_nl": "laadpaal\nladen"})
    assert "laadpaal\nladen" in researcher.get(address).text
    assert "Remove Charging point?" in researcher.get(f"{address}/remove").text
    post(researcher, f"{address}/remove")

    assert researcher.get(address).status_code == 404
    assert "Charging point" not in researcher.get(LIST).text
    post(researcher, f"{LIST}new", **said)
    codes = session.scalars(select(TouchpointSetting.code)).all()
    assert sorted(codes) == ["own_laadpaal", "own_laadpaal_2"]


def test_ours_cannot_be_removed(researcher: FlaskClient) -> None:
    post(researcher, f"{LIST}delivery/hide")

    assert researcher.get(f"{LIST}delivery/remove").status_code == 404
    assert post(researcher, f"{LIST}delivery/remove").status_code == 404
    assert "Delivery" in researcher.get(LIST).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name_nl": ""}, "Give it a name in Dutch."),
        ({"cues_nl": "*", "cues_en": ""}, "has to have 3 to 60 letters"),
        ({"cues_nl": "a|b|c|d|e|f laad"}, "has too many |"),
        ({"cues_nl": "", "cues_en": ""}, "it would never be found"),
        ({"examples": "Een.\nTwee."}, "three to ten example answers"),
        ({"examples": "Een.\nTwee.\n" + "x" * 301}, "at most 300 characters"),
        ({"cues_nl": "\n".join(f"laad {n}" for n in range(51))}, "more than 50"),
        ({"phase": "nowhere"}, "Not a valid choice"),
    ],
)
def test_what_is_mistyped_is_told(
    researcher: FlaskClient, session: Session, said: dict[str, str], sentence: str
) -> None:
    good = CHARGING | {"phase": phases(researcher)[0]}

    page = post(researcher, f"{LIST}new", **good | said)

    assert page.status_code == 422
    assert sentence in page.text
    assert session.scalars(select(TouchpointSetting)).all() == []


def test_a_look_ahead_keeps_nothing(session: Session, researcher: FlaskClient) -> None:
    version = make_version(session)
    for text in ("De laadpalen waren kapot.", "Bel jan@example.org over de laadplek."):
        make_response(session, version, {"interactions": text})
    make_response(session, version, {"interactions": "De site is traag."})
    session.commit()
    said = CHARGING | {"phase": phases(researcher)[0], "preview": "1"}

    page = post(researcher, f"{LIST}new", **said).text

    assert "Found in 2 of your 3 answers" in page
    assert "By its phrases: 2;" in page
    assert "De laadpalen waren kapot." in page
    assert "jan@example.org" not in page
    session.rollback()
    assert session.scalars(select(TouchpointSetting)).all() == []


def test_marketers_stay_out(marketer: FlaskClient) -> None:
    assert marketer.get(LIST).status_code == 403
    assert "add your own" not in marketer.get("/staff/touchpoints/").text
