"""The link that ends all mail: looking changes nothing, a button does."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.invitations.models import Invitation
from survey_app.questionnaires.models import Questionnaire
from survey_app.respondents.contacts import opt_out_key
from tests.invitations.builders import ask, contact_of

ANNA = "anna@example.org"


@pytest.fixture
def address(session: Session, settings: Settings, questionnaire: Questionnaire) -> str:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    contact = contact_of(session, settings, ANNA)
    return f"/m/{opt_out_key(settings.secret_key, contact.email_hash)}"


def is_out(session: Session, settings: Settings) -> bool:
    session.commit()
    return contact_of(session, settings, ANNA).opted_out_at is not None


def test_looking_changes_nothing_and_names_who_mails(
    app: Flask, session: Session, settings: Settings, address: str
) -> None:
    client = app.test_client()

    page = client.get(address)
    client.head(address)
    english = client.get(f"{address}?lang=en")

    assert "Geen mail meer van Schroef &amp; Plank?" in page.text
    assert "No more mail from Schroef &amp; Plank?" in english.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers
    assert not is_out(session, settings)


def test_button_opts_out_and_can_be_undone(
    app: Flask, session: Session, settings: Settings, address: str
) -> None:
    client = app.test_client()

    page = client.post(address, follow_redirects=True)
    assert "U krijgt geen mail meer" in page.text
    assert is_out(session, settings)

    client.post(f"{address}/undo")
    assert not is_out(session, settings)


def test_mail_programs_button_works_at_once(
    app: Flask, session: Session, settings: Settings, address: str
) -> None:
    app.config.update(WTF_CSRF_ENABLED=True)
    page = app.test_client().post(address, data={"List-Unsubscribe": "One-Click"})

    assert (page.status_code, is_out(session, settings)) == (200, True)


def test_key_read_aloud_is_understood_and_others_are_told_kindly(
    app: Flask, address: str
) -> None:
    client = app.test_client()

    assert client.get(address.upper().replace("/M/", "/m/")).status_code == 200
    unknown = client.get("/m/nobody")
    assert unknown.status_code == 404
    assert "Deze link is niet bekend" in unknown.text


def test_invitation_still_opens_after_opting_out(
    app: Flask, session: Session, address: str
) -> None:
    app.test_client().post(address)

    assert session.query(Invitation).one().revoked_at is None
