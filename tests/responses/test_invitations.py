"""Invitations as respondents meet them: one response each, spent by no scanner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from survey_app.clock import now
from survey_app.invitations.models import Invitation
from survey_app.keys import key_hash
from survey_app.respondents.models import Contact
from survey_app.responses.invited import drop_losers
from survey_app.responses.models import Answer, Response
from tests.responses.invitations import add_contact, invite
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

Guest = Callable[..., Visitor]
RESPONSES = select(func.count(Response.id))


@pytest.fixture
def guest(app: Flask, published: None) -> Guest:  # noqa: ARG001 - it is there
    """Somebody who opens an invitation."""

    def open_invitation(key: str, lang: str = "") -> Visitor:
        visitor = Visitor(app)
        visitor.go(f"/i/{key}/{lang}/" if lang else f"/i/{key}")
        return visitor

    return open_invitation


def test_scanners_that_look_spend_nothing(
    app: Flask,
    published: None,  # noqa: ARG001 - it is there
    stored: Stored,
) -> None:
    key = invite(stored.database)
    client = app.test_client(use_cookies=False)

    looked = [
        client.open(address, method=method).status_code
        for _ in range(5)
        for method in ("HEAD", "GET", "OPTIONS")
        for address in (f"/i/{key}", f"/i/{key}/en/")
    ]

    assert set(looked) == {200}
    invitation = stored.one(select(Invitation))
    assert (invitation.started_at, invitation.used_at) == (None, None)
    assert stored.one(RESPONSES) == 0


def test_invited_person_answers_once_and_comes_back_to_it(
    guest: Guest, stored: Stored
) -> None:
    key = invite(stored.database)
    visitor = guest(key, "en")
    visitor.send(answer_q1_found_us="event")
    response = stored.one(select(Response))
    assert response.source == "mail"
    assert stored.one(select(Invitation.started_at)) is not None

    again = guest(key)
    assert "Ga verder waar u was" in again.page.text
    again.url = again.post(f"/i/{key}/continue").headers["Location"]
    again.go(again.url)
    again.go(again.page.headers["Location"])
    assert again.url == f"/r/{visitor.key}/nl/first_impression"
    again.skip_all()
    again.submit()

    assert stored.one(select(Invitation.used_at)) is not None
    used = guest(key, "en").page
    assert used.status_code == 200
    assert "already received" in used.text
    assert stored.one(select(Response.receipt)) in used.text
    late = again.post(f"/i/{key}/en/", token=visitor.token)
    assert late.status_code == 200
    assert stored.one(RESPONSES) == 1


def test_two_people_on_one_invitation_make_one_response(
    guest: Guest, stored: Stored
) -> None:
    key = invite(stored.database)
    visitors = [guest(key, "en") for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        sent = list(
            pool.map(
                lambda visitor: visitor.send(detail_q1_found_us="Mijn zwager"), visitors
            )
        )

    assert sorted(answer.status_code for answer in sent) == [303, 409, 409, 409]
    refused = next(answer for answer in sent if answer.status_code == 409)
    assert "This invitation is in use already" in refused.text
    assert "Mijn zwager" in refused.text
    assert stored.one(RESPONSES) == 1


def test_double_click_on_an_invitation_makes_one_response(
    guest: Guest, stored: Stored
) -> None:
    visitor = guest(invite(stored.database))
    fields = {"token": visitor.token, "answer_q1_found_us": "event"}

    sent = [visitor.post(visitor.url, **fields) for _ in range(2)]

    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert stored.one(RESPONSES) == 1


@pytest.mark.parametrize(
    ("columns", "status", "words"),
    [
        ({"expires_at": now() - timedelta(hours=1)}, 410, "has expired"),
        ({"revoked_at": now()}, 404, "do not know this invitation"),
        ({"used_at": now()}, 200, "already received"),
    ],
    ids=["expired", "revoked", "used"],
)
def test_invitation_that_is_over_says_so_and_starts_nothing(
    guest: Guest,
    stored: Stored,
    columns: dict[str, Any],
    status: int,
    words: str,
) -> None:
    fresh = guest(invite(stored.database), "en")
    key = invite(stored.database, **columns)

    page = fresh.get(f"/i/{key}/en/")
    sent = fresh.post(f"/i/{key}/en/", token=fresh.token)

    assert (page.status_code, sent.status_code) == (status, status)
    assert words in page.text
    assert words in sent.text
    assert stored.one(RESPONSES) == 0


def test_invitation_that_nobody_made_is_not_known(guest: Guest) -> None:
    page = guest("0123456789abcdefghjkmnpqrs").page

    assert page.status_code == 404
    assert "kennen deze uitnodiging niet" in page.text


def test_started_response_may_be_finished_after_the_invitation_expired(
    guest: Guest, stored: Stored
) -> None:
    key = invite(stored.database, expires_at=now() + timedelta(days=1))
    visitor = guest(key)
    visitor.send()
    with stored.database.transaction() as session:
        session.scalars(select(Invitation)).one().expires_at = now()

    assert visitor.post(f"/i/{key}/continue").status_code == 303
    visitor.skip_all()
    assert visitor.submit().status_code == 303


def test_contact_is_the_same_respondent_in_every_wave(
    guest: Guest, stored: Stored
) -> None:
    anna = add_contact(stored.database)
    for slug in ("standard", "every_kind"):
        visitor = guest(invite(stored.database, slug, contact_id=anna))
        visitor.send(answer_shop="Zwolle")
    guest(invite(stored.database)).send()

    respondents = stored.all(select(Response.respondent_id).order_by(Response.id))

    assert respondents[0] == respondents[1]
    assert respondents[2] != respondents[0]
    assert stored.one(select(Contact.respondent_id)) == respondents[0]


def test_who_lost_the_race_hears_it_and_is_dropped_a_day_later(
    guest: Guest, stored: Stored
) -> None:
    key = invite(stored.database)
    visitor = guest(key)
    visitor.send(answer_q1_found_us="event")
    visitor.skip_all()
    with stored.database.transaction() as session:
        session.scalars(select(Invitation)).one().used_at = now()

    sent = visitor.submit()

    assert sent.status_code == 200
    assert "al ontvangen" in sent.text
    assert stored.one(select(Response.state)) == "in_progress"
    with stored.database.transaction() as session:
        assert drop_losers(session, at=now() + timedelta(hours=23)) == 0
        assert drop_losers(session, at=now() + timedelta(hours=25)) == 1
    assert stored.one(select(func.count(Answer.id))) == 0


def test_key_of_an_invitation_is_stored_as_a_hash_only(
    guest: Guest, stored: Stored
) -> None:
    key = invite(stored.database)
    visitor = guest(key)
    visitor.send()

    assert stored.one(select(Invitation.key_hash)) == key_hash(key)
    assert stored.one(select(Response.resume_key_hash)) == key_hash(visitor.key)
    assert visitor.key != key
