"""The project file of a .qdpx."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from survey_app.coding.refi.checking import is_inside
from survey_app.coding.refi.code_writing import (
    write_codes,
    write_references,
    write_sets,
)
from survey_app.coding.refi.memos import BREAK
from survey_app.coding.refi.project import (
    Case,
    Coding,
    Guids,
    Note,
    Project,
    Selection,
    Source,
    Value,
    VariableType,
    VariableValue,
)
from survey_app.coding.refi.references import VALUES
from survey_app.coding.refi.xml_writing import Attributes, CheckedXml

NAME_LENGTH = 64  # characters of the quote by which a selection is called
ELEMENTS = {kind: name for name, kind in VALUES.items()}


class ProjectWriter:
    def __init__(self, xml: CheckedXml, project: Project, origin: str) -> None:
        self._xml = xml
        self._project = project
        self._origin = origin
        self._notes = {note.guid: note.text for note in project.notes}
        self._types = {each.guid: each.type for each in project.variables}

    def write(self) -> None:
        project, xml = self._project, self._xml
        attributes = {
            "name": project.name,
            "origin": self._origin,
            "creatingUserGUID": _guid(project.user),
            "creationDateTime": _moment(project.created_at),
            "modifiedDateTime": _moment(project.modified_at),
        }
        with xml.element("Project", attributes):
            self._write_users()
            if project.codes:
                with xml.element("CodeBook"):
                    write_codes(xml, project.codes, with_notes=True)
            self._write_variables()
            self._write_cases()
            self._write_sources()
            self._write_notes()
            write_sets(xml, project.codes, project.sets, "targetGUID")
            self._write_description(project.description)
            write_references(xml, "NoteRef", project.memos)

    def _write_users(self) -> None:
        if not self._project.users:
            return
        with self._xml.element("Users"):
            for user in self._project.users:
                attributes = {"guid": str(user.guid), "name": user.name or None}
                self._xml.leaf("User", attributes)

    def _write_variables(self) -> None:
        if not self._project.variables:
            return
        with self._xml.element("Variables"):
            for each in self._project.variables:
                attributes = {
                    "guid": str(each.guid),
                    "name": each.name,
                    "typeOfVariable": each.type.value,
                }
                with self._xml.element("Variable", attributes):
                    self._write_description(each.description)

    def _write_cases(self) -> None:
        if not self._project.cases:
            return
        with self._xml.element("Cases"):
            for case in self._project.cases:
                self._write_case(case)

    def _write_case(self, case: Case) -> None:
        attributes = {"guid": str(case.guid), "name": case.name}
        with self._xml.element("Case", attributes):
            self._write_description(case.description)
            write_references(self._xml, "CodeRef", case.codes)
            self._write_values(case.values)
            write_references(self._xml, "SourceRef", case.sources)
            write_references(self._xml, "SelectionRef", case.selections)

    def _write_sources(self) -> None:
        if not self._project.sources:
            return
        with self._xml.element("Sources"):
            for source in self._project.sources:
                self._write_source(source)

    def _write_source(self, source: Source) -> None:
        path = None if source.text is None else f"internal://{source.guid}.txt"
        stamp = _stamp(source.user, source.created_at, source.modified_at)
        attributes = {
            "guid": str(source.guid),
            "name": source.name,
            "plainTextPath": path,
            **stamp,
        }
        with self._xml.element("TextSource", attributes):
            self._write_memos(source.notes)
            for selection in source.selections:
                if is_inside(selection, source.text):
                    self._write_selection(selection, source.text)
            self._write_codings(source.codings)
            write_references(self._xml, "NoteRef", source.notes)
            self._write_values(source.values)

    def _write_selection(self, selection: Selection, text: str | None) -> None:
        start, end = selection.start, selection.end
        quote = selection.quote if text is None else text[start:end]
        attributes = {
            "guid": str(selection.guid),
            "name": quote[:NAME_LENGTH],
            "startPosition": str(start),
            "endPosition": str(end),
            **_stamp(selection.user, selection.created_at, selection.modified_at),
        }
        said = (note for coding in selection.codings for note in coding.notes)
        with self._xml.element("PlainTextSelection", attributes):
            self._write_memos((*selection.notes, *said))
            self._write_codings(selection.codings)
            write_references(self._xml, "NoteRef", selection.notes)

    def _write_codings(self, codings: Iterable[Coding]) -> None:
        for each in codings:
            attributes = {
                "guid": str(each.guid),
                "creatingUser": _guid(each.user),
                "creationDateTime": _moment(each.at),
            }
            with self._xml.element("Coding", attributes):
                write_references(self._xml, "CodeRef", (each.code,))
                write_references(self._xml, "NoteRef", each.notes)

    def _write_notes(self) -> None:
        if not self._project.notes:
            return
        with self._xml.element("Notes"):
            for note in self._project.notes:
                self._write_note(note)

    def _write_note(self, note: Note) -> None:
        attributes = {
            "guid": str(note.guid),
            "name": note.name or None,
            **_stamp(note.author, note.created_at, note.modified_at),
        }
        with self._xml.element("Note", attributes):
            self._xml.text("PlainTextContent", note.text)

    def _write_values(self, values: Iterable[VariableValue]) -> None:
        for each in values:
            kind = self._types.get(each.variable, VariableType.TEXT)
            with self._xml.element("VariableValue"):
                write_references(self._xml, "VariableRef", (each.variable,))
                if each.value is not None:
                    self._xml.text(ELEMENTS[kind], _written(each.value))

    def _write_memos(self, notes: Guids) -> None:
        """Once more as a description, for importers that know only that."""
        texts = [self._notes[guid] for guid in notes if guid in self._notes]
        self._write_description(BREAK.join(texts))

    def _write_description(self, text: str) -> None:
        if text:
            self._xml.text("Description", text)


def _stamp(
    user: UUID | None, created_at: datetime | None, modified_at: datetime | None
) -> Attributes:
    return {
        "creatingUser": _guid(user),
        "creationDateTime": _moment(created_at),
        "modifiedDateTime": _moment(modified_at),
    }


def _guid(guid: UUID | None) -> str | None:
    return None if guid is None else str(guid)


def _moment(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return utc.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _moment(value) or ""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
