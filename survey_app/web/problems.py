"""Errors for programs: problem details as RFC 9457 has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, json, request
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
FOR_PROGRAMS = "/api/"
SERVER_FAILURE = 500

# What each status is called, and what to do about it when nobody says more.
WORDS = {
    400: (
        "unreadable",
        _("This cannot be read"),
        _("Send the body as JSON, in UTF-8."),
    ),
    401: (
        "no-key",
        _("A key is needed"),
        _("Send the header Authorization: Bearer with a key that is still valid."),
    ),
    403: (
        "out-of-scope",
        _("This key does not open that"),
        _("Ask an administrator for a key with this scope."),
    ),
    404: (
        "not-found",
        _("This does not exist"),
        _("Check the address and the identifier in it."),
    ),
    405: (
        "wrong-method",
        _("This address does not take that method"),
        _("The header Allow names those that it takes."),
    ),
    409: ("conflict", _("This cannot be done now"), _("Look at its state first.")),
    413: (
        "too-large",
        _("This is too large"),
        _("Nothing was saved. Send less at a time."),
    ),
    415: (
        "not-json",
        _("This is not JSON"),
        _("Send the header Content-Type: application/json."),
    ),
    422: ("invalid", _("Something in this is not right"), _("See errors.")),
    429: (
        "too-many-requests",
        _("Too many requests"),
        _("Wait as many seconds as the header Retry-After says."),
    ),
    500: (
        "failure",
        _("Something went wrong on our side"),
        _("Try again later. If it keeps happening, tell us this number."),
    ),
    503: (
        "busy",
        _("We cannot save at the moment"),
        _("Nothing was saved. Send it again in a minute."),
    ),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one place in a body, named by its JSON pointer."""

    pointer: str
    detail: str


class ProblemError(HTTPException):
    """A refusal that says more than its status does."""

    def __init__(
        self,
        status: int,
        detail: object = None,
        *,
        kind: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.code = status
        self.detail = detail
        self.kind = kind
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def is_for_program() -> bool:
    """Whether who asked reads JSON, not pages."""
    return request.path.startswith(FOR_PROGRAMS)


def describe(error: HTTPException, *, reference: str | None = None) -> Response:
    """The problem in the language that was asked for."""
    status = error.code or SERVER_FAILURE
    kind, title, advice = WORDS.get(
        status, WORDS[400 if status < SERVER_FAILURE else 500]
    )
    problem: dict[str, object] = {
        "type": f"urn:klantreis:problem:{kind}",
        "title": str(title),
        "status": status,
        "detail": str(advice),
        "instance": request.path,
    }
    headers: dict[str, str] = {}
    if isinstance(error, ProblemError):
        problem |= _particulars(error)
        headers = error.headers
    if reference is not None:
        problem["reference"] = reference
    return Response(json.dumps(problem), status, headers, content_type=MEDIA_TYPE)


def _particulars(error: ProblemError) -> dict[str, object]:
    said: dict[str, object] = {}
    if error.kind:
        said["type"] = f"urn:klantreis:problem:{error.kind}"
    if error.detail is not None:
        said["detail"] = str(error.detail)
    if error.errors:
        said["errors"] = [
            {"pointer": one.pointer, "detail": one.detail} for one in error.errors
        ]
    return said
