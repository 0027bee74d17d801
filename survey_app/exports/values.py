"""What a cell of an export may hold, before a format writes it in its own way."""

from datetime import date, datetime
from enum import Enum


class Gap(Enum):
    """Why there is no answer."""

    NOT_SHOWN = "not_shown"  # routing went past it, or this version does not ask it
    NOT_ANSWERED = "not_answered"


Value = str | int | float | date | datetime | Gap | None
