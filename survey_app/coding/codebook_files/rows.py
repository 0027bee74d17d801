"""A codebook as rows: each code by the path of names that leads to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.codes import SiblingNames, folded

KINDS = (
    *("phase", "touchpoint", "emotion", "need_goal", "pain_point"),
    *("deciding_factor", "theme"),
)
SEPARATOR, ESCAPE = ".", "\\"  # a full stop, as in Taguette

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookRow:
    """``line`` is where it stood; None for what stood nowhere."""

    path: Path
    kind: str | None = None
    definition: str = ""
    include_rule: str = ""
    exclude_rule: str = ""
    example: str = ""
    color: str | None = None
    is_codable: bool = True
    is_archived: bool = False
    line: int | None = None


def joined(path: Path) -> str:
    r"""As one text; a full stop inside a name is escaped.

    >>> joined(("Fase", "v. 1"))
    'Fase.v\\. 1'
    """
    return SEPARATOR.join(
        name.replace(ESCAPE, ESCAPE * 2).replace(SEPARATOR, ESCAPE + SEPARATOR)
        for name in path
    )


def split(text: str, *, escaped: bool = True) -> Path:
    r"""The names in a path; empty ones are nobody's.

    >>> split(r"Fase.v\. 1"), split("a..b", escaped=False)
    (('Fase', 'v. 1'), ('a', 'b'))
    """
    names, name, rest = [], "", iter(text)
    for sign in rest:
        if sign == ESCAPE and escaped:
            name += next(rest, ESCAPE)
        elif sign == SEPARATOR:
            names.append(name)
            name = ""
        else:
            name += sign
    return tuple(each.strip() for each in [*names, name] if each.strip())


def arranged(rows: Iterable[CodebookRow], notices: Notices) -> tuple[CodebookRow, ...]:
    """Parents before children, each once; a parent without a row becomes a folder."""
    return tuple(_Arranging(list(rows), notices).all())


class _Arranging:
    def __init__(self, rows: Sequence[CodebookRow], notices: Notices) -> None:
        self._rows = rows
        self._notices = notices
        self._names = SiblingNames()
        self._first: dict[Path, CodebookRow] = {}
        for row in rows:
            self._first.setdefault(_key(row.path), row)
        self._paths: dict[Path, Path] = {}  # of those that are in, as they are called
        self._found: list[CodebookRow] = []

    def all(self) -> list[CodebookRow]:
        for row in self._rows:
            key = _key(row.path)
            if row is self._first[key]:
                self._ensure(row.path)
            else:
                self._add(row, self._ensure(row.path[:-1]))
        return self._found

    def _ensure(self, path: Path) -> Path:
        """Everything that leads there, and the path as it is called in the end."""
        called: Path = ()
        for depth in range(1, len(path) + 1):
            key = _key(path[:depth])
            if key not in self._paths:
                row = self._first.get(key) or self._folder(path[:depth])
                self._paths[key] = self._add(row, called)
            called = self._paths[key]
        return called

    def _folder(self, path: Path) -> CodebookRow:
        self._notices.note("made_folder", joined(path))
        return CodebookRow(path=path, is_codable=False)

    def _add(self, row: CodebookRow, parent: Path) -> Path:
        name = self._names.free(_key(parent), row.path[-1])
        path = (*parent, name)
        if name != row.path[-1]:
            self._notices.note("renamed_code", joined(path))
        self._found.append(replace(row, path=path))
        return path


def _key(path: Path) -> Path:
    return tuple(folded(name) for name in path)
