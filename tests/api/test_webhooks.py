"""Webhooks against a real receiver: signed, tried again, given up, never doubled."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from survey_app.accounts.models import AuditEntry
from survey_app.api.models import Webhook, WebhookDelivery
from survey_app.api.webhooks import courier
from survey_app.api.webhooks.addresses import Target, read_url
from survey_app.api.webhooks.courier import PAUSES, Courier, deliver_next
from survey_app.api.webhooks.events import forget_old_deliveries, hand_over_events
from survey_app.api.webhooks.sending import send
from survey_app.api.webhooks.service import Author, make_webhook, send_test, try_again
from survey_app.api.webhooks.troubles import Trouble
from survey_app.clock import day_of, now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.outbox.models import Event
from survey_app.outbox.service import ERASED, SUBMITTED, announce
from tests.api.program import Program
from tests.api.receiver import SLOW, TRICKLE, Receiver, listening

Programs = Callable[..., Program]
INSIDE = frozenset({"127.0.0.1", "localhost"})


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a key for tests only",
        webhook_hosts=INSIDE,
        public_url="https://feedback.example.org",
    )


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


def subscribe(
    database: Database, settings: Settings, url: str, *topics: str
) -> tuple[int, str]:
    with database.transaction() as session:
        webhook, secret = make_webhook(
            session,
            url=url,
            topics=topics or (SUBMITTED,),
            settings=settings,
            author=Author(),
            at=now(),
        )
        return webhook.id, secret


def happen(database: Database, settings: Settings, *topics: str) -> None:
    with database.transaction() as session:
        for topic in topics or (SUBMITTED,):
            announce(session, topic, subject="abc", at=now())
    hand_over_events(database, settings)


def only_delivery(database: Database) -> WebhookDelivery:
    with database.read() as session:
        return session.scalars(select(WebhookDelivery)).one()


def make_due(database: Database) -> None:
    with database.transaction() as session:
        session.execute(
            update(WebhookDelivery)
            .where(WebhookDelivery.next_attempt_at.is_not(None))
            .values(next_attempt_at=now() - timedelta(seconds=1))
        )


def test_event_arrives_signed_and_says_no_more_than_ids(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    webhook_id, secret = subscribe(database, settings, f"{receiver.url}/hook?a=b")
    happen(database, settings)

    assert deliver_next(database, settings, webhook_id)

    (got,) = receiver.received
    parts = dict(
        part.split("=", 1) for part in got.headers["Klantreis-Signature"].split(",")
    )
    message = f"{parts['t']}.".encode() + got.body
    expected = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    event = json.loads(got.body)
    assert (got.path, parts["v1"]) == ("/hook?a=b", expected)
    assert got.headers["Klantreis-Event"] == SUBMITTED
    assert got.headers["Klantreis-Delivery"] == event["id"]
    assert set(event) == {"id", "topic", "created_at", "subject", "url"}
    assert event["url"] == "https://feedback.example.org/api/v1/responses/abc"
    assert only_delivery(database).delivered_at is not None


@pytest.mark.parametrize("answer", [204, 410], ids=["taken", "given up"])
def test_what_is_known_by_its_day_is_told_by_its_day(
    database: Database, settings: Settings, receiver: Receiver, answer: int
) -> None:
    receiver.answers.append(answer)
    webhook_id, _ = subscribe(database, settings, receiver.url)
    with database.transaction() as session:
        announce(session, SUBMITTED, subject="abc", at=day_of(now()))
    hand_over_events(database, settings)

    deliver_next(database, settings, webhook_id)

    delivery = only_delivery(database)
    ended = delivery.delivered_at or delivery.given_up_at
    assert (delivery.created_at, ended) == (day_of(now()), day_of(now()))
    assert delivery.next_attempt_at is None


def test_event_goes_to_who_asked_for_it_and_leaves_the_outbox(
    database: Database, settings: Settings
) -> None:
    wanted, _ = subscribe(database, settings, "https://a.example.org/", ERASED)
    subscribe(database, settings, "https://b.example.org/", SUBMITTED)

    happen(database, settings, ERASED)

    assert only_delivery(database).webhook_id == wanted
    with database.read() as session:
        assert session.scalars(select(Event)).all() == []


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (500, Trouble.REFUSES),
        (404, Trouble.REFUSES),
        (302, Trouble.REDIRECTS),
        (307, Trouble.REDIRECTS),
    ],
)
def test_what_was_not_taken_is_tried_again_under_the_same_id(
    database: Database,
    settings: Settings,
    receiver: Receiver,
    answer: int,
    trouble: Trouble,
) -> None:
    receiver.answers = [answer, 204]
    webhook_id, _ = subscribe(database, settings, receiver.url)
    happen(database, settings)

    taken = [deliver_next(database, settings, webhook_id)]
    waiting = only_delivery(database)
    taken.append(deliver_next(database, settings, webhook_id))
    make_due(database)
    taken.append(deliver_next(database, settings, webhook_id))

    assert taken == [False, False, True]
    assert (waiting.last_status, waiting.last_trouble) == (answer, trouble)
    assert waiting.next_attempt_at is not None
    assert waiting.next_attempt_at > now() + PAUSES[0] / 2
    assert [got.path for got in receiver.received] == ["/", "/"]
    assert len({got.headers["Klantreis-Delivery"] for got in receiver.received}) == 1


def test_what_nobody_takes_for_days_is_given_up_and_the_webhook_goes_off(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    receiver.answers = [500]
    webhook_id, _ = subscribe(database, settings, receiver.url)
    happen(database, settings)

    for _ in range(12):
        deliver_next(database, settings, webhook_id)
        make_due(database)

    delivery = only_delivery(database)
    assert (delivery.attempts, len(receiver.received)) == (8, 8)
    assert delivery.given_up_at is not None
    with database.read() as session:
        assert session.get_one(Webhook, webhook_id).disabled_at is not None
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (entry.action, entry.detail) == ("disable webhook", {"why": "refuses"})


def test_who_is_gone_is_not_asked_again(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    receiver.answers = [410]
    webhook_id, _ = subscribe(database, settings, receiver.url)
    happen(database, settings)

    deliver_next(database, settings, webhook_id)

    with database.read() as session:
        assert session.get_one(Webhook, webhook_id).disabled_at is not None
    assert only_delivery(database).given_up_at is not None


def test_killed_after_sending_sends_it_again_with_the_same_id(
    database: Database,
    settings: Settings,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    webhook_id, _ = subscribe(database, settings, receiver.url)
    happen(database, settings)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(courier, "_note", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_next(database, settings, webhook_id)
    at_once = deliver_next(database, settings, webhook_id)
    make_due(database)
    later = deliver_next(database, settings, webhook_id)

    assert (at_once, later) == (False, True)
    assert len(receiver.received) == 2
    assert len({got.headers["Klantreis-Delivery"] for got in receiver.received}) == 1


def test_slow_receiver_delays_nobody_else(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    with listening(SLOW) as slow:
        subscribe(database, settings, slow.url)
        subscribe(database, settings, receiver.url)
        happen(database, settings, *[SUBMITTED] * 3)
        fleet = Courier(threads=2)

        started = time.monotonic()
        assert fleet.start_deliveries(database, settings)
        took = time.monotonic() - started
        assert not fleet.start_deliveries(database, settings)
        while len(receiver.received) < 3 and time.monotonic() < started + 10:
            time.sleep(0.02)

        assert (took < 0.5, len(receiver.received)) == (True, 3)
        assert len(slow.received) < 3
        while fleet._served:  # noqa: SLF001 - or it would send to a closed database
            time.sleep(0.02)


def test_answer_that_never_ends_is_cut_off(receiver: Receiver) -> None:
    receiver.answers = [TRICKLE]
    target = read_url(receiver.url, inside=INSIDE)

    started = time.monotonic()
    status, trouble = send(target, b"{}", {}, most_seconds=0.3)

    assert time.monotonic() - started < 3
    assert (status, trouble) == (None, Trouble.TOO_SLOW)


def test_address_that_does_not_answer_is_told_apart(database: Database) -> None:
    del database
    with listening() as gone:
        target = read_url(gone.url, inside=INSIDE)
    plain = Target("127.0.0.1", target.port, is_tls=True, path="/", is_inside=True)

    assert send(target, b"{}", {}) == (None, Trouble.NO_ANSWER)
    with listening() as unencrypted:
        port = read_url(unencrypted.url, inside=INSIDE).port
        assert send(replace(plain, port=port), b"{}", {})[1] is Trouble.NO_ANSWER


def test_inside_address_is_refused_at_sending_when_no_longer_allowed(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    webhook_id, _ = subscribe(database, settings, receiver.url)
    happen(database, settings)

    deliver_next(database, replace(settings, webhook_hosts=frozenset()), webhook_id)

    assert receiver.received == []
    assert only_delivery(database).last_trouble == Trouble.NOT_HTTPS


def test_test_event_and_trying_again_begin_anew(
    database: Database, settings: Settings, receiver: Receiver
) -> None:
    receiver.answers = [500, 204]
    webhook_id, _ = subscribe(database, settings, receiver.url)
    with database.transaction() as session:
        send_test(session, session.get_one(Webhook, webhook_id), at=now())
    deliver_next(database, settings, webhook_id)

    with database.transaction() as session:
        try_again(session.scalars(select(WebhookDelivery)).one(), at=now())
    taken = deliver_next(database, settings, webhook_id)

    assert (taken, only_delivery(database).topic) == (True, "test")


def test_deliveries_that_are_over_are_forgotten_after_a_month(
    database: Database, settings: Settings
) -> None:
    subscribe(database, settings, "https://example.org/")
    happen(database, settings)
    with database.transaction() as session:
        long_ago = now() - timedelta(days=31)
        session.execute(
            update(WebhookDelivery).values(created_at=long_ago, given_up_at=long_ago)
        )

    forget_old_deliveries(database, settings)

    with database.read() as session:
        assert session.scalars(select(WebhookDelivery)).all() == []


def test_program_manages_webhooks(program: Programs) -> None:
    manager = program()
    body = {"url": "https://example.org/hook", "topics": [SUBMITTED]}

    made = manager.post("/webhooks", body, Idempotency_Key="w1")
    again = manager.post("/webhooks", body, Idempotency_Key="w1")
    path = f"/webhooks/{made.json['id']}"
    changed = manager.send("PATCH", path, json={"is_enabled": False})
    inside = manager.send("PATCH", path, json={"url": "https://10.0.0.1/"})
    tried = manager.send("POST", f"{path}:test")
    listed = manager.get("/webhooks").json["items"]
    gone = [manager.delete(path).status_code for _ in range(2)]

    assert (made.status_code, again.json["secret"]) == (201, made.json["secret"])
    assert (changed.json["is_enabled"], tried.status_code) == (False, 202)
    assert inside.json["errors"][0]["pointer"] == "/url"
    assert [item["url"] for item in listed] == [body["url"]]
    assert "secret" not in listed[0]
    assert gone == [204, 404]
