"""Guessing passwords: after a number of attempts someone waits, kindly but surely.

Who tries is the account asked for and the address it is tried from, together, so that
a stranger cannot lock someone out. Only a hash of both is kept, with a key that is made
at the start of the process and never leaves its memory.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from survey_app.clock import now

ATTEMPTS = 10
WINDOW = timedelta(minutes=10)
MOST_REMEMBERED = 10_000  # pairs of account and address; the oldest are forgotten


class SignInAttempts:
    """When was tried, by whom; for as long as it matters."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._times: dict[bytes, list[datetime]] = {}
        self._lock = threading.Lock()

    def note(self, account: str, address: str) -> timedelta | None:
        """Count one attempt; how long to wait when there were too many already."""
        who, at = self._who(account, address), self._clock()
        with self._lock:
            recent = [t for t in self._times.pop(who, []) if at - t < WINDOW]
            if len(recent) >= ATTEMPTS:
                self._times[who] = recent
                return recent[0] + WINDOW - at
            if len(self._times) >= MOST_REMEMBERED:
                del self._times[next(iter(self._times))]
            self._times[who] = [*recent, at]
        return None

    def forget(self, account: str, address: str) -> None:
        """The right password: what went before were slips of the finger."""
        with self._lock:
            self._times.pop(self._who(account, address), None)

    def _who(self, account: str, address: str) -> bytes:
        pair = f"{account.strip().casefold()}\n{address}".encode(errors="replace")
        return hashlib.blake2b(pair, key=self._key, digest_size=16).digest()
