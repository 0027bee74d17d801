"""On which line and column of a TOML file a key stands: readers of TOML do not say."""

import json
import re
from bisect import bisect_right
from collections import defaultdict

from survey_app.questionnaires.problems import Path

SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
PLAIN = re.compile(r"[^,\]}#\n]+")
TOP: Path = ()


class Positions:
    """Where each key and each item of a list begins, in a source that is valid TOML."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._offsets: dict[Path, int] = {TOP: 0}
        self._tables: defaultdict[Path, int] = defaultdict(int)  # [[…]] so far
        self._lines = [0, *(m.end() for m in re.finditer("\n", source))]
        self._read_file()

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column, both from 1; of what holds it where the key is missing."""
        while path not in self._offsets:
            path = path[:-1]
        return self.at(self._offsets[path])

    def at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _read_file(self) -> None:
        table: Path = TOP
        self._skip()
        while self._at < len(self._source):
            if self._source.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _skip(self) -> None:
        found = SPACE.match(self._source, self._at)
        self._at = found.end() if found else self._at

    def _step(self, expected: str) -> bool:
        """Go past this, if it is what stands here."""
        self._skip()
        if not self._source.startswith(expected, self._at):
            return False
        self._at += len(expected)
        return True

    def _header(self) -> Path:
        start = self._at
        is_list = self._step("[[")
        if not is_list:
            self._step("[")
        path = self._header_path(start, is_list=is_list)
        self._step("]]" if is_list else "]")
        return path

    def _header_path(self, start: int, *, is_list: bool) -> Path:
        """``[pages.questions]`` is under the last of the ``[[pages]]`` so far."""
        *outer, last = self._key()
        path: Path = TOP
        for part in outer:
            path = (*path, part)
            self._offsets.setdefault(path, start)
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        path = (*path, last)
        self._offsets.setdefault(path, start)
        if is_list:
            self._tables[path] += 1
            path = (*path, self._tables[path] - 1)
            self._offsets[path] = start
        elif path in self._tables:
            path = (*path, self._tables[path] - 1)
        return path

    def _key(self) -> list[str]:
        parts = [self._key_part()]
        while self._step("."):
            parts.append(self._key_part())
        return parts

    def _key_part(self) -> str:
        self._skip()
        found = BARE_KEY.match(self._source, self._at)
        quoted = None if found else TEXT.match(self._source, self._at)
        match = found or quoted
        if match is None:
            raise ValueError(self._at)
        self._at = match.end()
        return _unquoted(match[0]) if quoted else match[0]

    def _pair(self, table: Path) -> None:
        self._skip()
        start, path = self._at, table
        for part in self._key():
            path = (*path, part)
            self._offsets.setdefault(path, start)
        self._step("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._step("["):
            self._list(path)
        elif self._step("{"):
            self._inline_table(path)
        else:
            found = TEXT.match(self._source, self._at) or PLAIN.match(
                self._source, self._at
            )
            if found is None:
                raise ValueError(self._at)
            self._at = found.end()

    def _list(self, path: Path) -> None:
        number = 0
        while not self._step("]"):
            self._offsets[(*path, number)] = self._at
            self._value((*path, number))
            self._step(",")
            number += 1

    def _inline_table(self, path: Path) -> None:
        while not self._step("}"):
            self._pair(path)
            self._step(",")


def _unquoted(written: str) -> str:
    if written.startswith("'"):
        return written[1:-1]
    try:
        return str(json.loads(written))
    except ValueError:  # \U0001F600, which JSON lacks
        return written[1:-1]
