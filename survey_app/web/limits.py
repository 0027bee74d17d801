"""How often one address may do something: counted in memory, forgotten every day.

Of an address only a hash is kept, with a key that is made each day and never leaves
this process. Several server processes each count for themselves.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import cast

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from survey_app.clock import now
from survey_app.config import Limit

MOST_REMEMBERED = 50_000  # counts; the oldest are forgotten
SUBNET = 64  # an IPv6 customer has a network of addresses, not one


class Limiter:
    """Counts from the first time on, and begins again when the time is over."""

    def __init__(
        self, limits: Mapping[str, Limit], clock: Callable[[], datetime] = now
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._counts: OrderedDict[tuple[str, bytes], tuple[datetime, int]]
        self._counts = OrderedDict()
        self._day: date | None = None
        self._key = b""
        self._lock = threading.Lock()

    def take(self, what: str, address: str | None) -> int | None:
        """Count once more; how many seconds to wait when that is too often."""
        return self._look(what, address, step=1)

    def wait(self, what: str, address: str | None) -> int | None:
        """How many seconds to wait, without counting."""
        return self._look(what, address, step=0)

    def _look(self, what: str, address: str | None, *, step: int) -> int | None:
        limit, at = self._limits.get(what), self._clock()
        if limit is None:
            return None
        with self._lock:
            self._forget_yesterday(at)
            who = (what, self._hash(address or ""))
            since, count = self._counts.get(who, (at, 0))
            if (at - since).total_seconds() >= limit.seconds:
                since, count = at, 0
                self._counts.pop(who, None)
            if count >= limit.times:
                return max(1, limit.seconds - int((at - since).total_seconds()))
            if step:
                self._keep(who, (since, count + step))
        return None

    def _keep(self, who: tuple[str, bytes], count: tuple[datetime, int]) -> None:
        if who not in self._counts and len(self._counts) >= MOST_REMEMBERED:
            self._counts.popitem(last=False)
        self._counts[who] = count

    def _forget_yesterday(self, at: datetime) -> None:
        if self._day != at.date():
            self._day, self._key = at.date(), secrets.token_bytes(32)
            self._counts.clear()

    def _hash(self, address: str) -> bytes:
        network = _network(address).encode(errors="replace")
        return hashlib.blake2b(network, key=self._key, digest_size=16).digest()


def hold_to(what: str) -> None:
    """Count this request; a visitor who does this too often has to wait."""
    refuse_when(limiter().take(what, request.remote_addr))


def refuse_when(seconds: int | None) -> None:
    if seconds is not None:
        raise TooManyRequests(retry_after=seconds)


def limiter() -> Limiter:
    return cast("Limiter", current_app.extensions["limiter"])


def _network(address: str) -> str:
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6 and parsed.ipv4_mapped is None:  # noqa: PLR2004 - IPv6
            return str(ipaddress.ip_network((parsed, SUBNET), strict=False))
    return address
