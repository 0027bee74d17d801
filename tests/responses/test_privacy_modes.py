"""What ties a response to a person, in each of the three modes."""

import re
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.api.models import WebhookDelivery
from survey_app.api.webhooks.courier import deliver_next
from survey_app.api.webhooks.events import hand_over_events
from survey_app.api.webhooks.service import Author, make_webhook
from survey_app.clock import HOME, day_of, now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights.service import analyse_pending
from survey_app.invitations.models import Invitation
from survey_app.keys import key_hash
from survey_app.orm import Base
from survey_app.outbox.models import Event
from survey_app.outbox.service import ERASED, EXCLUDED, SUBMITTED
from survey_app.questionnaires.service import publish
from survey_app.respondents.models import Contact, Respondent
from survey_app.responses.erasure import Erasure, erase_responses
from survey_app.responses.models import Answer, PageEvent, Response
from survey_app.vault import open_vault
from tests.api.receiver import listening
from tests.questionnaires.builders import broken
from tests.responses.invitations import SECRET, add_contact, invite
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

ASKS_ADDRESS = """[[pages]]
id = "reach"

[[pages.questions]]
id = "email"
type = "email"
title = { nl = "Uw e-mailadres?", en = "Your e-mail address?" }

[[pages]]
id = "channels"
"""
CONSENT = """[consent]
label = { nl = "Ik doe mee.", en = "I take part." }

[[pages]]
id = "name"
"""
FIRST_PAGE = 'id = "every_kind"'


def with_mode(mode: str) -> str:
    """The questionnaire of every kind, fielded in this mode under its name."""
    source = broken(FIRST_PAGE, f'id = "{mode}"')
    source = source.replace('[[pages]]\nid = "name"\n', CONSENT, 1)
    if mode == "identified":
        source = source.replace('[[pages]]\nid = "channels"\n', ASKS_ADDRESS)
    prefill = 'prefill = ["channel", "customer"]'
    return f'{source}\n[settings]\nprivacy_mode = "{mode}"\n{prefill}\n'


@pytest.fixture
def modes(database: Database) -> None:
    with database.transaction() as session:
        for mode in ("anonymous", "pseudonymous", "identified"):
            publish(session, with_mode(mode), published_at=now())


def answer_all(app: Flask, address: str, **first: str) -> Visitor:
    """Fill in every page that is met, and send."""
    visitor = Visitor(app, "anonymous")
    visitor.go(address)
    visitor.send(answer_shop="Zwolle", **first)
    visitor.send(answer_channels=["shop"])
    visitor.send(answer_returned="yes")
    visitor.send(answer_how_returned="Terugsturen duurde erg lang, heel vervelend.")
    visitor.skip_all()
    assert visitor.submit().status_code == 303
    return visitor


def release(database: Database) -> None:
    """What a rule left out, a researcher takes in again."""
    with database.transaction() as session:
        session.scalars(select(Response)).one().state = "submitted"


class SameThread(Executor):
    """Analyses here and now."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **more))
        return future


Row = tuple[str, tuple[Any, ...]]


def rows_of(session: Session) -> dict[Row, dict[str, Any]]:
    """Every row of every table, by table and primary key."""
    found = {}
    for table in Base.metadata.sorted_tables:
        key = [column.name for column in table.primary_key.columns]
        for row in session.execute(select(table)).mappings():
            found[table.name, tuple(row[name] for name in key)] = dict(row)
    return found


def references(row: Row, values: dict[str, Any]) -> Iterable[Row]:
    """The rows that a row's foreign keys point to."""
    for key in Base.metadata.tables[row[0]].foreign_keys:
        value = values[key.parent.name]
        if value is not None:
            yield key.column.table.name, (value,)


# Shared by everybody in the same wave; standing beside each other there tells nothing.
SHARED = {"questionnaires", "questionnaire_versions", "waves", "staff"}


def connected(rows: dict[Row, dict[str, Any]], start: Row) -> set[Row]:
    """All rows that can be reached from one, along foreign keys in both directions."""
    neighbours: dict[Row, set[Row]] = {row: set() for row in rows}
    for row, values in rows.items():
        for other in references(row, values):
            if row[0] not in SHARED and other[0] not in SHARED:
                neighbours[row].add(other)
                neighbours[other].add(row)
    seen, queue = {start}, deque([start])
    while queue:
        for other in neighbours[queue.popleft()] - seen:
            seen.add(other)
            queue.append(other)
    return seen


