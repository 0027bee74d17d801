"""A question set as its keeper wrote it: changed as plain data, its comments kept."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeGuard

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable, Item, Table

Data = dict[str, Any]

# Written as [[tables]] of their own; other lists of tables stand between brackets.
WRITTEN_OUT = frozenset({"pages", "questions", "variants"})
NAMES = ("id", "code")  # what an entry of a list is recognised by


class UnreadableSourceError(ValueError):
    """A text that is no TOML; the message says where it goes wrong."""


def read_source(source: str) -> Data:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableSourceError(str(error)) from error


def rewritten(source: str, data: Data) -> str:
    """The source changed to say ``data``; what says that already stays as it is.

    An edit is never lost for the sake of a comment: when the two cannot both be had,
    the whole is written anew.
    """
    with suppress(TOMLKitError, ValueError, TypeError, KeyError, IndexError):
        document = tomlkit.parse(source)
        _settle(document, data)
        text = tomlkit.dumps(document)
        if tomllib.loads(text) == data:
            return text
    return written(data)


def written(data: Data) -> str:
    """Plain data as a file, in the order in which it stands there."""
    document = tomlkit.document()
    _fill(document, data)
    return tomlkit.dumps(document)


def _settle(table: Any, data: Data) -> None:  # noqa: ANN401 - tomlkit's tables share no type
    for key in [key for key in table if key not in data]:
        del table[key]
    for key, value in data.items():
        if key not in table:
            _add(table, key, value)
        elif _plain(table[key]) != value or type(_plain(table[key])) is not type(value):
            _change(table, key, value)


def _change(table: Any, key: str, value: object) -> None:  # noqa: ANN401 - as above
    old = table[key]
    if isinstance(old, Mapping) and isinstance(value, dict):
        _settle(old, value)
    elif isinstance(old, AoT) and _are_tables(value):
        table[key] = AoT(_settled_entries(old, value), parsed=True)
    elif isinstance(old, Array) and _are_tables(value):
        _settle_array(table, key, old, value)
    else:
        _add(table, key, value)


def _settle_array(table: Any, key: str, old: Array, value: list[Data]) -> None:  # noqa: ANN401 - as above
    """Entries that stay in their places keep the comments between them."""
    nodes = list(old)
    if len(nodes) == len(value) and _in_the_same_order(nodes, value):
        for node, entry in zip(nodes, value, strict=True):
            _settle(node, entry)
    else:
        table[key] = _item(key, value)


def _in_the_same_order(nodes: Sequence[Any], value: Sequence[Data]) -> bool:
    return all(
        isinstance(node, Mapping) and _name(_plain(node)) == _name(entry)
        for node, entry in zip(nodes, value, strict=True)
    )


def _settled_entries(old: AoT, value: list[Data]) -> list[Table]:
    """Each entry in the table that it had before, found by equality or by name."""
    spare = list(old.body)
    kept = [_take(spare, lambda node, e=entry: _plain(node) == e) for entry in value]
    for place, entry in enumerate(value):
        if kept[place] is None and _name(entry) is not None:
            kept[place] = _take(
                spare, lambda node, e=entry: _name(_plain(node)) == _name(e)
            )
    if len(spare) == 1 and kept.count(None) == 1:  # it was given another name
        kept[kept.index(None)] = spare.pop()
    entries = []
    for node, entry in zip(kept, value, strict=True):
        if node is None:
            entries.append(_new_table(entry))
        else:
            _settle(node, entry)
            entries.append(node)
    return entries


def _take(spare: list[Table], is_it: Any) -> Table | None:  # noqa: ANN401 - a test of a table
    for node in spare:
        if is_it(node):
            spare.remove(node)
            return node
    return None


def _name(entry: Any) -> object:  # noqa: ANN401 - anything a file can hold
    return next((entry[key] for key in NAMES if key in entry), None)


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything a file can hold
    return value.unwrap() if isinstance(value, Item) else value


def _are_tables(value: object) -> TypeGuard[list[Data]]:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _add(table: Any, key: str, value: object) -> None:  # noqa: ANN401 - as above
    is_inline = isinstance(table, InlineTable)
    table[key] = _within_a_line(value) if is_inline else _item(key, value)


def _fill(table: Any, data: Data) -> None:  # noqa: ANN401 - as above
    """Plain keys first: below a [[table]] they would be taken for its own."""
    for key, value in sorted(data.items(), key=lambda item: _is_written_out(*item)):
        _add(table, key, value)


def _is_written_out(key: str, value: object) -> bool:
    return key in WRITTEN_OUT and _are_tables(value) and bool(value)


def _item(key: str, value: Any) -> Any:  # noqa: ANN401 - anything a file can hold
    if _is_written_out(key, value):
        return AoT([_new_table(entry) for entry in value])
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        return _array(value)
    return tomlkit.item(value)


def _new_table(entry: Data) -> Table:
    table = tomlkit.table()
    _fill(table, entry)
    return table


def _inline(value: Data) -> Any:  # noqa: ANN401 - tomlkit's type
    inline = tomlkit.inline_table()
    for key, each in value.items():
        inline.append(key, _within_a_line(each))
    return inline


def _array(value: Iterable[Any]) -> Array:
    array = tomlkit.array()
    array.extend(_within_a_line(each) for each in value)
    return array.multiline(_are_tables(value))


def _within_a_line(value: Any) -> Any:  # noqa: ANN401 - anything a file can hold
    """Inline tables stand on one line, so texts in them have escaped line ends."""
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_within_a_line(each) for each in value)
        return array
    return tomlkit.item(value)
