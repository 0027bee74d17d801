"""A mail server as providers have them: TLS, and a password of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.invitations.certificates import Certificate
from tests.invitations.mail_server import MailServer, running

NAME = "mail.example.org"
USER = "klantreis"
PASSWORD = "Geheim/sleutel@9"
IN_ADDRESS = "Geheim%2Fsleutel%409"


class SafeMailServer(MailServer):
    """Takes nothing from who did not say the password, over TLS."""

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self.scheme = scheme
        self.password = PASSWORD
        self.logins: list[bool] = []

    @property
    def url(self) -> str:
        return f"{self.scheme}://{USER}:{IN_ADDRESS}@{NAME}:{self.port}"

    def authenticate(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        told: LoginPassword,
    ) -> AuthResult:
        is_right = told == LoginPassword(USER.encode(), self.password.encode())
        self.logins.append(is_right)
        return AuthResult(success=is_right, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 say who you are first"
        return await super().handle_MAIL(server, session, envelope, address, options)


@contextmanager
def running_safe_mail_server(
    scheme: str, certificate: Certificate
) -> Iterator[SafeMailServer]:
    """Under ``smtps`` TLS from the first byte; under ``smtp`` once it is asked for."""
    server = SafeMailServer(scheme)
    context = certificate.server_context()
    from_the_start = scheme == "smtps"
    options = (
        {"ssl_context": context, "auth_require_tls": False}
        if from_the_start
        else {"tls_context": context, "require_starttls": True}
    )
    with running(server, authenticator=server.authenticate, **options):
        yield server
