"""Webhooks, for programs: made, changed, tried and deleted."""

from typing import Any

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from survey_app.api.idempotency import once
from survey_app.api.models import Webhook
from survey_app.api.operations import Answer, Asked, operation
from survey_app.api.parameters import IN_ID, ONCE
from survey_app.api.queries import find_webhook, list_webhooks
from survey_app.api.scopes import Scope
from survey_app.api.times import as_moment
from survey_app.api.webhooks import service
from survey_app.api.webhooks.addresses import RefusedAddressError
from survey_app.api.webhooks.service import Author, Change
from survey_app.api.webhooks.troubles import WORDS
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import get_session
from survey_app.web.problems import FieldError, ProblemError

Item = dict[str, Any]


@operation(
    "GET",
    "/webhooks",
    "All webhooks",
    scope=Scope.WEBHOOKS,
    answer=Answer(200, "The webhooks, without their secrets", "WebhookList"),
)
def get_webhooks(_asked: Asked) -> ResponseReturnValue:
    return {"items": [_view(webhook) for webhook in list_webhooks(get_session())]}


@operation(
    "GET",
    "/webhooks/{public_id}",
    "One webhook",
    scope=Scope.WEBHOOKS,
    parameters=(IN_ID,),
    answer=Answer(200, "The webhook", "Webhook"),
    refusals=(404,),
)
def get_webhook(_asked: Asked, public_id: str) -> ResponseReturnValue:
    return _view(_found(public_id))


@operation(
    "POST",
    "/webhooks",
    "Have an address told what happens",
    scope=Scope.WEBHOOKS,
    parameters=(ONCE,),
    body="NewWebhook",
    answer=Answer(201, "Made; its secret is shown here once", "WebhookWithSecret"),
    refusals=(409,),
)
def make_webhook(asked: Asked) -> ResponseReturnValue:
    def make() -> Item:
        try:
            webhook, secret = service.make_webhook(
                get_session(),
                url=asked.body["url"],
                topics=asked.body["topics"],
                settings=_settings(),
                author=_author(asked),
                at=now(),
            )
        except RefusedAddressError as error:
            raise _refusal(error) from None
        return {**_view(webhook), "secret": secret}

    return once(get_session(), asked.key, make, status=201)


@operation(
    "PATCH",
    "/webhooks/{public_id}",
    "Change its address or topics, switch it on or off",
    scope=Scope.WEBHOOKS,
    parameters=(IN_ID,),
    body="ChangedWebhook",
    answer=Answer(200, "As it is now", "Webhook"),
    refusals=(404,),
)
def change_webhook(asked: Asked, public_id: str) -> ResponseReturnValue:
    session, webhook, author = get_session(), _found(public_id), _author(asked)
    try:
        service.change_webhook(
            session,
            webhook,
            change=Change(url=asked.body.get("url"), topics=asked.body.get("topics")),
            settings=_settings(),
            author=author,
            at=now(),
        )
    except RefusedAddressError as error:
        raise _refusal(error) from None
    is_on = asked.body.get("is_enabled", webhook.disabled_at is None)
    service.switch_webhook(session, webhook, is_on=is_on, author=author, at=now())
    session.commit()
    return _view(webhook)


@operation(
    "DELETE",
    "/webhooks/{public_id}",
    "Delete a webhook and what it has yet to be told",
    scope=Scope.WEBHOOKS,
    parameters=(IN_ID,),
    answer=Answer(204, "Deleted"),
    refusals=(404,),
)
def delete_webhook(asked: Asked, public_id: str) -> ResponseReturnValue:
    session = get_session()
    webhook = _found(public_id)
    service.delete_webhook(session, webhook, author=_author(asked), at=now())
    session.commit()
    return Response(status=204)


@operation(
    "POST",
    "/webhooks/{public_id}:test",
    "Send it an event that says nothing",
    scope=Scope.WEBHOOKS,
    parameters=(IN_ID,),
    answer=Answer(202, "It goes out within seconds"),
    refusals=(404,),
)
def try_webhook(_asked: Asked, public_id: str) -> ResponseReturnValue:
    session = get_session()
    service.send_test(session, _found(public_id), at=now())
    session.commit()
    return Response(status=202)


def _found(public_id: str) -> Webhook:
    webhook = find_webhook(get_session(), public_id)
    if webhook is None:
        raise ProblemError(404)
    return webhook


def _view(webhook: Webhook) -> Item:
    return {
        "id": webhook.public_id,
        "url": webhook.url,
        "topics": webhook.topics,
        "is_enabled": webhook.disabled_at is None,
        "created_at": as_moment(webhook.created_at),
    }


def _refusal(error: RefusedAddressError) -> ProblemError:
    return ProblemError(422, errors=[FieldError("/url", str(WORDS[error.trouble]))])


def _author(asked: Asked) -> Author:
    return Author(key_prefix=asked.key.prefix)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
