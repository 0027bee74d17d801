"""Codes and sets as REFI-QDA writes them, in projects and in codebooks."""

from collections.abc import Sequence
from uuid import UUID

from survey_app.coding.refi.codes import ARCHIVED, KIND
from survey_app.coding.refi.description import description_of
from survey_app.coding.refi.project import Code, CodeSet, Guids, derived_guid
from survey_app.coding.refi.xml_writing import CheckedXml

Children = dict[UUID | None, list[Code]]


def write_codes(xml: CheckedXml, codes: Sequence[Code], *, with_notes: bool) -> None:
    """As a tree; a code whose parents go round in a circle stands by itself."""
    children = _tree(codes)
    with xml.element("Codes"):
        for code in children.get(None, []):
            _write_code(xml, code, children, with_notes=with_notes)


def write_sets(
    xml: CheckedXml, codes: Sequence[Code], sets: Sequence[CodeSet], reference: str
) -> None:
    """The sets, and those by which we know kinds and archived codes again."""
    every = (*sets, *_sets_of_ours(codes))
    if not every:
        return
    with xml.element("Sets"):
        for each in every:
            with xml.element("Set", {"guid": str(each.guid), "name": each.name}):
                if each.description:
                    xml.text("Description", each.description)
                write_references(xml, "MemberCode", each.codes, reference)
                write_references(xml, "MemberSource", each.sources)
                write_references(xml, "MemberNote", each.notes)


def write_references(
    xml: CheckedXml, name: str, guids: Guids, attribute: str = "targetGUID"
) -> None:
    for guid in guids:
        xml.leaf(name, {attribute: str(guid)})


def _write_code(
    xml: CheckedXml, code: Code, children: Children, *, with_notes: bool
) -> None:
    attributes = {
        "guid": str(code.guid),
        "name": code.name,
        "isCodable": "true" if code.is_codable else "false",
        "color": code.color,
    }
    with xml.element("Code", attributes):
        if description := description_of(code):
            xml.text("Description", description)
        if with_notes:
            write_references(xml, "NoteRef", code.notes)
        for child in children.get(code.guid, []):
            _write_code(xml, child, children, with_notes=with_notes)


def _tree(codes: Sequence[Code]) -> Children:
    parents = {code.guid: code.parent for code in codes}
    children: Children = {}
    for code in codes:
        parent = code.parent if _reaches_the_top(code.guid, parents) else None
        children.setdefault(parent, []).append(code)
    return children


def _reaches_the_top(guid: UUID, parents: dict[UUID, UUID | None]) -> bool:
    """Not where a parent is missing, or is a child of its own."""
    passed: set[UUID] = set()
    here: UUID | None = guid
    while here is not None:
        if here in passed or here not in parents:
            return False
        passed.add(here)
        here = parents[here]
    return True


def _sets_of_ours(codes: Sequence[Code]) -> list[CodeSet]:
    found: dict[str, list[UUID]] = {}
    for code in codes:
        if code.kind:
            found.setdefault(f"{KIND}{code.kind}", []).append(code.guid)
    archived = [code.guid for code in codes if code.is_archived]
    if archived:
        found[ARCHIVED] = archived
    return [
        CodeSet(guid=derived_guid("set", name), name=name, codes=tuple(members))
        for name, members in found.items()
    ]
