"""The one place that asks what time it is; everything else is handed the time."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
