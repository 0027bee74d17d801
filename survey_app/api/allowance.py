"""How many requests a key may make: counted by the minute, in each server process."""

import threading
from dataclasses import dataclass
from datetime import datetime

WINDOW = 60  # seconds
PER_MINUTE = 600


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a key stands: what is left, and in how many seconds it begins again."""

    limit: int
    left: int
    seconds: int
    is_over: bool = False


class Allowance:
    """Counts requests by key; forgets a minute when the next one begins."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self._minute = 0
        self._counts: dict[int, int] = {}
        self._lock = threading.Lock()

    def take(self, key_id: int, *, at: datetime) -> Standing:
        second = int(at.timestamp())
        with self._lock:
            if second // WINDOW != self._minute:
                self._minute = second // WINDOW
                self._counts.clear()
            count = self._counts.get(key_id, 0) + 1
            self._counts[key_id] = count
        return Standing(
            limit=self.per_minute,
            left=max(0, self.per_minute - count),
            seconds=WINDOW - second % WINDOW,
            is_over=count > self.per_minute,
        )
