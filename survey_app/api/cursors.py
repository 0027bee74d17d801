"""Going on through a long list: a signed mark of where the last page ended."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer

from survey_app.keys import key_hash
from survey_app.web.problems import FieldError, ProblemError

SALT = "klantreis API cursor"
NOT_FILTERS = frozenset({"cursor", "limit"})


def last_seen(query: Mapping[str, Any]) -> int:
    """The row after which this page begins; the other filters must be the same."""
    cursor = query["cursor"]
    if cursor is None:
        return 0
    try:
        row_id, filters = _serializer().loads(cursor)
    except (BadData, ValueError, TypeError):
        row_id, filters = None, None
    if not isinstance(row_id, int) or filters != _fingerprint(query):
        wrong = _("This cursor does not belong to this list and these filters.")
        raise ProblemError(422, errors=[FieldError("?cursor", wrong)])
    return row_id


def as_page(
    items: list[dict[str, Any]], query: Mapping[str, Any], *, goes_on_after: int | None
) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A page of a list with the way to the next one, in the body and in ``Link``."""
    if goes_on_after is None:
        return {"items": items, "next": None}, 200, {}
    cursor = _serializer().dumps([goes_on_after, _fingerprint(query)])
    said = [(name, value) for name, value in request.args.items() if name != "cursor"]
    address = f"{request.base_url}?{urlencode([*said, ('cursor', cursor)])}"
    link = f'<{address}>; rel="next"'
    return {"items": items, "next": cursor}, 200, {"Link": link}


def _fingerprint(query: Mapping[str, Any]) -> str:
    filters = sorted(
        (name, str(value))
        for name, value in query.items()
        if name not in NOT_FILTERS and value is not None
    )
    return key_hash(f"{request.path} {filters}")[:12]


def _serializer() -> URLSafeSerializer:
    return _serializer_of(current_app.extensions["settings"].secret_key)


@cache
def _serializer_of(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, SALT)
