"""The sources of a project: texts, and what is selected and coded in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.archive import Archive
from survey_app.coding.refi.dialects import Decision, Mark, decide, read_as
from survey_app.coding.refi.memos import Memos, raw_text
from survey_app.coding.refi.positions import STANDARD, Dialect, Range, RawText
from survey_app.coding.refi.project import (
    Guids,
    Note,
    Selection,
    Source,
    SourceFormat,
)
from survey_app.coding.refi.references import Known
from survey_app.coding.refi.values import guid_of, integer_of, moment_of

MOST_CHARACTERS = 5_000_000
FORMATS = {
    "TextSource": SourceFormat.TEXT,
    "PDFSource": SourceFormat.PDF,
    "PictureSource": SourceFormat.PICTURE,
    "AudioSource": SourceFormat.AUDIO,
    "VideoSource": SourceFormat.VIDEO,
}
HOLDERS = {"PDFSource": "Representation", "PictureSource": "TextDescription"}
AREAS = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A selection as it stands in the file, perhaps with a memo that holds it."""

    element: Element
    mark: Mark
    notes: Guids = ()


@dataclass(frozen=True, slots=True)
class _Document:
    owner: Element
    holder: Element | None
    is_first: bool = True  # of its owner, whose codings and memos it then has


class SourceReader:
    def __init__(
        self,
        archive: Archive,
        known: Known,
        notices: Notices,
        choices: Mapping[UUID, Dialect],
    ) -> None:
        self._archive = archive
        self._known = known
        self._notices = notices
        self._choices = choices
        self._memos = Memos(archive, known, notices)
        self.elements: dict[UUID, Element] = {}
        self.decisions: list[tuple[UUID, str, str, Decision]] = []

    def notes(self, root: Element) -> tuple[Note, ...]:
        return self._memos.read(root)

    @property
    def described(self) -> list[Note]:
        return self._memos.described

    def read(self, root: Element) -> list[Source]:
        found = []
        for place, element in enumerate(root.findall("Sources/*")):
            if element.tag in FORMATS:
                found += [
                    self._source(document, place) for document in _documents(element)
                ]
        return found

    def _source(self, document: _Document, place: int) -> Source:
        element, holder = document.owner, document.holder
        itself = element if document.is_first or holder is None else holder
        guid = self._known.own_guid(itself, place)
        name = itself.get("name", "").strip() or element.get("name", "").strip()
        self.elements[guid] = itself
        if document.is_first:
            self._count_areas(element, holder)
        raw = self._raw(document, name)
        marked = self._marked(itself, holder)
        user = self._known.user(itself.get("creatingUser"))
        notes = self._known.notes_of(itself)
        annotations = {each for one in marked for each in one.notes}
        own = tuple(each for each in notes if each not in annotations)
        return Source(
            guid=guid,
            name=name,
            text=None if raw is None else raw.text,
            format=FORMATS[element.tag],
            user=user,
            created_at=moment_of(itself.get("creationDateTime")),
            modified_at=moment_of(itself.get("modifiedDateTime")),
            selections=self._selections(guid, name, raw, marked),
            codings=self._known.codings_of(itself),
            notes=(*own, *self._memos.describe(guid, itself, own)),
        )

    def _raw(self, document: _Document, name: str) -> RawText | None:
        holder = document.holder
        if holder is None:
            self._notices.note("media_source", name)
            return None
        found = raw_text(holder, self._archive, self._notices)
        if found is None:
            self._notices.note("missing_source", name)
            return None
        if len(found) > MOST_CHARACTERS:
            self._notices.note("long_text", name, most=MOST_CHARACTERS)
            return None
        raw = RawText(found)
        if raw.has_controls:
            self._notices.note("controls_removed", name)
        return raw

    def _marked(self, itself: Element, holder: Element | None) -> list[_Marked]:
        if holder is None:
            return []
        found = [
            _Marked(each, _mark(each)) for each in holder.findall("PlainTextSelection")
        ]
        places = {
            guid_of(each.get("guid")): each.get("position", "")
            for each in holder.findall("SyncPoint")
        }
        for each in holder.findall("TranscriptSelection"):
            start = places.get(guid_of(each.get("fromSyncPoint")))
            end = places.get(guid_of(each.get("toSyncPoint")))
            found.append(_Marked(each, _mark(each, start, end)))
        for note, each in self._memos.annotations.get(itself.get("guid", ""), []):
            found.append(_Marked(each, _mark(each), (note,)))
        return found

    def _selections(
        self, guid: UUID, name: str, raw: RawText | None, marked: list[_Marked]
    ) -> tuple[Selection, ...]:
        if raw is None:
            for _each in marked:
                self._notices.note("lost_selection", name)
            return ()
        decision = self._decide(guid, name, raw, [each.mark for each in marked])
        if decision.reading is None:
            return ()
        pairs = zip(marked, decision.reading.ranges, strict=True)
        return tuple(self._selected(pairs, raw.text, name))

    def _decide(
        self, guid: UUID, name: str, raw: RawText, marks: list[Mark]
    ) -> Decision:
        chosen = self._choices.get(guid)
        decision = read_as(raw, marks, chosen) if chosen else decide(raw, marks)
        if marks:
            self.decisions.append((guid, name, raw.text, decision))
        if decision.reading is None:
            self._notices.note("undecided_positions", name)
        elif decision.reading.dialect != STANDARD:
            self._notices.note("other_positions", name)
        return decision

    def _selected(
        self,
        pairs: Iterator[tuple[_Marked, Range | None]],
        text: str,
        name: str,
    ) -> Iterator[Selection]:
        for marked, place in pairs:
            where = f"{name}: {marked.mark.start}–{marked.mark.end}"
            if place is None:
                self._notices.note("outside_text", where)
            elif place[0] == place[1]:
                self._notices.note("empty_selection", where)
            else:
                yield self._selection(marked, place, text)

    def _selection(self, marked: _Marked, place: Range, text: str) -> Selection:
        element, (start, end) = marked.element, place
        guid = self._known.own_guid(element, start, end)
        user = self._known.user(element.get("creatingUser"))
        created_at = moment_of(element.get("creationDateTime"))
        codings = self._known.codings_of(element, user, created_at)
        own = (*self._known.notes_of(element), *marked.notes)
        said = (*own, *(note for each in codings for note in each.notes))
        return Selection(
            guid=guid,
            start=start,
            end=end,
            quote=text[start:end],
            name=element.get("name", ""),
            user=user,
            created_at=created_at,
            modified_at=moment_of(element.get("modifiedDateTime")),
            codings=codings,
            notes=(*own, *self._memos.describe(guid, element, said)),
        )

    def _count_areas(self, element: Element, holder: Element | None) -> None:
        """Areas and times, unless the text has the same selection."""
        texts = {
            guid_of(each.get("guid")) for each in (holder if holder is not None else ())
        }
        for each in element:
            if each.tag in AREAS and guid_of(each.get("guid")) not in texts:
                self._notices.note("area_selection", element.get("name", "").strip())


def _documents(element: Element) -> Iterator[_Document]:
    """A recording has a document for each transcript, others have one."""
    if element.tag == "TextSource":
        yield _Document(element, element)
    elif element.tag in HOLDERS:
        yield _Document(element, element.find(HOLDERS[element.tag]))
    else:
        transcripts = element.findall("Transcript")
        yield _Document(element, transcripts[0] if transcripts else None)
        for each in transcripts[1:]:
            yield _Document(element, each, is_first=False)


def _mark(element: Element, start: str | None = None, end: str | None = None) -> Mark:
    """What is no number is before the text, where nothing can be."""
    first = integer_of(element.get("startPosition", start))
    last = integer_of(element.get("endPosition", end))
    name = element.get("name", "")
    if first is None or last is None:
        return Mark(-1, -2, name)
    return Mark(first, last, name)
