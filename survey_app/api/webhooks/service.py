"""Making, changing and trying webhooks. The caller owns the transaction."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.api.models import Webhook, WebhookDelivery
from survey_app.api.webhooks.addresses import read_url
from survey_app.api.webhooks.events import TEST, new_delivery
from survey_app.config import Settings
from survey_app.keys import new_public_id
from survey_app.outbox.service import TOPICS
from survey_app.vault import open_vault


class UnknownTopicError(ValueError):
    """Something that never happens here."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a webhook: a staff member, or a program by its key."""

    staff_id: int | None = None
    key_prefix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes otherwise; None stays as it is."""

    url: str | None = None
    topics: Sequence[str] | None = None


def make_webhook(
    session: Session,
    *,
    url: str,
    topics: Sequence[str],
    settings: Settings,
    author: Author,
    at: datetime,
) -> tuple[Webhook, str]:
    """A webhook and its secret, which is shown here once."""
    secret = f"whsec_{secrets.token_urlsafe(32)}"
    webhook = Webhook(
        public_id=new_public_id(),
        url=_checked(url, settings.webhook_hosts),
        topics=_known(topics),
        secret_encrypted=open_vault(settings.contact_key).encrypt(secret),
        created_by=author.staff_id,
        created_at=at,
    )
    session.add(webhook)
    session.flush()
    _record(session, webhook, "make webhook", author=author, at=at)
    return webhook, secret


def change_webhook(
    session: Session,
    webhook: Webhook,
    *,
    change: Change,
    settings: Settings,
    author: Author,
    at: datetime,
) -> None:
    if change.url is not None:
        webhook.url = _checked(change.url, settings.webhook_hosts)
    if change.topics is not None:
        webhook.topics = _known(change.topics)
    _record(session, webhook, "change webhook", author=author, at=at)


def switch_webhook(
    session: Session, webhook: Webhook, *, is_on: bool, author: Author, at: datetime
) -> None:
    """What waits while it is off goes out when it is on again."""
    if is_on == (webhook.disabled_at is None):
        return
    webhook.disabled_at = None if is_on else at
    action = "enable webhook" if is_on else "disable webhook"
    _record(session, webhook, action, author=author, at=at)


def delete_webhook(
    session: Session, webhook: Webhook, *, author: Author, at: datetime
) -> None:
    _record(session, webhook, "delete webhook", author=author, at=at)
    session.delete(webhook)


def send_test(session: Session, webhook: Webhook, *, at: datetime) -> WebhookDelivery:
    """An event that says nothing, to see whether it arrives."""
    payload = {
        "id": new_public_id(),
        "topic": TEST,
        "created_at": at.isoformat(timespec="seconds"),
        "subject": webhook.public_id,
        "url": None,
    }
    return new_delivery(session, webhook, payload, at=at)


def try_again(delivery: WebhookDelivery, *, at: datetime) -> None:
    """Begin anew with one that was given up on, or has long to wait."""
    if delivery.delivered_at is None:
        delivery.given_up_at = None
        delivery.attempts = 0
        delivery.next_attempt_at = at


def _checked(url: str, inside: Collection[str]) -> str:
    read_url(url, inside=inside)
    return url


def _known(topics: Sequence[str]) -> list[str]:
    unknown = [topic for topic in topics if topic not in TOPICS]
    if unknown or not topics:
        raise UnknownTopicError(", ".join(unknown))
    return [topic for topic in TOPICS if topic in topics]


def _record(
    session: Session, webhook: Webhook, action: str, *, author: Author, at: datetime
) -> None:
    detail = {} if author.key_prefix is None else {"api_key": author.key_prefix}
    record(
        session,
        actor_id=author.staff_id,
        action=action,
        subject=f"webhook {webhook.public_id}",
        at=at,
        detail=detail,
    )
