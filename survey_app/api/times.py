"""Times as programs read them, and as they write them."""

from datetime import UTC, datetime


def as_moment(time: datetime, *, day_only: bool = False) -> str:
    """In UTC, or only the day: more would tell who an anonymous respondent is."""
    time = time.astimezone(UTC)
    if day_only:
        return time.date().isoformat()
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime | None:
    """None for a day or time that no calendar or clock has."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None
