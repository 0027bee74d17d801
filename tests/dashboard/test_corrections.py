import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.insights.models import Correction, Mention
from tests.factories import make_opinion, make_version

BACK = "/staff/touchpoints/?wave=all&touchpoint=delivery"


@pytest.fixture
def mention_id(session: Session) -> int:
    """One of six; its id is read before the commit, which would lock the database."""
    version = make_version(session)
    mention_ids = [make_opinion(session, version, -0.5).id for _ in range(6)]
    session.commit()
    return mention_ids[0]


def said(session: Session) -> list[tuple[str | None, str | None]]:
    rows = session.scalars(select(Correction))
    return [(row.touchpoint, row.polarity) for row in rows]


def test_a_correction_counts_and_leads_back_to_the_same_filters(
    session: Session, marketer: FlaskClient, mention_id: int
) -> None:
    page = marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "price", "polarity": "neutral", "next": BACK},
    )
    back = marketer.get(page.location).text

    assert (page.status, page.location) == ("302 FOUND", BACK)
    assert said(session) == [("price", "neutral")]
    assert "Saved. Your word counts from now on" in back
    assert "5 customers)" in back


def test_about_no_touchpoint_at_all(
    session: Session, marketer: FlaskClient, mention_id: int
) -> None:
    marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "", "polarity": "negative", "next": BACK},
    )

    assert said(session) == [(None, None)]


@pytest.mark.parametrize(
    "data",
    [
        {"touchpoint": "teleport", "polarity": "negative"},
        {"touchpoint": "price", "polarity": "furious"},
        {"polarity": "negative"},
        {},
    ],
)
def test_what_is_not_offered_is_refused(
    session: Session, marketer: FlaskClient, mention_id: int, data: dict[str, str]
) -> None:
    page = marketer.post(f"/staff/corrections/{mention_id}", data=data)

    assert page.status == "400 BAD REQUEST"
    assert said(session) == []


def test_a_touchpoint_outside_the_catalogue_may_stay(
    session: Session, marketer: FlaskClient
) -> None:
    version = make_version(session)
    mention_id = make_opinion(session, version, -0.5, touchpoint="own_bus").id
    session.commit()

    marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "own_bus", "polarity": "positive"},
    )

    assert said(session) == [("own_bus", "positive")]


def test_a_mention_that_is_gone_says_so(
    session: Session, marketer: FlaskClient, mention_id: int
) -> None:
    session.delete(session.get_one(Mention, mention_id))
    session.commit()

    page = marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "price", "polarity": "neutral", "next": BACK},
        follow_redirects=True,
    )

    assert "has been analysed again in the meantime" in page.text
    assert said(session) == []


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", ""]
)
def test_a_correction_leads_nowhere_else(
    marketer: FlaskClient, mention_id: int, elsewhere: str
) -> None:
    page = marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "price", "polarity": "neutral", "next": elsewhere},
    )

    assert page.location == "/staff/touchpoints/"


def test_a_correction_without_a_token_is_refused(
    app: Flask, session: Session, marketer: FlaskClient, mention_id: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    page = marketer.post(
        f"/staff/corrections/{mention_id}",
        data={"touchpoint": "price", "polarity": "neutral"},
    )

    assert page.status == "400 BAD REQUEST"
    assert said(session) == []


@pytest.mark.usefixtures("mention_id")
def test_the_form_on_the_page_can_be_sent_as_it_stands(
    app: Flask, session: Session, marketer: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = marketer.get(BACK).text
    form = page.split('<details class="correction">')[1].split("</form>")[0]
    action = re.findall(r'action="([^"]+)"', form)[0]
    fields = dict(re.findall(r'name="(csrf_token|next)" value="([^"]*)"', form))
    chosen = re.findall(r'<option value="([^"]*)" selected', form)

    answer = marketer.post(
        action,
        data=fields
        | dict(zip(("touchpoint", "polarity"), chosen, strict=True))
        | {"next": fields["next"].replace("&amp;", "&")},
    )

    assert answer.location == BACK
    assert said(session) == [("delivery", "negative")]
