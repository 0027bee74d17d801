"""Sessions in a signed cookie for staff; what is open to the public has none."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

PUBLIC = ("/q/", "/r/", "/i/", "/m/", "/api/", "/static/", "/healthz", "/readyz")


class StaffSessions(SecureCookieSessionInterface):
    """Under a public path no cookie is read, and none can be set by mistake."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(PUBLIC):
            return None
        return super().open_session(app, request)