def moments(values: dict[str, Any]) -> list[datetime]:
    return [value for value in values.values() if isinstance(value, datetime)]


def telling(values: dict[str, Any]) -> set[str]:
    """Values that stand in one row alone when they are random: keys, hashes, names."""
    return {
        value
        for value in values.values()
        if isinstance(value, str) and re.fullmatch(r"[0-9a-zA-Z_-]{20,}", value)
    }


TOLD_OF = (SUBMITTED, EXCLUDED, ERASED)


def tell_a_webhook(database: Database, settings: Settings) -> int:
    """A receiver takes all there is to tell at once; how much that was."""
    inside = replace(settings, webhook_hosts=frozenset({"127.0.0.1"}))
    with listening() as receiver:
        with database.transaction() as session:
            made, _ = make_webhook(
                session,
                url=receiver.url,
                topics=TOLD_OF,
                settings=inside,
                author=Author(),
                at=now(),
            )
            webhook_id = made.id
        hand_over_events(database, inside)
        while deliver_next(database, inside, webhook_id):
            pass
        return len(receiver.received)


@pytest.mark.usefixtures("modes")
def test_nothing_leads_from_a_contact_to_an_anonymous_response(
    app: Flask, database: Database, session: Session, settings: Settings
) -> None:
    contact_id = add_contact(database)
    key = invite(database, "anonymous", contact_id=contact_id)
    visitor = answer_all(app, f"/i/{key}", website="https://a.example", consent="1")
    release(database)
    analyse_pending(database, SameThread())
    assert tell_a_webhook(database, settings) == 1

    rows = rows_of(session)
    assert rows["responses", (1,)]["consented_at"] == day_of(now())
    contact = connected(rows, ("contacts", (contact_id,)))
    response = connected(rows, ("responses", (1,)))

    assert {"responses", "answers", "analysed_texts"} <= {row[0] for row in response}
    assert "invitations" in {row[0] for row in contact}
    assert contact.isdisjoint(response)
    about_response = {
        *response,
        *(row for row in rows if row[0] in {"page_events", "respondents"}),
        *(row for row in rows if rows[row].get("topic", "").startswith("response.")),
    }
    assert "webhook_deliveries" in {row[0] for row in about_response}
    shared = {value for row in contact for value in telling(rows[row])} & {
        value for row in about_response for value in telling(rows[row])
    }
    assert shared == set()
    finer = {
        (row[0], moment)
        for row in {*about_response, *contact} - {("contacts", (contact_id,))}
        for moment in moments(rows[row])
        if moment.astimezone(HOME) != day_of(moment) and row[0] in ABOUT_THE_VISIT
    }
    assert finer == set()
    assert visitor.get(f"/r/{visitor.key}/nl/thanks").status_code == 200


@pytest.mark.usefixtures("modes")
def test_the_way_from_a_contact_is_found_where_there_is_one(
    app: Flask, database: Database, session: Session
) -> None:
    contact_id = add_contact(database)
    answer_all(app, f"/i/{invite(database, 'pseudonymous', contact_id=contact_id)}")

    reached = connected(rows_of(session), ("contacts", (contact_id,)))

    assert ("responses", (1,)) in reached


# The rest of these tables tells when somebody was invited, which we know anyway.
ABOUT_THE_VISIT = {
    *("responses", "answers", "respondents", "outbox", "page_events"),
    *("response_marks", "analysed_texts", "mentions", "found_factors"),
    "webhook_deliveries",
}


@pytest.mark.usefixtures("modes")
@pytest.mark.parametrize(
    ("mode", "is_cut"), [("anonymous", True), ("identified", False)]
)
def test_what_is_told_of_an_anonymous_response_is_told_by_the_day(
    app: Flask,
    database: Database,
    stored: Stored,
    settings: Settings,
    mode: str,
    is_cut: bool,  # noqa: FBT001 - a case of a table
) -> None:
    visitor = Visitor(app, mode)
    visitor.send(answer_shop="Zwolle")
    visitor.skip_all()
    visitor.submit()
    response_id = stored.one(select(Response.id))
    with database.transaction() as session:
        erase_responses(session, [response_id], reason=Erasure.ASKED, at=now())

    assert tell_a_webhook(database, settings) == 1

    delivery = stored.one(select(WebhookDelivery))
    assert delivery.topic == ERASED
    assert delivery.delivered_at is not None
    times = [delivery.created_at, delivery.delivered_at]
    times.append(datetime.fromisoformat(delivery.payload["created_at"]))
    assert [each == day_of(each) for each in times] == [is_cut] * 3


