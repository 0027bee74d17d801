"""From the outbox to deliveries: what each webhook has yet to be told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from survey_app.api.models import Webhook, WebhookDelivery
from survey_app.clock import day_of, is_by_day, now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.keys import new_public_id
from survey_app.outbox.models import Event
from survey_app.outbox.service import CHANGED, EXCLUDED, PUBLISHED, SUBMITTED

AT_ONCE = 100
KEPT = timedelta(days=30)  # deliveries that are over, for looking back
TEST = "test"  # asked for on the page or by a program, not by the outbox
PATHS = {
    **dict.fromkeys((SUBMITTED, CHANGED, EXCLUDED), "responses"),
    PUBLISHED: "questionnaires",
}


def hand_over_events(database: Database, settings: Settings) -> bool:
    """An errand: each event of the outbox becomes a delivery for who wants it."""
    with database.read() as session:
        if session.scalar(select(Event.id).limit(1)) is None:
            return False
    with database.transaction() as session:
        events = session.scalars(
            select(Event)
            .order_by(Event.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        webhooks = session.scalars(
            select(Webhook).where(Webhook.disabled_at.is_(None))
        ).all()
        for event in events:
            payload = payload_of(event, settings.public_url)
            # When it was told must not say more than when it happened.
            at = day_of(now()) if is_by_day(event.created_at) else now()
            session.add_all(_deliveries(event.topic, payload, webhooks, at=at))
        ids = [event.id for event in events]
        session.execute(delete(Event).where(Event.id.in_(ids)))
    return len(events) == AT_ONCE


def forget_old_deliveries(database: Database, _settings: Settings) -> bool:
    """An errand: what was delivered or given up on is kept for a month."""
    is_over = or_(
        WebhookDelivery.delivered_at.is_not(None),
        WebhookDelivery.given_up_at.is_not(None),
    )
    old = is_over & (WebhookDelivery.created_at < now() - KEPT)
    with database.read() as session:
        if session.scalar(select(WebhookDelivery.id).where(old).limit(1)) is None:
            return False
    with database.transaction() as session:
        session.execute(delete(WebhookDelivery).where(old))
    return False


def payload_of(event: Event, public_url: str | None) -> dict[str, Any]:
    """Ids and an address to read more at; never a word of what was said."""
    path = PATHS.get(event.topic)
    url = None
    if public_url is not None and path is not None:
        url = f"{public_url}/api/v1/{path}/{event.subject}"
    payload = {
        "id": new_public_id(),
        "topic": event.topic,
        "created_at": event.created_at.isoformat(timespec="seconds"),
        "subject": event.subject,
        "url": url,
    }
    return {**payload, "detail": event.detail} if event.detail else payload


def new_delivery(
    session: Session, webhook: Webhook, payload: dict[str, Any], *, at: datetime
) -> WebhookDelivery:
    (delivery,) = _deliveries(payload["topic"], payload, [webhook], at=at)
    session.add(delivery)
    session.flush()
    return delivery


def _deliveries(
    topic: str, payload: dict[str, Any], webhooks: Sequence[Webhook], *, at: datetime
) -> list[WebhookDelivery]:
    return [
        WebhookDelivery(
            webhook_id=webhook.id,
            event_id=payload["id"],
            topic=topic,
            payload=payload,
            created_at=at,
            next_attempt_at=at,
        )
        for webhook in webhooks
        if topic in webhook.topics or topic == TEST
    ]
