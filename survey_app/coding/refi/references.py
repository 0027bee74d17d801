"""What the parts of a project point to, and what is not there."""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.project import (
    Case,
    CodeSet,
    Coding,
    Guids,
    Project,
    Selection,
    Source,
    User,
    VariableType,
    VariableValue,
    derived_guid,
)
from survey_app.coding.refi.values import guid_of, moment_of, value_of
from survey_app.coding.refi.xml import references, texts_of

VALUES = {
    "TextValue": VariableType.TEXT,
    "BooleanValue": VariableType.BOOLEAN,
    "IntegerValue": VariableType.INTEGER,
    "FloatValue": VariableType.FLOAT,
    "DateValue": VariableType.DATE,
    "DateTimeValue": VariableType.DATE_TIME,
}


class Known:
    """Users, codes and variables by their GUIDs, while a file is read."""

    def __init__(self, root: Element, notices: Notices) -> None:
        self._notices = notices
        self._guids: set[UUID] = set()
        self.users: dict[UUID, User] = {}
        self.codes: set[UUID] = set()
        self.variables: dict[UUID, VariableType] = {}
        for each in root.findall("Users/User"):
            guid = guid_of(each.get("guid") or each.get("name"))
            if guid is not None:
                self.users.setdefault(guid, User(guid, each.get("name", "").strip()))

    def user(self, text: str | None) -> UUID | None:
        """Somebody whom the file does not name is still one and the same coder."""
        guid = guid_of(text)
        if guid is not None and guid not in self.users:
            self._notices.note("unknown_user")
            self.users[guid] = User(guid, "")
        return guid

    def own_guid(self, element: Element, *place: object) -> UUID:
        """The one it has, unless something else had it before."""
        guid = guid_of(element.get("guid")) or derived_guid(element.tag, *place)
        if guid in self._guids:
            self._notices.note("repeated_guid", element.get("name", ""))
            guid = derived_guid(element.tag, guid, *place)
        self._guids.add(guid)
        return guid

    def notes_of(self, element: Element) -> Guids:
        found = (guid_of(text) for text in references(element, "NoteRef"))
        return tuple(dict.fromkeys(guid for guid in found if guid is not None))

    def codings_of(
        self,
        element: Element,
        user: UUID | None = None,
        at: datetime | None = None,
    ) -> tuple[Coding, ...]:
        """Codings say less about themselves than what they stand in."""
        found = []
        for place, each in enumerate(element.findall("Coding")):
            code = guid_of(next(references(each, "CodeRef"), None))
            if code not in self.codes or code is None:
                self._notices.note("unknown_code", element.get("name", ""))
                continue
            coding = Coding(
                guid=self.own_guid(each, element.get("guid"), code, place),
                code=code,
                user=self.user(each.get("creatingUser")) or user,
                at=moment_of(each.get("creationDateTime")) or at,
                notes=self.notes_of(each),
            )
            found.append(coding)
        return tuple(found)

    def values_of(self, element: Element) -> tuple[VariableValue, ...]:
        found = []
        for each in element.findall("VariableValue"):
            variable = guid_of(next(references(each, "VariableRef"), None))
            if variable is None or variable not in self.variables:
                self._notices.note("dangling_reference")
                continue
            name = next((child.tag for child in each if child.tag in VALUES), None)
            text = texts_of(each, name) if name else ""
            value = value_of(VALUES[name], text) if name else None
            if name and value is None:
                self._notices.note("odd_value", text)
            found.append(VariableValue(variable, value))
        return tuple(found)


def keep_known(project: Project, notices: Notices) -> Project:
    """The project without what points to nothing."""
    return _Keeper(project, notices).kept()


class _Keeper:
    def __init__(self, project: Project, notices: Notices) -> None:
        self._project = project
        self._notices = notices
        self._notes = {note.guid for note in project.notes}
        self._codes = {code.guid for code in project.codes}
        self._sources = {source.guid for source in project.sources}
        self._selections = {
            each.guid for source in project.sources for each in source.selections
        }

    def kept(self) -> Project:
        project = self._project
        return replace(
            project,
            codes=tuple(
                replace(code, notes=self._known(code.notes, self._notes))
                for code in project.codes
            ),
            cases=tuple(self._case(case) for case in project.cases),
            sources=tuple(self._source(source) for source in project.sources),
            sets=tuple(self._set(each) for each in project.sets),
            memos=self._known(project.memos, self._notes),
        )

    def _case(self, case: Case) -> Case:
        return replace(
            case,
            codes=self._known(case.codes, self._codes),
            sources=self._known(case.sources, self._sources),
            selections=self._known(case.selections, self._selections),
        )

    def _set(self, each: CodeSet) -> CodeSet:
        return replace(
            each,
            codes=self._known(each.codes, self._codes),
            sources=self._known(each.sources, self._sources),
            notes=self._known(each.notes, self._notes),
        )

    def _source(self, source: Source) -> Source:
        return replace(
            source,
            notes=self._known(source.notes, self._notes),
            codings=tuple(self._coding(each) for each in source.codings),
            selections=tuple(self._selection(each) for each in source.selections),
        )

    def _selection(self, selection: Selection) -> Selection:
        return replace(
            selection,
            notes=self._known(selection.notes, self._notes),
            codings=tuple(self._coding(each) for each in selection.codings),
        )

    def _coding(self, coding: Coding) -> Coding:
        return replace(coding, notes=self._known(coding.notes, self._notes))

    def _known(self, guids: Guids, there: Container[UUID]) -> Guids:
        for guid in guids:
            if guid not in there:
                self._notices.note("dangling_reference")
        return tuple(guid for guid in guids if guid in there)
