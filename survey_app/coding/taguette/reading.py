"""A project of Taguette as a project of ours. Its file names no coder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from survey_app.coding.codebook_files.rows import CodebookRow, arranged, split
from survey_app.coding.file_notices import Notice, Notices, RefusedFileError
from survey_app.coding.refi.project import (
    Code,
    Coding,
    Guids,
    Note,
    Project,
    Selection,
    Source,
    derived_guid,
)
from survey_app.coding.taguette.database import Row, Tables, open_tables
from survey_app.coding.taguette.text import TaglessText

ORIGIN = "Taguette"


@dataclass(frozen=True, slots=True)
class ReadTaguette:
    project: Project
    notices: tuple[Notice, ...]


def list_projects(content: bytes) -> tuple[tuple[int, str], ...]:
    """The projects in a database, for a person to choose from."""
    with open_tables(content) as tables:
        return tuple(_projects(tables))


def read_taguette(content: bytes, project_id: int | None = None) -> ReadTaguette:
    """The one project, or the one that was chosen; raises RefusedFileError."""
    with open_tables(content) as tables:
        projects = dict(_projects(tables))
        if project_id is None and len(projects) > 1:
            names = ", ".join(name[:80] for name in list(projects.values())[:5])
            raise RefusedFileError("several_projects", names=names)
        chosen = next(iter(projects), None) if project_id is None else project_id
        if chosen is None or chosen not in projects:
            raise RefusedFileError("no_taguette")
        reader = _Reader(tables, chosen, projects[chosen])
        return ReadTaguette(reader.read(), reader.notices.all())


def _projects(tables: Tables) -> Iterator[tuple[int, str]]:
    for number, name, _description in tables.rows("projects"):
        if isinstance(number, int):
            yield number, str(name or "").strip()


class _Reader:
    def __init__(self, tables: Tables, number: int, name: str) -> None:
        self._tables = tables
        self._number = number
        self._name = name
        self.notices = Notices()
        self._notes: list[Note] = []
        self._codes: dict[object, UUID] = {}  # by the number of the tag

    def read(self) -> Project:
        codes = tuple(self._read_codes())
        tagged: dict[object, list[UUID]] = {}
        for highlight, tag in self._tables.rows("highlight_tags"):
            if tag in self._codes:
                tagged.setdefault(highlight, []).append(self._codes[tag])
        marked: dict[object, list[Row]] = {}
        for row in self._tables.rows("highlights"):
            marked.setdefault(row[1], []).append(row)
        sources = tuple(
            self._source(row, marked.get(row[0], []), tagged)
            for row in self._of_project("documents")
        )
        descriptions = {row[0]: row[2] for row in self._tables.rows("projects")}
        return Project(
            name=self._name,
            origin=ORIGIN,
            description=str(descriptions.get(self._number) or ""),
            codes=codes,
            sources=sources,
            notes=tuple(self._notes),
        )

    def _read_codes(self) -> Iterator[Code]:
        rows = [
            CodebookRow(
                path=split(str(path or ""), escaped=False) or ("?",),
                definition=str(description or "").strip(),
                line=place,
            )
            for place, (_n, _p, path, description) in enumerate(
                self._of_project("tags")
            )
        ]
        tags = [row[0] for row in self._of_project("tags")]
        guids: dict[tuple[str, ...], UUID] = {}
        for row in arranged(rows, self.notices):
            guid = self._guid("tag", *row.path)
            guids[row.path] = guid
            if row.line is not None:
                self._codes[tags[row.line]] = guid
            yield Code(
                guid=guid,
                name=row.path[-1],
                parent=guids.get(row.path[:-1]),
                definition=row.definition,
                is_codable=row.is_codable,
            )

    def _source(
        self, row: Row, marks: Sequence[Row], tagged: Mapping[object, list[UUID]]
    ) -> Source:
        number, _project, name, description, contents = row
        guid = self._guid("document", number)
        read = TaglessText(str(contents or ""))
        notes: Guids = ()
        if description and str(description).strip():
            note = Note(guid=self._guid("note", number), text=str(description))
            self._notes.append(note)
            notes = (note.guid,)
        return Source(
            guid=guid,
            name=str(name or "").strip(),
            text=read.text,
            selections=tuple(self._selections(marks, read, str(name), tagged)),
            notes=notes,
        )

    def _selections(
        self,
        marks: Sequence[Row],
        read: TaglessText,
        name: str,
        tagged: Mapping[object, list[UUID]],
    ) -> Iterator[Selection]:
        for number, _document, first, last, snippet in marks:
            place = _range(read, first, last)
            where = f"{name}: {first}–{last}"
            if place is None:
                self.notices.note("outside_text", where)
                continue
            start, end = place
            if start == end:
                self.notices.note("empty_selection", where)
                continue
            quote = read.text[start:end]
            if _words(TaglessText(str(snippet or "")).text) != _words(quote):
                self.notices.note("shifted_snippet", where)
            guid = self._guid("highlight", number)
            yield Selection(
                guid=guid,
                start=start,
                end=end,
                quote=quote,
                codings=tuple(
                    Coding(guid=derived_guid(guid, code), code=code)
                    for code in dict.fromkeys(tagged.get(number, []))
                ),
            )

    def _of_project(self, table: str) -> list[Row]:
        return [row for row in self._tables.rows(table) if row[1] == self._number]

    def _guid(self, *parts: object) -> UUID:
        return derived_guid(ORIGIN, self._name, self._number, *parts)


def _range(read: TaglessText, first: object, last: object) -> tuple[int, int] | None:
    if not isinstance(first, int) or not isinstance(last, int) or first > last:
        return None
    start, end = read.start(first), read.end(last)
    return None if start is None or end is None else (start, max(start, end))


def _words(text: str) -> str:
    return "".join(text.split())
