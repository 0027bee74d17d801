"""Handing a mail to the mail server, and what its answer means.

Each step of SMTP is taken by itself: before DATA nothing has gone out, so a failure
there may be tried again; after it only the server knows.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from survey_app.invitations.mail_settings import Server

TIMEOUT = 20.0  # seconds for every answer of the server
ENHANCED = re.compile(rb"^([245])\.(\d{1,3})\.(\d{1,3})")
CLOSING = 421
TEMPORARY = range(400, 500)
# Refusals that say something of the message or of us, not of the address (RFC 3463).
MAILBOX_FULL, POLICY = "5.2.2", "5.7."


class Outcome(StrEnum):
    SENT = "sent"
    LATER = "later"  # not now: try again
    FAILED = "failed"  # this mail will not go
    BOUNCED = "bounced"  # nothing goes to this address
    UNCERTAIN = "uncertain"  # nobody knows


class Obstacle(StrEnum):
    """What keeps us from the server and will stay so until somebody puts it right."""

    CERTIFICATE = "certificate"
    PASSWORD = "password"  # noqa: S105 - the name of it
    NO_TLS = "no_tls"


@dataclass(frozen=True, slots=True)
class Delivery:
    outcome: Outcome
    trouble: str | None = None  # a code, never the server's words: they name people


class ServerTroubleError(Exception):
    """The server cannot be used at all now; no mail is to blame."""


class PostOffice:
    """An open connection to the server."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._smtp = connection
        self.is_closed = False

    def deliver(self, content: bytes, *, return_path: str, to: str) -> Delivery:
        try:
            refusal = self._announce(return_path, to)
        except (smtplib.SMTPException, OSError) as error:
            raise ServerTroubleError(_name_of(error)) from None
        if refusal is not None:
            self._start_again()
            return refusal
        return self._hand_over(content)

    def _announce(self, return_path: str, to: str) -> Delivery | None:
        options = [] if to.isascii() else ["SMTPUTF8"]
        if options and not self._smtp.has_extn("smtputf8"):
            return Delivery(Outcome.FAILED, "SMTPUTF8")
        code, words = self._smtp.mail(return_path, options)
        if code >= TEMPORARY.start:
            raise ServerTroubleError(f"MAIL {_code(code, words)}")
        code, words = self._smtp.rcpt(to)
        if code == CLOSING:
            raise ServerTroubleError(f"RCPT {_code(code, words)}")
        return None if code < TEMPORARY.start else _refusal("RCPT", code, words)

    def _hand_over(self, content: bytes) -> Delivery:
        try:
            code, words = self._smtp.data(content)
        except smtplib.SMTPDataError as error:  # refused before a byte was sent
            self._start_again()
            return _refusal("DATA", error.smtp_code, _bytes(error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            self.is_closed = True
            return Delivery(Outcome.UNCERTAIN, _name_of(error))
        if code < TEMPORARY.start:
            return Delivery(Outcome.SENT)
        return _refusal("DATA", code, words)

    def _start_again(self) -> None:
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.is_closed = True


@contextmanager
def connected_to(server: Server) -> Iterator[PostOffice]:
    """The post office, open; ServerTroubleError when it cannot be."""
    try:
        connection = _connect(server)
    except (smtplib.SMTPException, OSError) as error:
        raise ServerTroubleError(_name_of(error)) from None
    try:
        yield PostOffice(connection)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.is_wrapped:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        _introduce(connection, server, context)
    except BaseException:
        connection.close()
        raise
    return connection


def _introduce(
    connection: smtplib.SMTP, server: Server, context: ssl.SSLContext
) -> None:
    connection.ehlo()
    is_private = server.is_wrapped or server.is_here
    if not is_private and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
        is_private = True
    if server.user is None:
        return
    if not is_private:
        raise ServerTroubleError(Obstacle.NO_TLS)
    connection.login(server.user, server.password or "")


def _refusal(step: str, code: int, words: bytes) -> Delivery:
    said = _code(code, words)
    trouble = f"{step} {said}"
    if code in TEMPORARY:
        return Delivery(Outcome.LATER, trouble)
    if is_about_address(said, named_at_rcpt=step == "RCPT"):
        return Delivery(Outcome.BOUNCED, trouble)
    return Delivery(Outcome.FAILED, trouble)


def is_about_address(said: str, *, named_at_rcpt: bool) -> bool:
    """Whether a permanent refusal means that nobody lives at the address."""
    if MAILBOX_FULL in said or POLICY in said:
        return False
    return named_at_rcpt or "5.1." in said or "5.2.1" in said


def _code(code: int, words: bytes) -> str:
    enhanced = ENHANCED.match(words)
    return str(code) if enhanced is None else f"{code} {enhanced[0].decode('ascii')}"


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _name_of(error: Exception) -> str:
    """What went wrong, without the server's words: they may name people."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Obstacle.CERTIFICATE
    if isinstance(error, smtplib.SMTPAuthenticationError) and (
        error.smtp_code not in TEMPORARY
    ):
        return Obstacle.PASSWORD
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:150]
    return type(error).__name__
