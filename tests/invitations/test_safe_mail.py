"""Mail through a server with TLS and a password: nothing lost, nothing let out."""

import base64
import logging
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.invitations.models import Mail
from survey_app.invitations.sending import send_mails
from survey_app.questionnaires.models import Questionnaire
from tests.invitations.builders import ask
from tests.invitations.certificates import Certificate, make_certificate
from tests.invitations.mail_server import OK, running_mail_server
from tests.invitations.safe_mail_server import (
    NAME,
    PASSWORD,
    USER,
    SafeMailServer,
    running_safe_mail_server,
)
from tests.staff_visits import sign_in

# What is tried here happens between us and the server; the database plays no part.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ANNA, BRAM = "anna@example.org", "bram@example.org"
FLASH = r'<p class="flash">(.*?)</p>'
HERE = "/staff/questionnaires/standard/distribution"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"), NAME)


@pytest.fixture(autouse=True)
def trust(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.public))


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's name leads to this machine, without being one of its own names."""
    found = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **more: Any) -> Any:
        return found("127.0.0.1" if host.endswith(NAME) else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture(params=["smtp", "smtps"])
def mail_server(
    request: pytest.FixtureRequest, certificate: Certificate
) -> Iterator[SafeMailServer]:
    with running_safe_mail_server(request.param, certificate) as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_let_out(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens in a test, no log holds the password."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="mail.log")  # the server's own
    yield
    told = "\n".join(record.getMessage() for record in caplog.get_records("call"))
    assert_keeps_the_password(told)


def assert_keeps_the_password(text: str) -> None:
    plain = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    hidden = [base64.b64encode(PASSWORD.encode()).decode(), plain, "Geheim"]
    assert [each for each in (PASSWORD, *hidden) if each in text] == []


@dataclass(frozen=True, slots=True)
class Sending:
    database: Database
    session: Session
    settings: Settings
    questionnaire: Questionnaire

    def ask(self, *people: str) -> None:
        ask(
            self.session,
            self.settings,
            self.questionnaire,
            None,
            people="\n".join(people),
            at=now(),
        )

    def send_all(self) -> None:
        while send_mails(self.database, self.settings):
            pass

    def make_due(self) -> None:
        for mail in self.mails():
            mail.due_at = now() - timedelta(seconds=1)
        self.session.commit()

    def mails(self) -> list[Mail]:
        self.session.expire_all()
        return list(self.session.scalars(select(Mail).order_by(Mail.id)))

    def troubles(self) -> set[str | None]:
        return {mail.trouble for mail in self.mails()}


@pytest.fixture
def sending(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
) -> Sending:
    return Sending(database, session, settings, questionnaire)


def told_to(app: Flask, session: Session) -> list[str]:
    """What staff read about mails that wait: in Dutch, and in English."""
    keeper = sign_in(app, session, "researcher")
    pages = [
        keeper.get(f"{HERE}/", headers={"Accept-Language": language}).text
        for language in ("nl", "en")
    ]
    assert_keeps_the_password("".join(pages))
    return ["".join(re.findall(FLASH, page, re.DOTALL)) for page in pages]


def test_mail_goes_over_tls_with_the_password(
    sending: Sending, mail_server: SafeMailServer
) -> None:
    sending.ask(ANNA, BRAM)

    sending.send_all()

    assert sorted(each.to for each in mail_server.received) == [ANNA, BRAM]
    assert mail_server.logins == [True]


@pytest.mark.parametrize("wrong", ["not vouched for", "another name"])
def test_wrong_certificate_is_told_and_mail_waits_for_a_right_one(
    sending: Sending,
    app: Flask,
    mail_server: SafeMailServer,
    monkeypatch: pytest.MonkeyPatch,
    wrong: str,
) -> None:
    sending.ask(ANNA, BRAM)
    mistaken = sending
    if wrong == "another name":
        url = mail_server.url.replace(NAME, f"other.{NAME}")
        mistaken = replace(sending, settings=replace(sending.settings, smtp_url=url))
    else:
        trusted = ssl.get_default_verify_paths().cafile
        monkeypatch.delenv("SSL_CERT_FILE")

    mistaken.send_all()

    assert (mail_server.logins, mail_server.received) == ([], [])
    assert sending.troubles() == {"certificate"}
    dutch, english = told_to(app, sending.session)
    assert "het certificaat is niet te vertrouwen" in dutch
    assert "its certificate cannot be trusted" in english
    if wrong != "another name":
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    sending.make_due()
    sending.send_all()
    assert sorted(each.to for each in mail_server.received) == [ANNA, BRAM]


def test_wrong_password_is_told_and_not_tried_over_and_over(
    sending: Sending, app: Flask, mail_server: SafeMailServer
) -> None:
    sending.ask(ANNA, BRAM)
    mail_server.password = "changed"

    for _look in range(20):  # the worker looks twice a second
        sending.send_all()
    once = len(mail_server.logins)
    sending.make_due()
    sending.send_all()

    assert once <= 2  # one visit; PLAIN and LOGIN are two ways to say it
    assert len(mail_server.logins) == 2 * once
    assert sending.troubles() == {"password"}
    dutch, english = told_to(app, sending.session)
    assert "de gebruikersnaam of het wachtwoord wordt geweigerd" in dutch
    assert "it refuses the user name or the password" in english
    mail_server.password = PASSWORD
    sending.make_due()
    sending.send_all()
    assert sorted(each.to for each in mail_server.received) == [ANNA, BRAM]
    assert [mail.attempts for mail in sending.mails()] == [0, 0]


@pytest.mark.parametrize("mail_server", ["smtp"], indirect=True)
def test_password_is_not_said_where_there_is_no_tls(
    sending: Sending, app: Flask, mail_server: SafeMailServer
) -> None:
    sending.ask(ANNA)
    with running_mail_server() as open_server:
        url = mail_server.url.replace(str(mail_server.port), str(open_server.port))
        settings = replace(sending.settings, smtp_url=url)

        replace(sending, settings=settings).send_all()

        assert open_server.attempts == []
    assert sending.troubles() == {"no_tls"}
    dutch, english = told_to(app, sending.session)
    assert "er is geen versleuteling" in dutch
    assert "it offers no encryption" in english


def test_test_mail_says_what_is_wrong(
    sending: Sending, app: Flask, mail_server: SafeMailServer
) -> None:
    mail_server.password = "changed"
    keeper = sign_in(app, sending.session, "researcher")
    words = {"subject": "Hoi", "body": "{link}", "action": "test"}

    page = keeper.post(f"{HERE}/texts/invitation/nl", data=words).text

    assert "it refuses the user name or the password" in page
    assert_keeps_the_password(page)


def test_line_lost_after_the_server_took_a_mail_leaves_the_rest_for_later(
    sending: Sending, mail_server: SafeMailServer
) -> None:
    """The answer to Anna's mail still came through; Bram's was never begun."""
    sending.ask(ANNA, BRAM)
    taken = iter([True])
    mail_server.answer_mail = lambda _address: OK if next(taken, False) else "drop"

    sending.send_all()

    assert [mail.sent_at is not None for mail in sending.mails()] == [True, False]
    mail_server.answer_mail = lambda _address: OK
    sending.make_due()
    sending.send_all()
    sending.send_all()
    assert [each.to for each in mail_server.received] == [ANNA, BRAM]
    assert all(mail.sent_at for mail in sending.mails())


def test_what_the_server_took_is_not_sent_again_when_it_hangs_up_unanswered(
    sending: Sending, mail_server: SafeMailServer
) -> None:
    sending.ask(ANNA, BRAM)
    mail_server.drops_after = lambda address: address == ANNA

    sending.send_all()
    for _attempt in range(3):
        sending.make_due()
        sending.send_all()

    assert [each.to for each in mail_server.received] == [ANNA, BRAM]
    anna, bram = sending.mails()
    assert (anna.sent_at, anna.claimed_at is not None) == (None, True)
    assert bram.sent_at is not None


def test_line_lost_before_the_text_is_tried_again(
    sending: Sending, mail_server: SafeMailServer
) -> None:
    sending.ask(ANNA)
    mail_server.answer_rcpt = lambda _address: "drop"

    sending.send_all()

    assert mail_server.received == []
    mail_server.answer_rcpt = lambda _address: OK
    sending.make_due()
    sending.send_all()
    assert [each.to for each in mail_server.received] == [ANNA]