@pytest.mark.usefixtures("modes")
def test_invitation_to_an_anonymous_questionnaire_is_used_up_by_the_day(
    app: Flask, database: Database, stored: Stored
) -> None:
    key = invite(database, "anonymous", contact_id=add_contact(database))
    visitor = answer_all(app, f"/i/{key}")

    invitation = stored.one(select(Invitation))
    assert invitation.used_at == invitation.started_at == day_of(now())
    assert stored.one(select(Contact.respondent_id)) is None
    assert "ontvangen" in visitor.get(f"/i/{key}").text
    response = stored.one(select(Response))
    assert response.receipt not in visitor.get(f"/i/{key}").text
    assert (response.invitation_id, response.start_nonce) == (None, None)
    assert response.resume_key_hash == key_hash(visitor.key)
    assert set(stored.all(select(PageEvent.response_id))) == {None}


@pytest.mark.usefixtures("modes")
def test_unfinished_anonymous_response_can_still_be_resumed(
    app: Flask, database: Database
) -> None:
    key = invite(database, "anonymous", contact_id=add_contact(database))
    visitor = Visitor(app, "anonymous")
    visitor.go(f"/i/{key}")
    visitor.send(answer_shop="Zwolle")

    answer = visitor.post(f"/i/{key}/continue")

    assert answer.headers["Location"] == f"/r/{visitor.key}/nl/"


@pytest.mark.usefixtures("modes")
def test_same_person_is_another_respondent_in_each_anonymous_response(
    app: Flask, database: Database, stored: Stored
) -> None:
    contact_id = add_contact(database)
    answer_all(app, f"/i/{invite(database, 'pseudonymous', contact_id=contact_id)}")
    answer_all(app, f"/i/{invite(database, 'anonymous', contact_id=contact_id)}")

    known = stored.one(select(Contact.respondent_id))
    respondents = stored.all(select(Response.respondent_id).order_by(Response.id))
    assert respondents[0] == known
    assert respondents[1] != known


@pytest.mark.usefixtures("modes")
@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        ("anonymous", {"channel": "winkel Zwolle"}),
        ("pseudonymous", {"channel": "winkel Zwolle", "customer": "K123456"}),
    ],
)
def test_address_tells_only_what_was_asked_of_it(
    app: Flask, stored: Stored, mode: str, kept: dict[str, str]
) -> None:
    visitor = Visitor(app, mode)
    told = "channel=winkel%20Zwolle%00&customer=K123456&name=Anna&src=qr"
    visitor.go(f"/q/{mode}/nl/?{told}")
    visitor.page = visitor.post(f"/q/{mode}/en/", token=visitor.token, action="lang:en")
    visitor.send(answer_shop="Zwolle")

    response = stored.one(select(Response))

    assert response.prefill == kept
    assert (response.source, response.privacy_mode) == ("qr", mode)


@pytest.mark.usefixtures("modes")
def test_what_the_address_tells_survives_the_choice_of_language(
    app: Flask,
) -> None:
    visitor = Visitor(app, "pseudonymous")

    answer = visitor.get("/q/pseudonymous?channel=shop&src=mail&evil=1")

    assert answer.headers["Location"] == "/q/pseudonymous/nl/?src=mail&channel=shop"


@pytest.mark.usefixtures("modes")
def test_unknown_source_and_long_values_are_cut_to_size(
    app: Flask, stored: Stored
) -> None:
    visitor = Visitor(app, "pseudonymous")
    visitor.go(f"/q/pseudonymous/nl/?src=telepathy&channel={'x' * 500}")
    visitor.send(answer_shop="Zwolle")

    response = stored.one(select(Response))

    assert response.source == "link"
    assert response.prefill == {"channel": "x" * 200}


