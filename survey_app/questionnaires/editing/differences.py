"""Where two keepers' versions of the same part differ, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    path: str
    mine: str
    theirs: str


def differences(mine: object, theirs: object) -> list[Difference]:
    ours, others = dict(_leaves(mine)), dict(_leaves(theirs))
    paths = dict.fromkeys([*ours, *others])
    return [
        Difference(path, ours.get(path, ""), others.get(path, ""))
        for path in paths
        if ours.get(path, "") != others.get(path, "")
    ]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - anything a file can hold
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from _leaves(each, f"{path}.{number}" if path else str(number))
    elif value not in ("", None):
        yield path, str(value)
