"""How figures and times are written: Dutch comma, a real minus, no false precision."""

from datetime import date, datetime
from typing import Protocol

from flask import Flask
from flask_babel import (
    format_date,
    format_datetime,
    format_decimal,
    format_percent,
    get_locale,
)
from flask_babel import lazy_gettext as _

MINUS = "−"
ROLE_NAMES = {
    "admin": _("Administrator"),
    "researcher": _("Researcher"),
    "marketer": _("Marketer"),
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        count=count, signed=signed, percent=percent, day=day, moment=moment
    )
    app.jinja_env.filters["percent_range"] = percent_range
    app.jinja_env.filters["role_name"] = ROLE_NAMES.__getitem__


def count(value: int) -> str:
    return str(format_decimal(value))


def signed(value: float, digits: int = 1) -> str:
    """A score with its sign: +0,4 · 0,0 · −1,2 (Dutch), never a hyphen."""
    rounded = round(value, digits)
    text = str(format_decimal(abs(rounded), format=f"0.{'0' * digits}"))
    if rounded == 0:
        return text
    return f"{'+' if rounded > 0 else MINUS}{text}"


def percent(share: float) -> str:
    """A share as a whole percentage: 54 % in Dutch, 54% in English."""
    if str(get_locale()) == "nl":
        return f"{format_decimal(round(share * 100), format='0')} %"
    return str(format_percent(share, format="0%"))


class Bounds(Protocol):
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def percent_range(bounds: Bounds) -> str:
    """From one share to another: 45–63 % in Dutch, 45–63% in English."""
    low = format_decimal(round(bounds.low * 100), format="0")
    return f"{low}–{percent(bounds.high)}"


def day(value: date) -> str:
    return str(format_date(value, "d MMM y"))


def moment(value: datetime) -> str:
    return str(format_datetime(value, "d MMM y HH:mm"))