@pytest.mark.usefixtures("modes")
def test_address_that_is_given_goes_to_the_contacts_and_into_no_answer(
    app: Flask, stored: Stored, settings: Settings, session: Session
) -> None:
    visitor = Visitor(app, "identified", "en")
    visitor.send(answer_shop="Zwolle")
    visitor.send(answer_email="Anna@Example.org")
    assert "Anna@Example.org" not in str(rows_of(session))
    session.rollback()
    visitor.send("back")
    visitor.go(f"/r/{visitor.key}/en/reach")
    assert "Anna@Example.org" in visitor.page.text
    visitor.send(answer_email="Anna@Example.org")
    visitor.skip_all()
    assert "Anna@Example.org" in visitor.page.text

    visitor.submit()

    contact = stored.one(select(Contact))
    vault = open_vault(settings.contact_key)
    assert vault.decrypt(contact.email_encrypted) == "Anna@Example.org"
    assert contact.email_hash == vault.fingerprint("anna@example.org")
    assert contact.respondent_id == stored.one(select(Response.respondent_id))
    assert stored.said()[0] == ("email", "given", None)
    assert "example.org" not in str(rows_of(session)).lower()
    seen = visitor.get(f"/r/{visitor.key}/en/answers").text
    assert "Kept apart from your answers" in seen


@pytest.mark.usefixtures("modes")
@pytest.mark.parametrize("listed", [False, True])
def test_address_goes_with_the_answers_unless_it_was_known_before(
    app: Flask,
    database: Database,
    stored: Stored,
    settings: Settings,
    listed: bool,  # noqa: FBT001 - a case of a table
) -> None:
    if listed:
        vault = open_vault(settings.contact_key)
        anna = add_contact(database, vault.fingerprint("anna@example.org"))
        invite(database, "identified", contact_id=anna)
    visitor = Visitor(app, "identified")
    visitor.send(answer_shop="Zwolle")
    visitor.send(answer_email="anna@example.org")
    visitor.skip_all()
    visitor.submit()
    assert stored.one(select(func.count(Contact.id))) == 1
    visitor.go(f"/r/{visitor.key}/nl/withdraw")

    visitor.send()

    assert stored.one(select(func.count(Contact.id))) == int(listed)
    assert stored.one(select(func.count(Respondent.id))) == 0


@pytest.mark.usefixtures("modes")
def test_same_address_is_the_same_respondent(
    app: Flask, stored: Stored, settings: Settings
) -> None:
    for address in ("anna@example.org", "ANNA@example.org "):
        visitor = Visitor(app, "identified")
        visitor.send(answer_shop="Zwolle")
        visitor.send(answer_email=address)
        visitor.skip_all()
        visitor.submit()

    assert len(set(stored.all(select(Response.respondent_id)))) == 1
    assert stored.one(select(func.count(Contact.id))) == 1
    assert stored.one(select(func.count(Respondent.id))) == 1
    del settings


@pytest.mark.usefixtures("modes")
def test_typing_the_address_of_another_makes_nobody_that_person(
    app: Flask, database: Database, stored: Stored, settings: Settings
) -> None:
    vault = open_vault(settings.contact_key)
    bert = add_contact(database, vault.fingerprint("bert@example.org"))
    with database.transaction() as session:
        session.get_one(Contact, bert).respondent = Respondent(created_at=now())
    anna = add_contact(database, vault.fingerprint("anna@example.org"))
    visitor = Visitor(app, "identified")
    visitor.go(f"/i/{invite(database, 'identified', contact_id=anna)}")
    visitor.send(answer_shop="Zwolle")
    visitor.send(answer_email="bert@example.org")
    visitor.skip_all()
    visitor.submit()

    tied = dict(
        zip(
            stored.all(select(Contact.id).order_by(Contact.id)),
            stored.all(select(Contact.respondent_id).order_by(Contact.id)),
            strict=True,
        )
    )

    assert stored.one(select(Response.respondent_id)) == tied[anna] != tied[bert]


@pytest.mark.usefixtures("modes")
def test_sending_is_announced_once(app: Flask, stored: Stored) -> None:
    visitor = answer_all(app, "/q/anonymous/nl/")
    visitor.post(f"/r/{visitor.key}/nl/submit", token="again")

    event = stored.one(select(Event).where(Event.topic == SUBMITTED))

    assert event.subject == stored.one(select(Response.public_id))
    assert event.created_at == day_of(now())
    assert stored.one(select(func.count(Answer.id))) > 0
    assert SECRET not in str(event.detail)
