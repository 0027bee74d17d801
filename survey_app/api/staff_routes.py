"""Staff pages: keys for programs, and the webhooks that tell them what happens."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.api.forms import TOPIC_WORDS, KeyForm, WebhookForm
from survey_app.api.models import Webhook, WebhookDelivery
from survey_app.api.queries import (
    find_webhook,
    list_deliveries,
    list_keys,
    list_webhooks,
)
from survey_app.api.scopes import WORDS as SCOPE_WORDS
from survey_app.api.scopes import Scope
from survey_app.api.service import UnknownKeyError, make_key, revoke_key
from survey_app.api.webhooks import service
from survey_app.api.webhooks.addresses import RefusedAddressError
from survey_app.api.webhooks.courier import ATTEMPTS
from survey_app.api.webhooks.service import Author, Change
from survey_app.api.webhooks.troubles import WORDS as TROUBLE_WORDS
from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import get_session

bp = access.staff_blueprint("api_keys", __name__, "/staff/api", Permission.MANAGE_KEYS)


@bp.get("/")
def show() -> ResponseReturnValue:
    return _page()


@bp.post("/keys")
def add_key() -> ResponseReturnValue:
    form = KeyForm(request.form)
    if not form.validate():
        return _page(key_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    session = get_session()
    days = int(form.days.data)
    _key, text = make_key(
        session,
        name=str(form.name.data),
        scopes={Scope(scope) for scope in form.scopes.data or ()},
        at=now(),
        staff_id=current_user.id,
        expires_at=now() + timedelta(days=days) if days else None,
    )
    session.commit()
    return render_template("api/shown_once.html", kind="key", secret=text)


@bp.post("/keys/<prefix>/revoke")
def revoke(prefix: str) -> ResponseReturnValue:
    session = get_session()
    try:
        key = revoke_key(session, prefix, at=now(), staff_id=current_user.id)
    except UnknownKeyError:
        abort(404)
    session.commit()
    flash(_("“%(name)s” no longer opens anything.", name=key.name))
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@bp.post("/webhooks")
def add_webhook() -> ResponseReturnValue:
    form = WebhookForm(request.form)
    if not form.validate():
        return _page(webhook_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    session = get_session()
    try:
        _webhook, secret = service.make_webhook(
            session,
            url=str(form.url.data).strip(),
            topics=list(form.topics.data or ()),
            settings=_settings(),
            author=_author(),
            at=now(),
        )
    except RefusedAddressError as error:
        form.url.errors = [TROUBLE_WORDS[error.trouble]]
        return _page(webhook_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    session.commit()
    return render_template("api/shown_once.html", kind="webhook", secret=secret)


@bp.get("/webhooks/<public_id>")
def show_webhook(public_id: str) -> ResponseReturnValue:
    return _webhook_page(_found(public_id))


@bp.post("/webhooks/<public_id>")
def change_webhook(public_id: str) -> ResponseReturnValue:
    webhook, session = _found(public_id), get_session()
    form = WebhookForm(request.form)
    if not form.validate():
        return _webhook_page(webhook, form), HTTPStatus.UNPROCESSABLE_ENTITY
    change = Change(url=str(form.url.data).strip(), topics=list(form.topics.data or ()))
    try:
        service.change_webhook(
            session,
            webhook,
            change=change,
            settings=_settings(),
            author=_author(),
            at=now(),
        )
    except RefusedAddressError as error:
        form.url.errors = [TROUBLE_WORDS[error.trouble]]
        return _webhook_page(webhook, form), HTTPStatus.UNPROCESSABLE_ENTITY
    session.commit()
    return _back_to(webhook, _("Saved."))


@bp.post("/webhooks/<public_id>/test")
def test(public_id: str) -> ResponseReturnValue:
    webhook, session = _found(public_id), get_session()
    service.send_test(session, webhook, at=now())
    session.commit()
    return _back_to(webhook, _("A test event goes out; reload to see how it went."))


@bp.post("/webhooks/<public_id>/switch")
def switch(public_id: str) -> ResponseReturnValue:
    webhook, session = _found(public_id), get_session()
    is_on = request.form.get("on") == "1"
    service.switch_webhook(session, webhook, is_on=is_on, author=_author(), at=now())
    session.commit()
    return _back_to(webhook, _("It is on.") if is_on else _("It is off."))


@bp.post("/webhooks/<public_id>/delete")
def delete(public_id: str) -> ResponseReturnValue:
    webhook, session = _found(public_id), get_session()
    service.delete_webhook(session, webhook, author=_author(), at=now())
    session.commit()
    flash(_("The webhook is deleted."))
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@bp.post("/webhooks/<public_id>/deliveries/<int:delivery_id>")
def retry(public_id: str, delivery_id: int) -> ResponseReturnValue:
    webhook, session = _found(public_id), get_session()
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.webhook_id != webhook.id:
        abort(404)
    service.try_again(delivery, at=now())
    session.commit()
    return _back_to(webhook, _("It is tried again within seconds."))


def _page(
    *, key_form: KeyForm | None = None, webhook_form: WebhookForm | None = None
) -> str:
    session = get_session()
    return render_template(
        "api/list.html",
        keys=list_keys(session),
        webhooks=list_webhooks(session),
        key_form=key_form or KeyForm(),
        webhook_form=webhook_form or WebhookForm(),
        **_words(),
    )


def _webhook_page(webhook: Webhook, form: WebhookForm | None = None) -> str:
    return render_template(
        "api/webhook.html",
        webhook=webhook,
        form=form or WebhookForm(data={"url": webhook.url, "topics": webhook.topics}),
        deliveries=list_deliveries(get_session(), webhook),
        attempts=ATTEMPTS,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "now": now(),
        "scope_words": SCOPE_WORDS,
        "topic_words": TOPIC_WORDS,
        "trouble_words": TROUBLE_WORDS,
    }


def _found(public_id: str) -> Webhook:
    return find_webhook(get_session(), public_id) or abort(404)


def _back_to(webhook: Webhook, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(
        url_for(".show_webhook", public_id=webhook.public_id), HTTPStatus.SEE_OTHER
    )


def _author() -> Author:
    return Author(staff_id=current_user.id)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
