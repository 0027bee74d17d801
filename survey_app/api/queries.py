"""Named reads of keys and webhooks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.api.models import ApiKey, Webhook, WebhookDelivery
from survey_app.keys import key_hash

LAST_DELIVERIES = 50


def find_key(session: Session, text: str) -> ApiKey | None:
    """By its hash: how long that takes tells nothing about the key."""
    return session.scalar(select(ApiKey).where(ApiKey.key_hash == key_hash(text)))


def list_keys(session: Session) -> Sequence[ApiKey]:
    """The newest first."""
    return session.scalars(select(ApiKey).order_by(ApiKey.id.desc())).all()


def list_webhooks(session: Session) -> Sequence[Webhook]:
    return session.scalars(select(Webhook).order_by(Webhook.id)).all()


def find_webhook(session: Session, public_id: str) -> Webhook | None:
    return session.scalar(select(Webhook).where(Webhook.public_id == public_id))


def list_deliveries(session: Session, webhook: Webhook) -> Sequence[WebhookDelivery]:
    """The last ones, the newest first."""
    return session.scalars(
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook.id)
        .order_by(WebhookDelivery.id.desc())
        .limit(LAST_DELIVERIES)
    ).all()
