"""Mail through a real server: at most once each, whatever goes wrong."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.queries import list_progress
from survey_app.invitations.sending import send_mails
from survey_app.questionnaires.models import Questionnaire, Wave
from tests.invitations.builders import ask, contact_of
from tests.invitations.conftest import SITE, environment, with_bounces
from tests.invitations.mail_server import OK, MailServer

ANNA = "anna@example.org"


def send_all(database: Database, settings: Settings) -> None:
    while send_mails(database, settings):
        pass


def make_due(session: Session) -> None:
    for mail in session.scalars(select(Mail)):
        mail.due_at = now() - timedelta(seconds=1)
    session.commit()


def the_mail(session: Session) -> Mail:
    session.expire_all()
    return session.scalars(select(Mail)).one()


def test_mail_carries_words_links_and_headers(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    wave: Wave,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, wave, at=now())

    send_all(database, settings)

    anna, bram = mail_server.to(ANNA)[0], mail_server.to("bram@example.org")[0]
    assert anna.part("plain").startswith("Beste Anna Bakker,\n")
    assert bram.part("plain").startswith("Dear customer,\n")
    assert anna.message["Subject"] == "Hoe ging het bij Schroef & Plank?"
    assert anna.message["From"] == "Schroef & Plank <onderzoek@example.org>"
    assert anna.message["Auto-Submitted"] == "auto-generated"
    assert anna.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert anna.opt_out_link.startswith(f"{SITE}/m/")
    assert anna.opt_out_link in anna.part("plain")
    assert anna.personal_link in anna.part("html")
    assert anna.personal_link != bram.personal_link
    assert anna.return_path == "onderzoek@example.org"
    assert max(len(line) for line in anna.raw.splitlines()) < 200
    assert b"=?utf-8?q?=3Chttps" not in anna.raw


def test_what_was_sent_is_noted_everywhere(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    wave: Wave,
) -> None:
    ask(session, settings, questionnaire, wave, at=now())

    send_all(database, settings)

    session.expire_all()
    [progress] = list_progress(session, questionnaire.id, at=now())
    assert (progress.invited, progress.sent, progress.waiting) == (3, 3, 0)
    assert contact_of(session, settings, ANNA).last_mailed_at is not None
    assert all(each.sent_at for each in session.scalars(select(Invitation)))


@pytest.mark.parametrize(
    "refusal",
    [
        ("550 5.1.1 <anna@example.org> unknown", True),
        ("550 no such user", True),
        ("550 5.7.1 we do not like you", False),
        ("552 5.2.2 mailbox full", False),
    ],
)
def test_permanent_refusal_ends_the_mail_and_perhaps_the_contact(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
    refusal: tuple[str, bool],
) -> None:
    answer, bounced = refusal
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    mail_server.answer_rcpt = lambda _address: answer

    send_all(database, settings)

    mail = the_mail(session)
    assert (mail.failed_at is not None, mail.sent_at) == (True, None)
    assert "anna" not in str(mail.trouble)
    is_bounced = contact_of(session, settings, ANNA).bounced_at is not None
    assert is_bounced == bounced


def test_temporary_refusal_is_tried_again_with_growing_pauses(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    mail_server.answer_rcpt = lambda _address: "451 4.7.1 greylisted"

    pauses = []
    for _attempt in range(3):
        send_all(database, settings)
        pauses.append(the_mail(session).due_at - now())
        make_due(session)
    mail_server.answer_rcpt = lambda _address: OK
    send_all(database, settings)

    assert pauses == sorted(pauses)
    assert pauses[0] > timedelta(minutes=4)
    assert len(mail_server.attempts) == 4
    assert the_mail(session).sent_at is not None


def test_mail_that_is_never_taken_is_given_up(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    mail_server.answer_rcpt = lambda _address: "450 4.2.1 busy"

    for _attempt in range(10):
        send_all(database, settings)
        make_due(session)

    assert the_mail(session).failed_at is not None
    assert contact_of(session, settings, ANNA).bounced_at is None
    assert len(mail_server.attempts) == 7


def test_server_that_cannot_be_used_costs_no_mail(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, at=now())
    mail_server.answer_mail = lambda _address: "550 5.7.1 sender not allowed"

    for _attempt in range(3):
        send_all(database, settings)
        make_due(session)
    mail_server.answer_mail = lambda _address: OK
    send_all(database, settings)

    assert len(mail_server.received) == 3


def test_line_that_breaks_after_the_text_is_uncertain_and_not_sent_again(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    mail_server.answer_data = lambda _address: "drop"

    send_all(database, settings)
    mail_server.answer_data = lambda _address: OK
    make_due(session)
    send_all(database, settings)

    mail = the_mail(session)
    assert (mail_server.received, mail.sent_at, mail.failed_at) == ([], None, None)
    later = now() + timedelta(hours=1)
    [progress] = list_progress(session, questionnaire.id, at=later)
    assert (progress.uncertain, progress.waiting) == (1, 0)


def test_worker_killed_while_sending_sends_nothing_twice(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())
    reached, go_on = threading.Event(), threading.Event()

    def hold(_address: str) -> str:
        reached.set()
        go_on.wait(20)
        return OK

    mail_server.answer_data = hold
    worker = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", SEND],
        env=os.environ | environment(settings),
    )
    assert reached.wait(60)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    go_on.set()
    mail_server.answer_data = lambda _address: OK
    time.sleep(0.1)
    make_due(session)
    send_all(database, settings)

    assert len(mail_server.attempts) == 1
    assert len(mail_server.received) <= 1
    assert the_mail(session).claimed_at is not None


SEND = """
from survey_app.config import load_settings
from survey_app.db import Database
from survey_app.invitations.sending import send_mails
settings = load_settings()
send_mails(Database(settings.database_url), settings)
"""


def test_two_workers_send_each_mail_once(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    people = "\n".join(f"person{number}@example.org" for number in range(40))
    ask(session, settings, questionnaire, None, people=people, at=now())

    workers = [
        threading.Thread(target=send_all, args=(database, settings)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(each.to for each in mail_server.received) == sorted(people.split())


def test_no_more_mails_a_minute_than_allowed(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, at=now())

    send_all(database, replace(settings, mails_per_minute=2))

    assert len(mail_server.received) == 2


def test_return_path_says_which_mail(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
    mail_server: MailServer,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())

    send_all(database, with_bounces(settings))

    key = str(the_mail(session).message_id).partition("@")[0]
    assert mail_server.received[0].return_path == f"bounces+{key}@example.org"


def test_mail_set_up_halfway_waits(
    database: Database,
    session: Session,
    settings: Settings,
    questionnaire: Questionnaire,
) -> None:
    ask(session, settings, questionnaire, None, people=ANNA, at=now())

    halfway = replace(settings, public_url=None)

    assert send_mails(database, halfway) is False
    assert the_mail(session).claimed_at is None
