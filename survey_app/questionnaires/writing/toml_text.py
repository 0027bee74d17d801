"""Values as they are written in a TOML file that people read."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

LONGEST_LINE = 100


def table_lines(name: str, items: Mapping[str, Any]) -> Iterator[str]:
    """A table under its own heading; nothing for an empty one."""
    lines = list(assignment_lines(items))
    if lines:
        yield from ("", f"[{name}]", *lines)


def assignment_lines(items: Mapping[str, Any]) -> Iterator[str]:
    for key, value in items.items():
        if value is not None:
            yield f"{key} = {written_value(value)}"


def written_value(value: Any) -> str:  # noqa: ANN401 - anything a TOML file can hold
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _inline_table(value)
    if isinstance(value, list | tuple):
        return _list(value)
    return str(value)


def _text(text: str) -> str:
    """A JSON text is a TOML text; several lines stay several lines."""
    if "\n" not in text:
        return _escaped(text)
    lines = (_escaped(line)[1:-1] for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline_table(items: Mapping[str, Any]) -> str:
    """On one line, as TOML wants it; several lines of text are written as one."""
    written = (
        f"{key} = {_escaped(value) if isinstance(value, str) else written_value(value)}"
        for key, value in items.items()
        if value is not None
    )
    return "{ " + ", ".join(written) + " }"


def _list(values: list[Any] | tuple[Any, ...]) -> str:
    written = [written_value(value) for value in values]
    line = f"[{', '.join(written)}]"
    if len(line) <= LONGEST_LINE and not any(isinstance(v, Mapping) for v in values):
        return line
    return "[\n" + "".join(f"  {each},\n" for each in written) + "]"
