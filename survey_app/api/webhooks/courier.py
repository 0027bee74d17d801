"""The courier: delivers on threads of its own, so that a slow receiver delays nobody.

Each receiver is served by one thread at a time. An attempt is claimed in the database
before it is made: whoever is killed between sending and noting so sends it again
later, under the same delivery id.
"""

import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.api.models import Webhook, WebhookDelivery
from survey_app.api.webhooks.addresses import RefusedAddressError, read_url
from survey_app.api.webhooks.sending import send, signature
from survey_app.api.webhooks.troubles import Trouble
from survey_app.clock import day_of, now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.vault import WrongContactKeyError, open_vault

log = logging.getLogger(__name__)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)
ATTEMPTS = len(PAUSES) + 1
CLAIM = 2 * MINUTE  # longer than an attempt can take
THREADS = 8
IN_A_ROW = 20  # deliveries to one receiver before others get a turn


@dataclass(frozen=True, slots=True)
class Attempt:
    delivery_id: int
    webhook_id: int
    number: int
    url: str
    secret_encrypted: bytes
    event_id: str
    topic: str
    payload: dict[str, Any]
    is_by_day: bool


class Courier:
    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._served: set[int] = set()
        self._lock = threading.Lock()

    def start_deliveries(self, database: Database, settings: Settings) -> bool:
        """Send threads to receivers that something waits for; True if any went."""
        with self._lock:
            free = self._threads - len(self._served)
            chosen = _waiting(database, besides=self._served)[:free] if free else []
            self._served.update(chosen)
        if chosen and self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, "courier")
        for webhook_id in chosen:
            assert self._pool is not None  # noqa: S101 - made just above
            self._pool.submit(self._serve, database, settings, webhook_id)
        return bool(chosen)

    def _serve(self, database: Database, settings: Settings, webhook_id: int) -> None:
        try:
            for _ in range(IN_A_ROW):
                if not deliver_next(database, settings, webhook_id):
                    return
        except Exception as error:
            log.warning("webhook %s: %s", webhook_id, type(error).__name__)
            log.debug("in full", exc_info=error)
        finally:
            with self._lock:
                self._served.discard(webhook_id)


_COURIER = Courier()


def deliver_webhooks(database: Database, settings: Settings) -> bool:
    """An errand: what is due goes out, on the courier's threads."""
    return _COURIER.start_deliveries(database, settings)


def deliver_next(database: Database, settings: Settings, webhook_id: int) -> bool:
    """Make one attempt; True when it was taken, so that the next may follow."""
    attempt = _claim(database, webhook_id, at=now())
    if attempt is None:
        return False
    status, trouble = _try(attempt, settings)
    with database.transaction() as session:
        _note(session, attempt, status, trouble, at=now())
    return trouble is None


def _waiting(database: Database, *, besides: set[int]) -> list[int]:
    with database.read() as session:
        found = session.scalars(
            select(WebhookDelivery.webhook_id)
            .join(WebhookDelivery.webhook)
            .where(
                WebhookDelivery.next_attempt_at <= now(),
                Webhook.disabled_at.is_(None),
            )
            .distinct()
        ).all()
    return [webhook_id for webhook_id in found if webhook_id not in besides]


def _claim(database: Database, webhook_id: int, *, at: datetime) -> Attempt | None:
    is_due = (
        (WebhookDelivery.webhook_id == webhook_id)
        & (WebhookDelivery.next_attempt_at <= at)
        & (Webhook.disabled_at.is_(None))
    )
    oldest = (
        select(WebhookDelivery)
        .join(WebhookDelivery.webhook)
        .where(is_due)
        .order_by(WebhookDelivery.id)
        .limit(1)
        .with_for_update(of=WebhookDelivery, skip_locked=True)
    )
    with database.transaction() as session:
        delivery = session.scalar(oldest)
        if delivery is None:
            return None
        delivery.attempts += 1
        delivery.next_attempt_at = at + CLAIM
        webhook = delivery.webhook
        return Attempt(
            delivery.id,
            webhook.id,
            delivery.attempts,
            webhook.url,
            webhook.secret_encrypted,
            delivery.event_id,
            delivery.topic,
            delivery.payload,
            delivery.is_by_day,
        )


def _try(attempt: Attempt, settings: Settings) -> tuple[int | None, Trouble | None]:
    body = json.dumps(attempt.payload, separators=(",", ":")).encode()
    try:
        target = read_url(attempt.url, inside=settings.webhook_hosts)
        secret = open_vault(settings.contact_key).decrypt(attempt.secret_encrypted)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Klantreis",
            "Klantreis-Event": attempt.topic,
            "Klantreis-Delivery": attempt.event_id,
            "Klantreis-Signature": signature(secret, body, at=int(now().timestamp())),
        }
        return send(target, body, headers)
    except RefusedAddressError as error:
        return None, error.trouble
    except WrongContactKeyError:
        return None, Trouble.OTHER_KEY


def _note(
    session: Session,
    attempt: Attempt,
    status: int | None,
    trouble: Trouble | None,
    *,
    at: datetime,
) -> None:
    said: dict[str, Any] = {"last_status": status, "last_trouble": trouble}
    kept = day_of(at) if attempt.is_by_day else at
    if trouble is None:
        said |= {"delivered_at": kept, "next_attempt_at": None}
    elif trouble is Trouble.GONE or attempt.number >= ATTEMPTS:
        said |= {"given_up_at": kept, "next_attempt_at": None}
        _disable(session, attempt, trouble, at=at)
    else:
        said |= {"next_attempt_at": at + PAUSES[attempt.number - 1]}
    session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == attempt.delivery_id)
        .values(**said)
    )


def _disable(
    session: Session, attempt: Attempt, trouble: Trouble, *, at: datetime
) -> None:
    """Who took nothing since this was first tried, two days ago, is not asked again."""
    delivery = session.get(WebhookDelivery, attempt.delivery_id)
    if delivery is None:  # deleted with its webhook, meanwhile
        return
    taken = session.scalar(
        select(func.count(WebhookDelivery.id)).where(
            WebhookDelivery.webhook_id == attempt.webhook_id,
            WebhookDelivery.delivered_at >= delivery.created_at,
        )
    )
    if taken and trouble is not Trouble.GONE:
        return
    webhook = session.get_one(Webhook, attempt.webhook_id)
    webhook.disabled_at = at
    record(
        session,
        actor_id=None,
        action="disable webhook",
        subject=f"webhook {webhook.public_id}",
        at=at,
        detail={"why": trouble.value},
    )
