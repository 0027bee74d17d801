"""Values of JSON that may be numbers, or days, or anything at all."""

from datetime import date


def whole_number(value: object) -> int | None:
    """A number as the whole one below it; None for anything else.

    >>> whole_number("3"), whole_number(2.5), whole_number("x")
    (3, 2, None)
    """
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError):
        return None


def day_in(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
