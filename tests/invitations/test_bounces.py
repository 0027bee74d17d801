"""What mail servers send back, read from real forms of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.invitations.bounces import (
    Verdict,
    note_reports,
    read_report,
    split_messages,
)
from survey_app.invitations.models import Mail
from survey_app.questionnaires.models import Questionnaire
from tests.invitations.builders import ask, contact_of

ANNA = "anna@example.org"
KEY = "0123456789abcdefghjkmnpqrs"
OURS = f"{KEY}@example.org"

POSTFIX = """From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} refused

--B
Content-Type: {returned}

Return-Path: <onderzoek@example.org>
Message-ID: <{message_id}>
Subject: Hoe ging het?

--B--
"""

COMPLAINT = """From: <feedback@provider.example>
To: abuse@example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1

--B
Content-Type: message/rfc822

Message-ID: <{message_id}>
Subject: Hoe ging het?

Beste Anna

--B--
"""


def dsn(**changes: str) -> bytes:
    values = {
        "to": "onderzoek@example.org",
        "action": "failed",
        "status": "5.1.1",
        "returned": "text/rfc822-headers",
        "message_id": OURS,
    }
    return POSTFIX.format(**(values | changes)).encode()


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (dsn(), Verdict.BOUNCED),
        (dsn(returned="message/rfc822"), Verdict.BOUNCED),
        (dsn().replace(b"\n", b"\r\n"), Verdict.BOUNCED),
        (dsn(status="5.7.1"), Verdict.FAILED),
        (dsn(status="5.2.2"), Verdict.FAILED),
        (dsn(status="4.4.1"), Verdict.FAILED),
        (dsn(action="delayed", status="4.4.1"), Verdict.DELAYED),
        (COMPLAINT.format(message_id=OURS).encode(), Verdict.COMPLAINED),
        (b"Subject: I am on holiday\n\nBack on Monday", Verdict.UNREADABLE),
    ],
)
def test_report_is_judged(content: bytes, verdict: Verdict) -> None:
    report = read_report(content)

    assert report.verdict is verdict
    if verdict is not Verdict.UNREADABLE:
        assert OURS in report.message_ids


def test_mailbox_of_many_is_taken_apart() -> None:
    mbox = b"From a Mon Nov 2\n" + dsn() + b"\nFrom b Mon Nov 2\n" + dsn()

    assert [read_report(each).verdict for each in split_messages(mbox)] == [
        Verdict.BOUNCED,
        Verdict.BOUNCED,
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_report(content: bytes) -> None:
    for mutated in (content, dsn() + content, dsn().replace(b"smtp; 550", content)):
        assert read_report(mutated).verdict in Verdict


def queued(session: Session, settings: Settings, about: Questionnaire) -> Mail:
    ask(session, settings, about, None, people=ANNA, at=now())
    mail = session.scalars(select(Mail)).one()
    mail.message_id, mail.sent_at = OURS, now()
    session.commit()
    return mail


@pytest.mark.parametrize(
    "content",
    [dsn(), dsn(message_id="x@y.z", to=f"bounces+{KEY}@example.org")],
    ids=["message id", "return path"],
)
def test_bounce_marks_mail_and_contact(
    session: Session, settings: Settings, questionnaire: Questionnaire, content: bytes
) -> None:
    mail = queued(session, settings, questionnaire)

    counts = note_reports(session, [read_report(content)], at=now(), actor_id=None)
    session.commit()

    assert counts == {"bounced": 1}
    assert mail.failed_at is not None
    assert contact_of(session, settings, ANNA).bounced_at is not None


def test_complaint_opts_out_and_a_stranger_changes_nothing(
    session: Session, settings: Settings, questionnaire: Questionnaire
) -> None:
    queued(session, settings, questionnaire)
    reports = [
        read_report(dsn(message_id="somebody@else.example")),
        read_report(COMPLAINT.format(message_id=OURS).encode()),
        read_report(b"nonsense"),
    ]

    counts = note_reports(session, reports, at=now(), actor_id=None)
    session.commit()

    assert counts == {"unknown": 1, "complained": 1, "unreadable": 1}
    anna = contact_of(session, settings, ANNA)
    assert (anna.opted_out_at is not None, anna.bounced_at) == (True, None)
