"""The signed token in each form: which page it is, and what stood on it when shown.

It stands where other pages have a cookie: respondents need none. It also tells when
an answer was changed elsewhere since the page was shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from survey_app.responses.arrivals import Arrival

MAX_AGE = timedelta(days=30)
NEW = "new:"  # begins the subject of a front page's token; its nonce follows
SALT = "klantreis respondent form"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToken:
    """``subject`` is the response's id, or the nonce of one that is not yet made."""

    subject: str
    page_id: str
    version_id: int
    issued_at: datetime
    shown: Mapping[str, str] = field(default_factory=dict)
    arrival: Arrival = field(default_factory=Arrival)  # carried by a front page

    @property
    def nonce(self) -> str:
        """What the response will be made from, if this is a front page."""
        is_new = self.subject.startswith(NEW)
        return self.subject.removeprefix(NEW) if is_new else ""

    def is_expired(self, now: datetime) -> bool:
        return now - self.issued_at > MAX_AGE


def sign(token: FormToken, secret: str) -> str:
    content: list[object] = [
        token.subject,
        token.page_id,
        token.version_id,
        int(token.issued_at.timestamp()),
        {name: mark for name, mark in token.shown.items() if mark},
    ]
    if token.nonce:
        content += [token.arrival.source, dict(token.arrival.prefill)]
    return str(_serializer(secret).dumps(content))


def read(signed: str, secret: str, *, now: datetime) -> FormToken | None:
    """The token, also an expired one; None when we did not sign it."""
    try:
        content = _serializer(secret).loads(signed)
    except BadData:
        return None
    subject, page_id, version_id, issued, shown, *arrival = content
    return FormToken(
        subject=subject,
        page_id=page_id,
        version_id=version_id,
        issued_at=datetime.fromtimestamp(issued, now.tzinfo),
        shown=shown,
        arrival=Arrival(*arrival),
    )


class _TokenSerializer(URLSafeSerializer):
    def dump_payload(self, obj: object, *_args: object, **_kwargs: object) -> bytes:
        """As it is: half of the time to sign goes into trying to make it shorter."""
        return base64_encode(json.dumps(obj, separators=(",", ":")))


@cache
def _serializer(secret: str) -> URLSafeSerializer:
    return _TokenSerializer(secret, SALT)
