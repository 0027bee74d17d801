"""Every staff page against every role, so that no page opens by accident."""

from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from survey_app.accounts.permissions import ROLES, Permission
from tests.staff_visits import sign_in

# What each blueprint asks for; a new blueprint must be entered here.
ASKED = {
    "accounts": Permission.MANAGE_STAFF,
    "api_keys": Permission.MANAGE_KEYS,
    "contact_import": Permission.INVITE,
    "contacts": Permission.INVITE,
    "audit": Permission.READ_AUDIT,
    "corrections": Permission.CORRECT,
    "curation": Permission.MANAGE_RESPONSES,
    "dashboard": Permission.READ_FIGURES,
    "distribution": Permission.READ_QUESTIONNAIRES,
    "draft_parts": Permission.MANAGE_QUESTIONNAIRES,
    "dropoff": Permission.READ_QUESTIONNAIRES,
    "touchpoint_settings": Permission.MANAGE_TOUCHPOINTS,
    "drafts": Permission.MANAGE_QUESTIONNAIRES,
    "exchange": Permission.READ_QUESTIONNAIRES,
    "exports": Permission.EXPORT_FIGURES,
    "fielding": Permission.MANAGE_QUESTIONNAIRES,
    "imports": Permission.MANAGE_RESPONSES,
    "improvements": Permission.MANAGE_QUESTIONNAIRES,
    "interviews": Permission.READ_RESPONSES,
    "invitations": Permission.INVITE,
    "journeys": Permission.READ_FIGURES,
    "links": Permission.INVITE,
    "mail_texts": Permission.INVITE,
    "paths": Permission.MANAGE_QUESTIONNAIRES,
    "personas": Permission.READ_FIGURES,
    "previews": Permission.MANAGE_QUESTIONNAIRES,
    "publishing": Permission.MANAGE_QUESTIONNAIRES,
    "quality": Permission.CORRECT,
    "questionnaires": Permission.READ_QUESTIONNAIRES,
    "responses": Permission.READ_RESPONSES,
    "review": Permission.CORRECT,
    "review_limit": Permission.MANAGE_RESPONSES,
    "uploads": Permission.MANAGE_QUESTIONNAIRES,
    "validation": Permission.MANAGE_QUESTIONNAIRES,
    "waves": Permission.MANAGE_QUESTIONNAIRES,
}
# What respondents and programs come in by, and what staff need to come in at all.
OPEN_TO_ALL = {
    *("api", "changes", "embed", "invited", "news", "opt_out", "own"),
    *("respondent", "results"),
    *("security", "security_static", "web"),
}
VALUES: dict[str, str | int] = {
    "touchpoint": "delivery",
    "name": "note",
    "form": "png",
    "lang": "nl",
    "format": "png",
}


def staff_pages(app: Flask) -> list[tuple[str, str, str]]:
    """Blueprint, method and address of every page for staff."""
    with app.test_request_context():
        return [
            (_blueprint(rule), method, _address(app, rule))
            for rule in app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) & {"GET", "POST"})
            if _blueprint(rule) not in OPEN_TO_ALL
        ]


def _blueprint(rule: Rule) -> str:
    return str(rule.endpoint).partition(".")[0]


def _address(app: Flask, rule: Rule) -> str:
    values = {name: VALUES.get(name, 1) for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def visit(client: FlaskClient, method: str, address: str) -> int:
    return client.open(address, method=method).status_code


def test_every_blueprint_is_entered_here(app: Flask) -> None:
    assert set(app.blueprints) == set(ASKED) | OPEN_TO_ALL & set(app.blueprints)


def test_anonymous_visitors_are_sent_to_sign_in(
    app: Flask, client: FlaskClient
) -> None:
    for _, method, address in staff_pages(app):
        page = client.open(address, method=method)

        assert page.status_code == HTTPStatus.FOUND, address
        assert page.location.startswith("/staff/sign-in?next="), address


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_its_pages_and_no_other(
    app: Flask, session: Session, role: str
) -> None:
    client = sign_in(app, session, role)

    refused = {
        address
        for _, method, address in staff_pages(app)
        if visit(client, method, address) == HTTPStatus.FORBIDDEN
    }

    assert refused == {
        address
        for blueprint, _, address in staff_pages(app)
        if ASKED[blueprint] not in ROLES[role]
    }
