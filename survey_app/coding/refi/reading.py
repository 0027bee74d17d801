"""Projects (.qdpx) and codebooks (.qdc), leniently: what is odd is told, not fatal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO
from uuid import UUID
from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notice, Notices, RefusedFileError
from survey_app.coding.refi.archive import Archive, open_archive
from survey_app.coding.refi.cases import read_cases, read_variables
from survey_app.coding.refi.codes import read_codes, with_kinds
from survey_app.coding.refi.dialects import Decision
from survey_app.coding.refi.positions import Dialect
from survey_app.coding.refi.project import Code, CodeSet, Guids, Project, Source
from survey_app.coding.refi.references import Known, keep_known
from survey_app.coding.refi.sources import SourceReader
from survey_app.coding.refi.values import guid_of, moment_of
from survey_app.coding.refi.xml import LARGEST, parse_refi, references, texts_of

Choices = Mapping[UUID, Dialect]  # of sources that were undecided before
UNCARRIED = ("Links", "Graphs")


@dataclass(frozen=True, slots=True)
class SourceDecision:
    """How the positions of a source were read, and what else they could mean."""

    source: UUID
    name: str
    text: str
    decision: Decision

    @property
    def is_open(self) -> bool:
        """A person has to choose; until then the source has no selections."""
        return self.decision.reading is None


@dataclass(frozen=True, slots=True)
class ReadProject:
    project: Project
    notices: tuple[Notice, ...]
    decisions: tuple[SourceDecision, ...] = ()

    @property
    def undecided(self) -> tuple[SourceDecision, ...]:
        return tuple(each for each in self.decisions if each.is_open)


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    codes: tuple[Code, ...]
    notices: tuple[Notice, ...]
    origin: str = ""


def read_qdc(content: bytes) -> ReadCodebook:
    """The codes of a codebook; raises RefusedFileError where it is none."""
    notices = Notices()
    root = parse_refi(content, "CodeBook", notices)
    found = read_codes(root, notices)
    codes, others = with_kinds(found, root.findall("Sets/Set"))
    if root.find("Sets") is not None and root.find("Sets/Set") is None:
        notices.note("empty_sets")
    for each in others:
        notices.note("uncarried_set", each.get("name", "").strip())
    if not codes:
        raise RefusedFileError("no_codes")
    known = tuple(replace(code, notes=()) for code in codes)
    return ReadCodebook(known, notices.all(), root.get("origin", "").strip())


def read_qdpx(file: IO[bytes], choices: Choices | None = None) -> ReadProject:
    """A whole project; raises RefusedFileError where nothing can be taken of it."""
    with open_archive(file) as archive:
        notices = Notices()
        root = parse_refi(archive.project(), "Project", notices)
        return _Reader(root, archive, notices, choices or {}).read()


class _Reader:
    def __init__(
        self, root: Element, archive: Archive, notices: Notices, choices: Choices
    ) -> None:
        self._root = root
        self._notices = notices
        self._known = Known(root, notices)
        self._sources = SourceReader(archive, self._known, notices, choices)

    def read(self) -> ReadProject:
        codes, sets = self._codes()
        self._known.codes = {code.guid for code in codes}
        notes = self._sources.notes(self._root)
        sources = self._sources.read(self._root)
        variables = read_variables(self._root, self._notices)
        self._known.variables = {each.guid: each.type for each in variables}
        project = Project(
            name=self._root.get("name", "").strip(),
            origin=self._root.get("origin", "").strip(),
            description=texts_of(self._root, "Description"),
            user=self._known.user(self._root.get("creatingUserGUID")),
            created_at=moment_of(self._root.get("creationDateTime")),
            modified_at=moment_of(self._root.get("modifiedDateTime")),
            codes=codes,
            variables=variables,
            cases=read_cases(self._root, self._known, self._notices),
            sources=tuple(self._valued(sources)),
            notes=(*notes, *self._sources.described),
            sets=tuple(_sets(sets)),
            memos=self._known.notes_of(self._root),
        )
        self._note_uncarried()
        checked = keep_known(project, self._notices)
        decisions = tuple(
            SourceDecision(source, name, text, decision)
            for source, name, text, decision in self._sources.decisions
        )
        users = tuple(self._known.users.values())
        return ReadProject(
            replace(checked, users=users), self._notices.all(), decisions
        )

    def _codes(self) -> tuple[tuple[Code, ...], list[Element]]:
        codes = read_codes(self._root.find("CodeBook"), self._notices)
        # Codebooks of their own hold sets too, and some tools keep that here.
        paths = ("Sets/Set", "CodeBook/Sets/Set")
        sets = [each for path in paths for each in self._root.findall(path)]
        return with_kinds(codes, sets)

    def _valued(self, sources: Iterable[Source]) -> Iterator[Source]:
        elements = self._sources.elements
        for source in sources:
            values = self._known.values_of(elements[source.guid])
            yield replace(source, values=values)

    def _note_uncarried(self) -> None:
        for name in UNCARRIED:
            for _each in self._root.findall(f"{name}/*"):
                self._notices.note(f"uncarried_{name.casefold()}")


def _sets(elements: Iterable[Element]) -> Iterator[CodeSet]:
    for each in elements:
        name = each.get("name", "").strip()
        guid = guid_of(each.get("guid") or f"set {name}")
        if guid is not None:
            yield CodeSet(
                guid=guid,
                name=name,
                description=texts_of(each, "Description"),
                codes=_members(each, "MemberCode"),
                sources=_members(each, "MemberSource"),
                notes=_members(each, "MemberNote"),
            )


def _members(element: Element, name: str) -> Guids:
    found = (guid_of(text) for text in references(element, name))
    return tuple(dict.fromkeys(guid for guid in found if guid is not None))


__all__ = ["LARGEST", "ReadCodebook", "ReadProject", "read_qdc", "read_qdpx"]
