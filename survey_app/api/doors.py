"""Who may enter the API: programs with a key, as often as is reasonable."""

import logging
from contextlib import suppress
from typing import cast

from flask import Response, current_app, g, request
from sqlalchemy.exc import OperationalError

from survey_app.api.allowance import Allowance, Standing
from survey_app.api.models import ApiKey
from survey_app.api.queries import find_key
from survey_app.clock import now
from survey_app.db import get_database
from survey_app.web.problems import ProblemError

log = logging.getLogger(__name__)

BEARER = "bearer"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Klantreis"'}
MAX_BODY = 1024 * 1024  # a question set of 512 kB, as a JSON text
OPEN_TO_ALL = frozenset({"api.describe_api"})


def has_key() -> None:
    """Only with a valid key; what it opens is said at each address."""
    request.max_content_length = MAX_BODY
    if request.endpoint in OPEN_TO_ALL:
        return
    key = _key_in_request()
    g.api_key = key
    g.standing = _allowance().take(key.id, at=now())
    if g.standing.is_over:
        wait = {"Retry-After": str(g.standing.seconds)}
        raise ProblemError(429, headers=wait)
    _note_use(key)


def tell_standing(response: Response) -> Response:
    """How many requests are left, on every answer to a key."""
    standing: Standing | None = g.get("standing")
    if standing is not None:
        response.headers["RateLimit-Limit"] = str(standing.limit)
        response.headers["RateLimit-Remaining"] = str(standing.left)
        response.headers["RateLimit-Reset"] = str(standing.seconds)
    return response


def _key_in_request() -> ApiKey:
    given = request.authorization
    if given is None or given.type != BEARER or not given.token:
        raise ProblemError(401, headers=CHALLENGE)
    # A session of its own: the route's may have to write, and then waits its turn.
    with get_database().read() as session:
        key = find_key(session, given.token)
    if key is None or not key.is_valid(now()):
        raise ProblemError(401, headers=CHALLENGE)
    return key


def _note_use(key: ApiKey) -> None:
    """Once a day, before the route's session begins; not worth failing for."""
    today = now().date()
    if key.last_used_on == today:
        return
    with suppress(OperationalError), get_database().transaction() as session:
        session.get_one(ApiKey, key.id).last_used_on = today


def _allowance() -> Allowance:
    return cast("Allowance", current_app.extensions["api_allowance"])
