"""A real mail server on this machine, which can be told to be difficult."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class Received:
    """One mail as it came in."""

    def __init__(self, envelope: Envelope) -> None:
        self.raw = bytes(envelope.original_content or b"")
        self.message = message_from_bytes(self.raw, policy=SMTP_POLICY)
        self.return_path = envelope.mail_from
        self.to = envelope.rcpt_tos[0]

    def part(self, subtype: str) -> str:
        body = self.message.get_body((subtype,))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def links(self) -> list[str]:
        words = self.part("plain").split()
        return [word for word in words if word.startswith("http")]

    @property
    def personal_link(self) -> str:
        return next(link for link in self.links if "/i/" in link)

    @property
    def opt_out_link(self) -> str:
        return str(self.message["List-Unsubscribe"]).strip("<>")


class MailServer:
    """Keeps what it accepts; the answers may refuse, or "drop" the line."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.attempts: list[str] = []
        self.answer_rcpt: Callable[[str], str] = lambda _address: OK
        self.answer_data: Callable[[str], str] = lambda _address: OK
        self.answer_mail: Callable[[str], str] = lambda _address: OK
        self.drops_after: Callable[[str], bool] = lambda _address: False
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Received]:
        return [each for each in self.received if each.to == address]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        answer = self.answer_mail(address)
        if answer == OK:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return _said(server, answer)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self.attempts.append(address)
        answer = self.answer_rcpt(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return _said(server, answer)

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self.answer_data(envelope.rcpt_tos[0])
        if answer == OK:
            self.received.append(Received(envelope))
        if self.drops_after(envelope.rcpt_tos[0]):
            return _said(server, "drop")
        return _said(server, answer)


def _said(server: SMTP, answer: str) -> str:
    """The answer as it is; or the line is cut without one."""
    if answer == "drop":
        assert server.transport is not None
        server.transport.abort()  # type: ignore[attr-defined] # asyncio's stub lacks it
    return answer


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with running(server):
        yield server


@contextmanager
def running(server: MailServer, **options: Any) -> Iterator[None]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop(no_assert=True)
