"""Which column of a table of codes holds what, by whatever name it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.coding.codebook_files.rows import (
    KINDS,
    CodebookRow,
    Path,
    joined,
    split,
)
from survey_app.coding.file_notices import Notices, RefusedFileError
from survey_app.coding.refi.codes import folded
from survey_app.coding.refi.values import color_of

SYNONYMS = {
    "path": ("path", "pad"),
    "tag": ("tag",),  # Taguette's path, in which nothing is escaped
    "name": ("name", "naam", "code"),
    "parent": ("parent", "ouder"),
    "kind": ("kind", "soort"),
    "definition": ("definition", "definitie"),
    "description": ("description", "omschrijving", "beschrijving"),
    "include_rule": ("include_rule", "include rule", "include", "wel"),
    "exclude_rule": ("exclude_rule", "exclude rule", "exclude", "niet"),
    "example": ("example", "voorbeeld"),
    "color": ("color", "colour", "kleur"),
    "codable": ("codable", "codeerbaar"),
    "archived": ("archived", "gearchiveerd"),
}
COUNTED = {"number of highlights", "number of documents"}  # Taguette's; not ours
YES = {"1", "true", "yes", "ja", "y", "j", "x", "waar"}
NO = {"0", "false", "no", "nee", "n", "onwaar"}

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, by our names of its columns."""

    number: int
    cells: Cells


def named_columns(header: Iterable[str], notices: Notices) -> dict[str, str]:
    """Our name of each column that we know."""
    ours = {word: name for name, words in SYNONYMS.items() for word in words}
    found: dict[str, str] = {}
    for column in header:
        word = folded(column)
        if word in ours and ours[word] not in found.values():
            found[column] = ours[word]
        elif word and word not in COUNTED:
            notices.note("unread_column", column)
    if not {"path", "tag", "name"} & set(found.values()):
        raise RefusedFileError("no_name_column")
    return found


def rows_of(lines: Iterable[Line], notices: Notices) -> list[CodebookRow]:
    """The codes that the lines tell of, wherever they say which path leads there."""
    known = list(lines)
    paths = _Paths(known)
    found = []
    for line in known:
        path = paths.of(line)
        if path:
            found.append(_row(line, path, notices))
        elif any(cell.strip() for cell in line.cells.values()):
            notices.note("row_without_name", str(line.number))
    return found


class _Paths:
    """A path may be written out, or be a name under a parent that has a line too."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._by_name: dict[str, Line] = {}
        for line in lines:
            name = folded(line.cells.get("name", ""))
            if name:
                self._by_name.setdefault(name, line)

    def of(self, line: Line) -> Path:
        cells = line.cells
        if cells.get("path", "").strip():
            return split(cells["path"])
        if cells.get("tag", "").strip():
            return split(cells["tag"], escaped=False)
        names: list[str] = []
        passed: set[int] = set()
        here: Line | None = line
        while here is not None and here.cells.get("name", "").strip():
            if here.number in passed:
                raise RefusedFileError("circle_of_parents", line=line.number)
            passed.add(here.number)
            names.insert(0, here.cells["name"].strip())
            parent = here.cells.get("parent", "").strip()
            here = self._by_name.get(folded(parent)) if parent else None
            if parent and here is None:
                names = [*split(parent), *names]
        return tuple(names)


def _row(line: Line, path: Path, notices: Notices) -> CodebookRow:
    cells = line.cells
    return CodebookRow(
        path=path,
        kind=_kind(cells.get("kind", ""), path, notices),
        definition=cells.get("definition", cells.get("description", "")).strip(),
        include_rule=cells.get("include_rule", "").strip(),
        exclude_rule=cells.get("exclude_rule", "").strip(),
        example=cells.get("example", "").strip(),
        color=_color(cells.get("color", ""), path, notices),
        is_codable=_flag(cells.get("codable", ""), otherwise=True),
        is_archived=_flag(cells.get("archived", ""), otherwise=False),
        line=line.number,
    )


def _kind(text: str, path: Path, notices: Notices) -> str | None:
    word = folded(text).replace(" ", "_")
    if word and word not in KINDS:
        notices.note("unknown_kind", f"{joined(path)} ({text.strip()})")
    return word if word in KINDS else None


def _color(text: str, path: Path, notices: Notices) -> str | None:
    if not text.strip():
        return None
    color, _is_plain = color_of(text)
    if color is None:
        notices.note("no_color", joined(path))
    return color


def _flag(text: str, *, otherwise: bool) -> bool:
    word = folded(text)
    return True if word in YES else False if word in NO else otherwise
