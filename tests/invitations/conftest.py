"""A mail server, a questionnaire in the field, and people to ask."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from survey_app.config import Settings
from survey_app.db import Database
from survey_app.questionnaires.models import Questionnaire, Wave
from survey_app.questionnaires.service import ensure_wave, publish
from tests.factories import STANDARD
from tests.invitations.mail_server import MailServer, running_mail_server

IN_NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SITE = "https://feedback.example.org"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture
def settings(database_url: str, mail_server: MailServer) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a key for tests only",
        contact_key="a contact key for tests only",
        public_url=SITE,
        smtp_url=mail_server.url,
        mail_from="Schroef & Plank <onderzoek@example.org>",
        mails_per_minute=1000,
    )


@pytest.fixture
def questionnaire(session: Session) -> Questionnaire:
    version = publish(
        session, STANDARD, published_at=IN_NOVEMBER, organisation="Schroef & Plank"
    )
    session.commit()
    return version.questionnaire


@pytest.fixture
def wave(session: Session, questionnaire: Questionnaire) -> Wave:
    wave = ensure_wave(
        session,
        questionnaire,
        code="w1",
        name="Najaar",
        starts_on=date(2026, 9, 1),
        ends_on=None,
    )
    session.commit()
    return wave


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """All that a round of inviting takes."""

    app: Flask
    database: Database
    session: Session
    settings: Settings


@pytest.fixture
def fieldwork(
    app: Flask, database: Database, session: Session, settings: Settings
) -> Fieldwork:
    return Fieldwork(app, database, session, settings)


def with_bounces(settings: Settings) -> Settings:
    return replace(settings, bounces_to="bounces@example.org")


def environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "KLANTREIS_CONTACT_KEY": settings.contact_key,
        "KLANTREIS_SMTP": str(settings.smtp_url),
        "KLANTREIS_MAIL_FROM": str(settings.mail_from),
        "KLANTREIS_URL": str(settings.public_url),
    }
