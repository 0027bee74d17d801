"""What the schema cannot check: numbers that occur once, references, ranges."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from survey_app.coding.file_notices import Fault
from survey_app.coding.refi.positions import CONTROLS
from survey_app.coding.refi.project import (
    Case,
    Code,
    CodeSet,
    Coding,
    Note,
    Project,
    Selection,
    Source,
    User,
    Variable,
)

Named = User | Code | Variable | Case | Source | Note | CodeSet


def check_project(project: Project) -> Iterator[Fault]:
    """The faults in what is about to be written."""
    yield from _repeated(project)
    users = {user.guid for user in project.users}
    for source in project.sources:
        yield from _check_source(source, project, users)
    there = {
        "codes": {code.guid for code in project.codes},
        "sources": {source.guid for source in project.sources},
        "notes": {note.guid for note in project.notes},
        "selections": {
            each.guid for source in project.sources for each in source.selections
        },
    }
    for code in project.codes:
        parents = () if code.parent is None else (code.parent,)
        yield from _missing(parents, there["codes"], code.name)
        yield from _missing(code.notes, there["notes"], code.name)
    for case in project.cases:
        yield from _missing(case.codes, there["codes"], case.name)
        yield from _missing(case.sources, there["sources"], case.name)
        yield from _missing(case.selections, there["selections"], case.name)
    for each in project.sets:
        yield from _missing(each.codes, there["codes"], each.name)
        yield from _missing(each.sources, there["sources"], each.name)
        yield from _missing(each.notes, there["notes"], each.name)
    for note in project.notes:
        yield from _missing(_one(note.author), users, note.name)
    yield from _missing(project.memos, there["notes"], project.name)
    yield from _missing(_one(project.user), users, project.name)


def is_inside(selection: Selection, text: str | None) -> bool:
    is_range = 0 <= selection.start < selection.end
    return is_range and (text is None or selection.end <= len(text))


def _check_source(
    source: Source, project: Project, users: Collection[UUID]
) -> Iterator[Fault]:
    codes = {code.guid for code in project.codes}
    notes = {note.guid for note in project.notes}
    yield from _missing(source.notes, notes, source.name)
    yield from _missing(_one(source.user), users, source.name)
    yield from _check_codings(source.codings, source.name, (codes, users, notes))
    if source.text is None:
        yield Fault("missing_text", source.name)
    elif CONTROLS.search(source.text):
        yield Fault("unwritable", source.name)
    for each in source.selections:
        place = f"{source.name}: {each.start}–{each.end}"
        yield from _missing(each.notes, notes, place)
        yield from _missing(_one(each.user), users, place)
        yield from _check_codings(each.codings, place, (codes, users, notes))
        if not is_inside(each, source.text):
            yield Fault("outside_text", place)
        elif source.text and source.text[each.start : each.end] != each.quote:
            yield Fault("quote_differs", place)


def _check_codings(
    codings: Iterable[Coding],
    place: str,
    there: tuple[Collection[UUID], Collection[UUID], Collection[UUID]],
) -> Iterator[Fault]:
    codes, users, notes = there
    for each in codings:
        yield from _missing((each.code,), codes, place)
        yield from _missing(_one(each.user), users, place)
        yield from _missing(each.notes, notes, place)


def _repeated(project: Project) -> Iterator[Fault]:
    seen: set[UUID] = set()
    for guid, place in _numbered(project):
        if guid in seen:
            yield Fault("repeated_guid", place)
        seen.add(guid)


def _numbered(project: Project) -> Iterator[tuple[UUID, str]]:
    named: tuple[Named, ...] = (
        *project.users,
        *project.codes,
        *project.variables,
        *project.cases,
        *project.sources,
        *project.notes,
        *project.sets,
    )
    yield from ((each.guid, each.name) for each in named)
    for source in project.sources:
        for coding in source.codings:
            yield coding.guid, source.name
        for selection in source.selections:
            yield selection.guid, source.name
            yield from ((coding.guid, source.name) for coding in selection.codings)


def _missing(
    guids: Iterable[UUID], there: Collection[UUID], place: str
) -> Iterator[Fault]:
    yield from (
        Fault("dangling_reference", place) for each in guids if each not in there
    )


def _one(guid: UUID | None) -> tuple[UUID, ...]:
    return () if guid is None else (guid,)
