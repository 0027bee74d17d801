"""The one place that asks what time it is; everything else is handed the time."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Amsterdam")  # days begin and end at midnight here


def now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> datetime:
    """The day of a moment and nothing finer, as the midnight at which it began."""
    return datetime.combine(moment.astimezone(HOME), time(), tzinfo=HOME)


def is_by_day(moment: datetime) -> bool:
    """Whether a moment was cut to its day."""
    return moment == day_of(moment)
