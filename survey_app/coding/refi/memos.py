"""The memos of a project, and descriptions that other tools have in their stead."""

from collections.abc import Iterable, Iterator
from uuid import UUID
from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.archive import Archive
from survey_app.coding.refi.encoding import decoded
from survey_app.coding.refi.positions import RawText
from survey_app.coding.refi.project import Guids, Note, derived_guid
from survey_app.coding.refi.references import Known
from survey_app.coding.refi.values import guid_of, integer_of, moment_of
from survey_app.coding.refi.xml import references, texts_of

BREAK = "\n\n"
Annotation = tuple[UUID, Element]  # the note that is a memo, and its selection


def raw_text(holder: Element, archive: Archive, notices: Notices) -> str | None:
    """What stands in the project itself, or in a file beside it."""
    content = holder.find("PlainTextContent")
    path = holder.get("plainTextPath")
    if content is not None and (content.text or not path):
        return content.text or ""
    found = archive.text(path) if path else None
    return (
        None
        if found is None
        else decoded(found, holder.get("name", "").strip(), notices)
    )


class Memos:
    def __init__(self, archive: Archive, known: Known, notices: Notices) -> None:
        self._archive = archive
        self._known = known
        self._notices = notices
        self._texts: dict[UUID, str] = {}
        self.annotations: dict[str, list[Annotation]] = {}  # by the source's GUID
        self.described: list[Note] = []

    def read(self, root: Element) -> tuple[Note, ...]:
        referring = _referring_sources(root)
        is_qualcoder = root.get("origin", "").startswith("QualCoder")
        found: dict[UUID, Note] = {}
        for place, each in enumerate(root.findall("Notes/Note")):
            note = self._note(each, place)
            if note.guid in found:
                continue
            found[note.guid] = note
            self._texts[note.guid] = note.text
            sources = referring.get(note.guid, [])
            self._annotate(each, note, sources, is_sure=is_qualcoder)
        return tuple(found.values())

    def describe(self, guid: UUID, element: Element, notes: Guids) -> Guids:
        """The notes, with a description as one more unless they say the same."""
        text = texts_of(element, "Description")
        known = [self._texts[each] for each in notes if each in self._texts]
        if not text.strip() or text == BREAK.join(known) or text in known:
            return ()
        note = Note(guid=derived_guid("description", guid), text=text)
        self.described.append(note)
        return (note.guid,)

    def _note(self, element: Element, place: int) -> Note:
        raw = raw_text(element, self._archive, self._notices) or ""
        description = texts_of(element, "Description")
        text = RawText(raw).text
        if description.strip() and description not in text:
            text = BREAK.join(part for part in (description, text) if part)
        return Note(
            guid=guid_of(element.get("guid")) or derived_guid("note", place),
            text=text,
            name=element.get("name", "").strip(),
            author=self._known.user(element.get("creatingUser")),
            created_at=moment_of(element.get("creationDateTime")),
            modified_at=moment_of(element.get("modifiedDateTime")),
        )

    def _annotate(
        self, element: Element, note: Note, sources: list[str], *, is_sure: bool
    ) -> None:
        """A selection in a memo that can only be one of the source it belongs to."""
        for each in element.findall("PlainTextSelection"):
            end = integer_of(each.get("endPosition")) or 0
            if len(sources) == 1 and (is_sure or end > len(note.text)):
                known = self.annotations.setdefault(sources[0], [])
                known.append((note.guid, each))
            else:
                self._notices.note("note_selection", note.name)
        for _each in element.findall("Coding"):
            self._notices.note("note_selection", note.name)


def _referring_sources(root: Element) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for source in root.findall("Sources/TextSource"):
        for guid in _guids(references(source, "NoteRef")):
            found.setdefault(guid, []).append(source.get("guid", ""))
    return found


def _guids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        guid = guid_of(text)
        if guid is not None:
            yield guid
