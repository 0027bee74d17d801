"""OpenDocument texts (.odt), as LibreOffice writes them."""

import re
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
    parse,
    tags,
)

BLANKS = re.compile(r"[ \t\r\n]+")
MOST_SPACES = 1_000  # that one element may stand for
UNSEEN = tags(
    "tracked-changes sequence-decls forms note-citation table-column table-columns"
    " shapes soft-page-break variable-decls user-field-decls"
)


def read_odt(data: bytes, choices: ReadingChoices) -> Draft:
    archive = Archive(data)
    manifest = archive.read("META-INF/manifest.xml")
    if manifest and next(named(parse(manifest), "encryption-data"), None) is not None:
        raise ReadingError("encrypted")
    content = archive.read("content.xml")
    body = None if content is None else parse(content).find("{*}body/{*}text")
    if body is None:
        raise ReadingError("broken_file")
    draft = Draft(choices.max_characters)
    _count_changes(body, draft)
    reader = Reader(draft)
    reader.read(body)
    reader.put_notes()
    draft.kept["comments"] = len(draft.memos)
    return draft


@dataclass(slots=True)
class Reader:
    draft: Draft
    _notes: list[Element] = field(default_factory=list)
    _named_memos: dict[str, int] = field(default_factory=dict)  # still open

    def read(self, element: Element) -> None:
        """Paragraphs, headings, lists and tables, however deep."""
        for child in element:
            name = local_name(child)
            if name in {"p", "h"}:
                self._paragraph(child, "heading" if name == "h" else "paragraph")
            elif name == "table":
                self._table(child)
            elif not self._is_apart(name, child):
                self.read(child)

    def put_notes(self) -> None:
        """At the end, under the number that stands in the text."""
        if self._notes:
            self.draft.notes_start = self.draft.length
            self.draft.kept["footnotes"] = len(self._notes)
        for number, note in enumerate(list(self._notes), start=1):
            start = self.draft.length
            self.draft.write(f"[{number}] ")
            self._in_one_line(note)
            self.draft.end_paragraph(start)

    def _paragraph(self, paragraph: Element, kind: Kind) -> None:
        start = self.draft.length
        self._words(paragraph)
        self.draft.end_paragraph(start, kind)

    def _table(self, table: Element) -> None:
        self.draft.kept["tables"] += 1
        for row in named(table, "table-row"):
            if next(row.iterancestors("{*}table")) is not table:
                continue  # of a table within: its cell's
            start = self.draft.length
            for number, cell in enumerate(row.iterchildren("{*}table-cell")):
                if number:
                    self.draft.write("\t")
                self._in_one_line(cell)
            self.draft.end_paragraph(start)

    def _in_one_line(self, element: Element) -> None:
        number = 0
        for paragraph in element.iter("{*}p", "{*}h"):
            if _is_within(paragraph, element, {"annotation", "frame"}):
                continue
            if number:
                self.draft.write(" ")
            number += 1
            self._words(paragraph, is_one_line=True)

    def _words(self, element: Element, *, is_one_line: bool = False) -> None:
        self.draft.write(_blank(element.text))
        for child in element:
            name = local_name(child)
            if name == "s":
                count = attribute(child, "c")
                spaces = int(count) if count.isdecimal() and len(count) < 5 else 1  # noqa: PLR2004 - digits
                self.draft.write(" " * min(spaces, MOST_SPACES))
            elif name in {"tab", "line-break"}:
                sign = "\t" if name == "tab" else "\n"
                self.draft.write(" " if is_one_line else sign)
            elif name == "note":
                self._notes.append(child)
                self.draft.write(f"[{len(self._notes)}]")
            elif not self._is_apart(name, child):
                self._words(child, is_one_line=is_one_line)
            self.draft.write(_blank(child.tail))

    def _is_apart(self, name: str, element: Element) -> bool:
        """Not text of the page: offered as a memo, or counted as left out."""
        if name == "annotation":
            self._memo(element)
        elif name == "annotation-end":
            self._end_memo(attribute(element, "name"))
        elif name == "frame":
            has_text = next(named(element, "text-box"), None) is not None
            has_image = next(named(element, "image"), None) is not None
            kind = "images" if has_image else "objects"
            self.draft.dropped["text_boxes" if has_text else kind] += 1
        else:
            return name in UNSEEN
        return True

    def _memo(self, element: Element) -> None:
        texts = ["".join(each.itertext()) for each in named(element, "p")]
        author, date = element.find("{*}creator"), element.find("{*}date")
        if name := attribute(element, "name"):
            self._named_memos[name] = len(self.draft.memos)
        self.draft.memos.append(
            Memo(
                "\n".join(texts).strip(),
                "" if author is None else author.text or "",
                "" if date is None else date.text or "",
                self.draft.length if name else None,
            )
        )

    def _end_memo(self, name: str) -> None:
        number = self._named_memos.pop(name, None)
        if number is None:
            return
        memo, end = self.draft.memos[number], self.draft.length
        place = (memo.start, end) if (memo.start or 0) < end else (None, None)
        self.draft.memos[number] = Memo(memo.text, memo.author, memo.written_at, *place)


def _count_changes(body: Element, draft: Draft) -> None:
    """Deleted text stands apart, at the beginning; inserted text where it was put."""
    for changes in named(body, "tracked-changes"):
        draft.dropped["tracked_deletions"] += len(list(named(changes, "deletion")))
        draft.kept["tracked_insertions"] += len(list(named(changes, "insertion")))


def _is_within(element: Element, outer: Element, names: set[str]) -> bool:
    for parent in element.iterancestors():
        if parent is outer:
            return False
        if local_name(parent) in names:
            return True
    return False


def _blank(text: str | None) -> str:
    return BLANKS.sub(" ", text or "")
