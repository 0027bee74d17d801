"""The page of keys and webhooks: shown once, revoked, tried, changed, deleted."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.api.models import ApiKey, Webhook, WebhookDelivery
from survey_app.clock import now
from tests.api.program import Program
from tests.factories import A_MOMENT
from tests.staff_visits import counted_statements, sign_in


def test_key_is_shown_once_and_opens_until_it_is_revoked(
    app: Flask, session: Session
) -> None:
    staff = sign_in(app, session, "admin")

    empty = staff.get("/staff/api/").text
    made = staff.post(
        "/staff/api/keys",
        data={"name": "CRM", "scopes": ["read:questionnaires"], "days": "30"},
    ).text
    key = re.search(r"kr_[a-z0-9]{8}_[a-z0-9]{26}", made)
    assert key is not None
    program = Program(app, key[0])
    before = program.get("/questionnaires").status_code
    listed = staff.get("/staff/api/").text
    prefix = key[0].split("_")[1]
    staff.post(f"/staff/api/keys/{prefix}/revoke")

    assert "No program has a key yet" in empty
    assert key[0] not in listed
    assert f"kr_{prefix}_" in listed
    assert (before, program.get("/questionnaires").status_code) == (200, 401)
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions == ["make API key", "revoke API key"]


def test_mistakes_are_named_and_what_was_typed_stays(
    app: Flask, session: Session
) -> None:
    staff = sign_in(app, session, "admin")

    no_scope = staff.post("/staff/api/keys", data={"name": "Mijn CRM", "days": "30"})
    inside = staff.post(
        "/staff/api/webhooks",
        data={"url": "https://10.0.0.1/in", "topics": ["response.submitted"]},
    )

    assert (no_scope.status_code, inside.status_code) == (422, 422)
    assert "Choose what the program may do." in no_scope.text
    assert 'value="Mijn CRM"' in no_scope.text
    assert "inside a private network" in inside.text
    assert 'value="https://10.0.0.1/in"' in inside.text


def test_webhook_is_made_tried_switched_changed_and_deleted(
    app: Flask, session: Session
) -> None:
    staff = sign_in(app, session, "admin")
    data = {"url": "https://example.org/in", "topics": ["response.submitted"]}

    made = staff.post("/staff/api/webhooks", data=data).text
    webhook = session.scalars(select(Webhook)).one()
    session.commit()  # or the page would wait for our turn to write
    path = f"/staff/api/webhooks/{webhook.public_id}"
    nothing_yet = staff.get(path).text
    staff.post(f"{path}/test")
    delivery = session.scalars(select(WebhookDelivery)).one()
    delivery.given_up_at, delivery.attempts = now(), 8
    delivery.last_trouble, delivery.last_status = "refuses", 500
    session.commit()
    given_up = staff.get(path).text
    staff.post(f"{path}/deliveries/{delivery.id}")
    staff.post(f"{path}/switch", data={"on": "0"})
    off = staff.get(path).text
    staff.post(path, data={**data, "url": "https://example.org/other"})
    changed = staff.get("/staff/api/").text
    staff.post(f"{path}/delete")

    assert "whsec_" in made
    assert "Nothing was sent yet" in nothing_yet
    assert "Given up" in given_up
    assert "It answered that it did not take it. (500)" in given_up
    assert "It is off since" in off
    assert "https://example.org/other" in changed
    assert staff.get(path).status_code == 404


@pytest.mark.parametrize("role", ["researcher", "marketer"])
def test_only_administrators_see_keys(app: Flask, session: Session, role: str) -> None:
    staff = sign_in(app, session, role)

    assert staff.get("/staff/api/").status_code == 403
    assert staff.post("/staff/api/keys", data={"name": "x"}).status_code == 403


def test_long_list_asks_the_database_as_often_as_a_short_one(
    app: Flask, session: Session
) -> None:
    staff = sign_in(app, session, "admin")
    counts = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            session.add(
                ApiKey(
                    name=f"K{number}",
                    prefix=f"{number:08}",
                    key_hash=f"{number:064}",
                    created_at=A_MOMENT,
                )
            )
        session.commit()
        with counted_statements(app) as statements:
            staff.get("/staff/api/")
        counts.append(len(statements))

    assert counts[0] == counts[1]
