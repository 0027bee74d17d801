"""What mail servers send back: who cannot be reached, and who complained.

Reads delivery reports (RFC 3464) and complaints (RFC 5965). A report is believed when
it names a Message-ID of ours, which nobody can guess. The caller owns the transaction.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from survey_app.accounts.service import record
from survey_app.invitations.models import Mail
from survey_app.invitations.post_office import is_about_address

STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
MESSAGE_ID = re.compile(r"<([^<>\s@]+@[^<>\s@]+)>")
OUR_MAILBOX = re.compile(r"\+([0-9a-hjkmnp-tv-z]{26})@")
MBOX_START = re.compile(rb"(?:\A|\n)From [^\n]*\n")


class Verdict(StrEnum):
    BOUNCED = "bounced"  # nobody lives there
    FAILED = "failed"  # this mail did not arrive; another may
    COMPLAINED = "complained"  # called it spam: mailed no more
    DELAYED = "delayed"  # the server goes on trying
    UNREADABLE = "unreadable"  # no report at all
    UNKNOWN = "unknown"  # of a mail that is not ours


@dataclass(frozen=True, slots=True)
class Report:
    verdict: Verdict
    message_ids: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()  # what stood behind the + of the return path
    status: str | None = None


def split_messages(content: bytes) -> list[bytes]:
    """One message, or a whole mailbox as mail programs export it."""
    content = content.replace(b"\r\n", b"\n").lstrip(b"\n")
    if not content.startswith(b"From "):
        return [content] if content.strip() else []
    return [each for each in MBOX_START.split(content) if each.strip()]


def read_report(content: bytes) -> Report:
    try:
        return _read(message_from_bytes(content, policy=default))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError):
        # The standard library breaks in many ways on what is no mail.
        return Report(Verdict.UNREADABLE)


def note_reports(
    session: Session,
    reports: Sequence[Report],
    *,
    at: datetime,
    actor_id: int | None,
) -> Mapping[Verdict, int]:
    """Mark mails and contacts by what came back; how many of each."""
    counts = Counter(_note(session, report, at) for report in reports)
    record(
        session,
        actor_id=actor_id,
        action="read bounces",
        subject=f"{len(reports)} messages",
        at=at,
        detail={str(verdict): number for verdict, number in counts.items()},
    )
    return counts


def _note(session: Session, report: Report, at: datetime) -> Verdict:
    if report.verdict in {Verdict.UNREADABLE, Verdict.DELAYED}:
        return report.verdict
    mail = _find_mail(session, report)
    if mail is None:
        return Verdict.UNKNOWN
    contact = mail.contact
    if report.verdict is Verdict.COMPLAINED:
        if contact is not None:
            contact.opted_out_at = contact.opted_out_at or at
        return report.verdict
    mail.failed_at = mail.failed_at or at
    mail.trouble = report.status
    if report.verdict is Verdict.BOUNCED and contact is not None:
        contact.bounced_at = contact.bounced_at or at
    return report.verdict


def _find_mail(session: Session, report: Report) -> Mail | None:
    ours: list[ColumnElement[bool]] = [Mail.message_id.in_(report.message_ids)]
    ours += [Mail.message_id.startswith(f"{box}@") for box in report.mailboxes]
    return session.scalar(
        select(Mail).options(joinedload(Mail.contact)).where(or_(*ours)).limit(1)
    )


def _read(message: EmailMessage) -> Report:
    ids, mailboxes = tuple(_message_ids(message)), tuple(_mailboxes(message))
    kinds = {part.get_content_type() for part in message.walk()}
    if "message/feedback-report" in kinds:
        return Report(Verdict.COMPLAINED, ids, mailboxes)
    fields = list(_recipient_fields(message))
    if not fields:
        return Report(Verdict.UNREADABLE)
    status = _status(fields[0])
    return Report(_verdict(fields[0], status), ids, mailboxes, status)


def _verdict(fields: Message, status: str) -> Verdict:
    action = str(fields["Action"] or "").strip().casefold()
    if action != "failed":
        return Verdict.DELAYED
    is_permanent = status.startswith("5")
    if is_permanent and is_about_address(status, named_at_rcpt=True):
        return Verdict.BOUNCED
    return Verdict.FAILED


def _status(fields: Message) -> str:
    for name in ("Status", "Diagnostic-Code"):
        found = STATUS.search(str(fields[name] or ""))
        if found is not None:
            return found[1]
    return ""


def _recipient_fields(message: EmailMessage) -> Iterator[Message]:
    """The blocks of a delivery report that speak of a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if isinstance(block, Message) and block["Action"]:
                    yield block


def _message_ids(message: EmailMessage) -> Iterator[str]:
    """Of the mail that came back, where its headers came along, else as a reply."""
    for part in message.walk():
        if part is not message and part["Message-ID"]:
            yield from MESSAGE_ID.findall(str(part["Message-ID"]))
        if part.get_content_type() == "text/rfc822-headers":
            headers = part.get_content()
            for line in re.findall(r"(?im)^message-id:\s*(\S.*)$", headers):
                yield from MESSAGE_ID.findall(line)
    for name in ("In-Reply-To", "References"):
        yield from MESSAGE_ID.findall(str(message[name] or ""))


def _mailboxes(message: EmailMessage) -> Iterator[str]:
    for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"):
        for value in message.get_all(name, []):
            yield from OUR_MAILBOX.findall(str(value))
