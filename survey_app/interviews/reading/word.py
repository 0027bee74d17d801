"""Word documents (.docx): what is read on the page, and what was said about it.

Read as markup and not through a Word library: those leave out what was inserted with
changes tracked, and unpack without measure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from survey_app.interviews.reading.archives import Archive
from survey_app.interviews.reading.document import Kind, Memo, ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.errors import ReadingError
from survey_app.interviews.reading.markup import (
    Element,
    attribute,
    local_name,
    named,
    tags,
)
from survey_app.interviews.reading.word_parts import Parts
from survey_app.interviews.reading.word_styles import heading_styles

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"} | {
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
UNSEEN = tags(
    "rPr pPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr sectPr instrText delText rt"
    " smartTagPr customXmlPr fldData"
)
DELETED = frozenset({"del", "moveFrom"})
INSERTED = frozenset({"ins", "moveTo"})
PICTURES = frozenset({"drawing", "pict", "object"})
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def read_docx(data: bytes, choices: ReadingChoices) -> Draft:
    archive = Archive(data)
    parts = Parts(archive)
    body = parts.tree(parts.main)
    if body is None:
        raise ReadingError("broken_file")
    draft = Draft(choices.max_characters)
    reader = Reader(draft, parts, heading_styles(parts.related("styles")))
    reader.read(body)
    reader.put_notes()
    reader.put_memos()
    margins = ("header", "footer")
    draft.dropped["headers"] += sum(
        any(each.text for each in named(part, "t"))
        for part in parts.all_related(margins)
    )
    return draft


@dataclass(slots=True)
class Reader:
    draft: Draft
    parts: Parts
    headings: frozenset[str]
    _paragraph_start: int | None = None  # of one that goes on: its end was deleted
    _notes: list[tuple[str, str]] = field(default_factory=list)
    _ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    _in_row: bool = False

    def read(self, element: Element) -> None:
        """Paragraphs and tables, however wrapped."""
        for child in element:
            name = local_name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in DELETED:
                self.draft.dropped["tracked_deletions"] += 1
            elif name not in UNSEEN:
                self._note_range(name, child)
                self.read(child)

    def put_notes(self) -> None:
        """At the end, under the number that stands in the text."""
        if not self._notes:
            return
        self.draft.notes_start = self.draft.length
        trees = {kind: self.parts.related(f"{kind}s") for kind in NOTES.values()}
        found = {
            (kind, attribute(note, "id")): note
            for kind, tree in trees.items()
            if tree is not None
            for note in named(tree, kind)
        }
        for number, key in enumerate(list(self._notes), start=1):
            note = found.get(key)
            start = self.draft.length
            self.draft.write(f"[{number}] ")
            if note is not None:
                self._in_one_line(note)
            self.draft.end_paragraph(start)
        self.draft.kept["footnotes"] = len(self._notes)

    def put_memos(self) -> None:
        tree = self.parts.related("comments")
        for comment in () if tree is None else named(tree, "comment"):
            texts = [_all_text(each) for each in named(comment, "p")]
            text = "\n".join(texts).strip()
            author, date = attribute(comment, "author"), attribute(comment, "date")
            start, end = self._ranges.get(attribute(comment, "id"), (0, 0))
            place = (start, end) if start < end else (None, None)
            self.draft.memos.append(Memo(text, author, date, *place))
        self.draft.kept["comments"] = len(self.draft.memos)

    def _paragraph(self, paragraph: Element) -> None:
        start = self._paragraph_start
        if start is None:
            start = self.draft.length
        self._words(paragraph)
        properties = paragraph.find("{*}pPr")
        kind: Kind = "paragraph"
        if properties is not None:
            style = properties.find("{*}pStyle")
            if style is not None and attribute(style, "val") in self.headings:
                kind = "heading"
            if properties.find("{*}rPr/{*}del") is not None:
                self._paragraph_start = start
                return
        self._paragraph_start = None
        self.draft.end_paragraph(start, kind)

    def _table(self, table: Element) -> None:
        self.draft.kept["tables"] += 1
        for row in _rows(table):
            if row.find("{*}trPr/{*}del") is not None:
                self.draft.dropped["tracked_deletions"] += 1
                continue
            start = self.draft.length
            for number, cell in enumerate(_cells(row)):
                if number:
                    self.draft.write("\t")
                self._in_one_line(cell)
            self.draft.end_paragraph(start)

    def _in_one_line(self, element: Element) -> None:
        """All that is in a cell or note, its paragraphs a space apart."""
        was_in_row, self._in_row = self._in_row, True
        for number, paragraph in enumerate(named(element, "p")):
            if any(local_name(x) == "txbxContent" for x in paragraph.iterancestors()):
                continue
            if number:
                self.draft.write(" ")
            self._words(paragraph)
        self._in_row = was_in_row

    def _words(self, element: Element) -> None:
        for child in element:
            name = local_name(child)
            if name == "t":
                self.draft.write(_flat(child.text))
            elif name in SIGNS:
                self.draft.write(" " if self._in_row else SIGNS[name])
            elif name in NOTES:
                self._notes.append((NOTES[name], attribute(child, "id")))
                self.draft.write(f"[{len(self._notes)}]")
            elif not self._left_out(name, child):
                self._note_range(name, child)
                self.draft.kept["tracked_insertions"] += name in INSERTED
                self._words(child)

    def _left_out(self, name: str, element: Element) -> bool:
        """What is not text, or no longer; it is counted."""
        if name in DELETED:
            self.draft.dropped["tracked_deletions"] += 1
        elif name in PICTURES:
            self.draft.dropped[_picture_kind(element)] += 1
        elif name == "AlternateContent":
            choice = next(iter(element), None)
            if choice is not None:
                self.draft.dropped[_picture_kind(choice)] += 1
        elif name == "sym":
            self.draft.dropped["symbols"] += 1
        else:
            return name in UNSEEN
        return True

    def _note_range(self, name: str, element: Element) -> None:
        place = self.draft.length
        if name == "commentRangeStart":
            self._ranges[attribute(element, "id")] = (place, place)
        elif name == "commentRangeEnd":
            start, _end = self._ranges.get(attribute(element, "id"), (place, place))
            self._ranges[attribute(element, "id")] = (start, place)


def _picture_kind(element: Element) -> str:
    if next(named(element, "txbxContent"), None) is not None:
        return "text_boxes"
    has_image = any(
        next(named(element, name), None) is not None for name in ("blip", "imagedata")
    )
    return "images" if has_image else "objects"


def _rows(element: Element) -> Iterator[Element]:
    """Rows of this table, however wrapped; those of tables within are its cells'."""
    return _children(element, "tr")


def _cells(element: Element) -> Iterator[Element]:
    return _children(element, "tc")


def _children(element: Element, wanted: str) -> Iterator[Element]:
    for child in element:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name not in UNSEEN:
            yield from _children(child, wanted)


def _all_text(element: Element) -> str:
    return "".join(_flat(each.text) for each in named(element, "t"))


def _flat(text: str | None) -> str:
    """A line break in markup is white space."""
    return (text or "").replace("\n", " ").replace("\r", " ")
