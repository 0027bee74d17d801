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
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from survey_app.config import InvalidSettingError, Settings
from survey_app.invitations.composing import Sender
from survey_app.respondents.address_lists import checked_address

TIMEOUT = 20.0  # seconds for every answer of the server
DEFAULT_PORTS = {"smtp": 587, "smtps": 465}
ENHANCED = re.compile(rb"^([245])\.(\d{1,3})\.(\d{1,3})")
WEB_ADDRESS = re.compile(r"https?://[!-;=?-~]+")  # ASCII, no space, no < or >
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


@dataclass(frozen=True, slots=True)
class Delivery:
    outcome: Outcome
    trouble: str | None = None  # a code, never the server's words: they name people


class ServerTroubleError(Exception):
    """The server cannot be used at all now; no mail is to blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    host: str
    port: int
    is_wrapped: bool = False  # TLS from the first byte
    user: str | None = None
    password: str | None = None

    @property
    def is_here(self) -> bool:
        if self.host == "localhost":
            return True
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    server: Server
    sender: Sender
    public_url: str
    mails_per_minute: int


MAIL_SETTINGS = {
    "smtp_url": "KLANTREIS_SMTP",
    "mail_from": "KLANTREIS_MAIL_FROM",
    "public_url": "KLANTREIS_URL",
}


def missing_settings(settings: Settings) -> list[str]:
    """What must still be set before mail can go out."""
    return [
        variable
        for name, variable in MAIL_SETTINGS.items()
        if getattr(settings, name) is None
    ]


def find_mail_settings(settings: Settings) -> MailSettings | None:
    """None where mail is not set up; raises for a setting that cannot be used."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    if settings.public_url is None:
        return None
    return MailSettings(
        server=_read_server(settings.smtp_url),
        sender=Sender(
            header=_checked(settings.mail_from, "KLANTREIS_MAIL_FROM"),
            reply_to=_checked_or_none(settings.reply_to, "KLANTREIS_REPLY_TO"),
            bounces_to=_checked_or_none(settings.bounces_to, "KLANTREIS_BOUNCES"),
        ),
        public_url=_checked_url(settings.public_url),
        mails_per_minute=settings.mails_per_minute,
    )


def _read_server(url: str) -> Server:
    """Never quoted in a complaint: it may hold a password."""
    parts = urlsplit(url)
    with suppress(ValueError):  # a port that is no number
        if parts.scheme in DEFAULT_PORTS and parts.hostname:
            return Server(
                host=parts.hostname,
                port=parts.port or DEFAULT_PORTS[parts.scheme],
                is_wrapped=parts.scheme == "smtps",
                user=None if parts.username is None else unquote(parts.username),
                password=None if parts.password is None else unquote(parts.password),
            )
    raise InvalidSettingError(
        "KLANTREIS_SMTP must be written as smtp://user:password@host:587"
        " or smtps://user:password@host:465"
    )


def _checked(header: str, variable: str) -> str:
    if header.isprintable() and checked_address(parseaddr(header)[1]) is not None:
        return header
    raise InvalidSettingError(
        f"{variable} must be an address, such as Your shop <research@example.org>"
    )


def _checked_or_none(header: str | None, variable: str) -> str | None:
    return None if header is None else _checked(header, variable)


def _checked_url(url: str) -> str:
    if WEB_ADDRESS.fullmatch(url):
        return url
    raise InvalidSettingError(
        "KLANTREIS_URL must be an address, such as https://feedback.example.org"
    )


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
        raise ServerTroubleError("no TLS: the password is not sent in the open")
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
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:150]
    return type(error).__name__
