"""How mail goes out: which server, from whom, and with which address in links."""

import re
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from survey_app.config import InvalidSettingError, Settings
from survey_app.invitations.composing import Sender
from survey_app.respondents.address_lists import checked_address

DEFAULT_PORTS = {"smtp": 587, "smtps": 465}
WEB_ADDRESS = re.compile(r"https?://[!-;=?-~]+")  # ASCII, no space, no < or >


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
