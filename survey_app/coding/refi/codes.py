"""The codebook of a REFI-QDA file, leniently."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID
from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.description import with_description
from survey_app.coding.refi.project import Code, derived_guid
from survey_app.coding.refi.values import color_of, flag_of, guid_of, is_guid
from survey_app.coding.refi.xml import references, texts_of

KIND = "kind:"
ARCHIVED = "state:archived"
NAMELESS = "?"


def folded(name: str) -> str:
    """Names are compared in this form.

    >>> folded("  Déçu  X") == folded("de\u0301c\u0327U x")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@dataclass(slots=True)
class SiblingNames:
    """A name that a sibling has already gets a number; nothing is ever merged."""

    _taken: dict[tuple[object, str], int] = field(default_factory=dict)

    def free(self, parent: object, name: str) -> str:
        free, number = name, self._taken.get((parent, folded(name)), 0)
        while (parent, folded(free)) in self._taken:
            number = max(number, 1) + 1
            free = f"{name} ({number})"
        self._taken[parent, folded(name)] = number or 1
        self._taken.setdefault((parent, folded(free)), 1)
        return free


def read_codes(book: Element | None, notices: Notices) -> tuple[Code, ...]:
    """All codes, parents before children, in the order of the file."""
    top = None if book is None else book.find("Codes")
    if top is None:
        return ()
    reader = _CodeReader(notices)
    return tuple(reader.read(top))


def with_kinds(
    codes: Sequence[Code], sets: Sequence[Element]
) -> tuple[tuple[Code, ...], list[Element]]:
    """Codes with what our own sets say of them, and the sets that are not ours."""
    kinds: dict[UUID, str] = {}
    archived: set[UUID] = set()
    others = []
    for each in sets:
        name = each.get("name", "").strip()
        members = [guid_of(text) for text in references(each, "MemberCode")]
        known = [guid for guid in members if guid is not None]
        if name.startswith(KIND) and name != KIND:
            kinds |= dict.fromkeys(known, name.removeprefix(KIND))
        elif name == ARCHIVED:
            archived |= set(known)
        else:
            others.append(each)
    return tuple(_with_kind(code, kinds, archived) for code in codes), others


def _with_kind(code: Code, kinds: Mapping[UUID, str], archived: set[UUID]) -> Code:
    return replace(code, kind=kinds.get(code.guid), is_archived=code.guid in archived)


class _CodeReader:
    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._names = SiblingNames()
        self._guids: set[UUID] = set()

    def read(self, top: Element) -> Iterator[Code]:
        stack: list[tuple[Element, UUID | None]] = [
            (each, None) for each in reversed(top.findall("Code"))
        ]
        while stack:
            element, parent = stack.pop()
            code = self._code(element, parent)
            yield code
            stack += [(each, code.guid) for each in reversed(element.findall("Code"))]

    def _code(self, element: Element, parent: UUID | None) -> Code:
        name = self._name(element, parent)
        code = Code(
            guid=self._guid(element, parent, name),
            name=name,
            parent=parent,
            color=self._color(element, name),
            is_codable=flag_of(element.get("isCodable"), otherwise=True),
            notes=tuple(
                guid
                for text in references(element, "NoteRef")
                if (guid := guid_of(text)) is not None
            ),
        )
        return with_description(code, texts_of(element, "Description"))

    def _name(self, element: Element, parent: UUID | None) -> str:
        name = element.get("name", "").strip()
        if not name:
            self._notices.note("nameless_code")
        free = self._names.free(parent, name or NAMELESS)
        if name and free != name:
            self._notices.note("renamed_code", free)
        return free

    def _guid(self, element: Element, parent: UUID | None, name: str) -> UUID:
        text = element.get("guid")
        guid = guid_of(text) or derived_guid("code", parent, name)
        if not is_guid(text):
            self._notices.note("odd_guid", name)
        if guid in self._guids:
            self._notices.note("repeated_guid", name)
            guid = derived_guid("code", guid, parent, name)
        self._guids.add(guid)
        return guid

    def _color(self, element: Element, name: str) -> str | None:
        text = element.get("color")
        if not text or not text.strip():
            return None
        color, is_plain = color_of(text)
        if color is None:
            self._notices.note("no_color", name)
        elif not is_plain:
            self._notices.note("changed_color", name)
        return color
