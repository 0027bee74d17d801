"""What a line of a package may hold: nothing is stored that was not looked at."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from survey_app.responses.answer_text import CONTROL

Check = Callable[[Any], Any]
LONGEST_TEXT = 200_000
MOST_ITEMS = 5_000
MOST = 2**31 - 1


class InvalidPackageError(ValueError):
    """A package that is not taken in; the sentence says why."""


def text(limit: int) -> Check:
    def check(value: Any) -> Any:  # noqa: ANN401 - out of a file
        if not isinstance(value, str) or not 0 < len(value) <= limit:
            raise InvalidPackageError(f"is no text of at most {limit} characters")
        if CONTROL.search(value):
            raise InvalidPackageError("holds characters that no text has")
        return value

    return check


def optional(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def one_of(*words: str) -> Check:
    def check(value: Any) -> Any:  # noqa: ANN401 - out of a file
        if value not in words or not isinstance(value, str):
            raise InvalidPackageError(f"is none of {', '.join(words)}")
        return value

    return check


def whole(value: Any) -> Any:  # noqa: ANN401 - out of a file
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise InvalidPackageError("is no whole number")
    return value


def truth(value: Any) -> Any:  # noqa: ANN401 - out of a file
    if not isinstance(value, bool):
        raise InvalidPackageError("is neither true nor false")
    return value


def moment(value: Any) -> datetime:  # noqa: ANN401 - out of a file
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidPackageError("is no time") from None
    if at.tzinfo is None:
        raise InvalidPackageError("is a time without a time zone")
    return at


def day(value: Any) -> date:  # noqa: ANN401 - out of a file
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidPackageError("is no day") from None


def plain_table(value: Any) -> Any:  # noqa: ANN401 - out of a file
    """Names with texts or numbers, as prefilled values are."""
    if not isinstance(value, dict) or len(value) > MOST_ITEMS:
        raise InvalidPackageError("is no table")
    for name, content in value.items():
        if not isinstance(content, str | int | float | bool | None):
            raise InvalidPackageError(f"{name[:50]!r} is no plain value")
        if len(name) > LONGEST_TEXT or len(str(content)) > LONGEST_TEXT:
            raise InvalidPackageError("is too long")
        if "\0" in name or "\0" in str(content):
            raise InvalidPackageError("holds characters that no text has")
    return value


def table(checks: Mapping[str, Check]) -> Check:
    """Exactly these names, each as it should be; the complaint says which is not."""

    def check(value: Any) -> dict[str, Any]:  # noqa: ANN401 - out of a file
        if not isinstance(value, dict):
            raise InvalidPackageError("is no table")
        if value.keys() != checks.keys():
            odd = ", ".join(sorted(value.keys() ^ checks.keys()))[:100]
            raise InvalidPackageError(f"lacks or has too much: {odd}")
        return {name: _named(name, checks[name], value[name]) for name in checks}

    return check


def since_then(checks: Mapping[str, Check], **unsaid: object) -> Check:
    """A table to which names were added: a file made before lacks those."""
    check = table(checks)

    def check_filled_in(value: Any) -> dict[str, Any]:  # noqa: ANN401 - out of a file
        known = {**unsaid, **value} if isinstance(value, dict) else value
        filled: dict[str, Any] = check(known)
        return filled

    return check_filled_in


def items(check: Check) -> Check:
    def check_all(value: Any) -> list[Any]:  # noqa: ANN401 - out of a file
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise InvalidPackageError("is no list, or one that is too long")
        return [check(each) for each in value]

    return check_all


def _named(name: str, check: Check, value: Any) -> Any:  # noqa: ANN401 - out of a file
    try:
        return check(value)
    except InvalidPackageError as error:
        raise InvalidPackageError(f"{name}: {error}") from None
