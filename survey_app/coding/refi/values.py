"""Single values of REFI-QDA files, read however they were written."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from survey_app.coding.refi.project import Value, VariableType, derived_guid

GUID = re.compile(
    r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?", re.IGNORECASE
)
HEX = re.compile(r"#?([0-9a-f]+)", re.IGNORECASE)
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*(?:[,/].*)?\)",
    re.IGNORECASE,
)
SHORT, PLAIN, WITH_ALPHA = 3, 6, 8
INTEGER = re.compile(r"[+-]?\d{1,18}")
LONGEST_NUMBER = 60
TRUE, FALSE = {"true", "1"}, {"false", "0"}


def guid_of(text: str | None) -> UUID | None:
    """With or without braces; what is no GUID gets one, always the same.

    >>> guid_of("{0D62985D-B147-5D01-A9B5-CAE5DCD98342}")
    UUID('0d62985d-b147-5d01-a9b5-cae5dcd98342')
    """
    if text is None or not text.strip():
        return None
    if is_guid(text):
        return UUID(text.strip().strip("{}"))
    return derived_guid("guid", text.strip())


def is_guid(text: str | None) -> bool:
    return text is not None and GUID.fullmatch(text.strip()) is not None


def color_of(text: str) -> tuple[str | None, bool]:
    """As ``#rrggbb``, and whether it was written in just that way or shorter.

    >>> color_of("#F0A"), color_of("rgb(255, 0, 16)"), color_of("#80FF0010")
    (('#ff00aa', True), ('#ff0010', False), ('#80ff00', False))
    """
    text = text.strip()
    if found := RGB.fullmatch(text):
        parts = [min(int(part), 255) for part in found.groups()]
        return "#{:02x}{:02x}{:02x}".format(*parts), False
    found = HEX.fullmatch(text)
    digits = found[1].lower() if found else ""
    if len(digits) == SHORT:
        return "#" + "".join(digit * 2 for digit in digits), text.startswith("#")
    if len(digits) == PLAIN:
        return f"#{digits}", text.startswith("#")
    if len(digits) == WITH_ALPHA:  # alpha first as in .NET when it says opaque
        is_first = digits.startswith("ff") and not digits.endswith("ff")
        return f"#{digits[2:] if is_first else digits[:6]}", False
    return None, False


def flag_of(text: str | None, *, otherwise: bool) -> bool:
    word = (text or "").strip().casefold()
    return True if word in TRUE else False if word in FALSE else otherwise


def moment_of(text: str | None) -> datetime | None:
    """A time that names no zone is taken for UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return (
            found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        )
    except (ValueError, OverflowError):
        return None


def integer_of(text: str | None) -> int | None:
    word = (text or "").strip()
    return int(word) if INTEGER.fullmatch(word) else None


def value_of(kind: VariableType, text: str) -> Value:
    """None for what is not of its type."""
    try:
        return READERS[kind](text.strip() if kind is not VariableType.TEXT else text)
    except (ValueError, InvalidOperation):
        return None


def _number(text: str) -> Decimal | None:
    if len(text) > LONGEST_NUMBER:
        return None
    found = Decimal(text)
    fits = found.is_finite() and abs(found.adjusted()) < LONGEST_NUMBER
    return found if fits else None


def _flag(text: str) -> bool | None:
    word = text.casefold()
    return word in TRUE if word in TRUE | FALSE else None


READERS: dict[VariableType, Callable[[str], Value]] = {
    VariableType.TEXT: str,
    VariableType.BOOLEAN: _flag,
    VariableType.INTEGER: integer_of,
    VariableType.FLOAT: _number,
    VariableType.DATE: lambda text: date.fromisoformat(text[:10]),
    VariableType.DATE_TIME: moment_of,
}
