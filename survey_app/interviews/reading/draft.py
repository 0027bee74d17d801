"""A document while it is read: text is put down piece by piece, and never too much."""

from collections import Counter
from dataclasses import dataclass, field

from survey_app.interviews.reading.cleaning import clean
from survey_app.interviews.reading.document import (
    Block,
    Encoding,
    Kind,
    Mark,
    Memo,
    Warned,
)
from survey_app.interviews.reading.errors import ReadingError

MOST_LINES = 200_000


@dataclass(slots=True)
class Draft:
    """Paragraphs, a line each or more; positions are those of the final text."""

    most: int  # characters
    encoding: Encoding | None = None
    blocks: list[Block] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False  # blocks are turns already; no names are looked for
    notes_start: int | None = None  # behind this nobody speaks
    length: int = 0
    lines: int = 0
    _parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def write(self, text: str) -> None:
        """Put down a piece of the paragraph that is being written."""
        cleaned = clean(text, self.dropped)
        self.length += len(cleaned)
        self.lines += cleaned.count("\n")
        if self.length > self.most:
            raise ReadingError("too_long", most=self.most)
        if self.lines > MOST_LINES:
            raise ReadingError("too_many_lines", most=MOST_LINES)
        self._parts.append(cleaned)

    def end_paragraph(self, start: int, kind: Kind = "paragraph") -> None:
        """A block of what was written since `start`, unless that is white space."""
        written = self._written_since(start)
        stripped = written.strip()
        if stripped:
            begin = start + len(written) - len(written.lstrip())
            self.blocks.append(Block(begin, begin + len(stripped), kind))
        self.write("\n")

    def add(self, text: str, kind: Kind = "paragraph") -> None:
        start = self.length
        self.write(text)
        self.end_paragraph(start, kind)

    def warn(self, code: str, **details: object) -> None:
        self.warnings.append(Warned(code, details))

    def _written_since(self, start: int) -> str:
        place, parts = self.length, []
        for part in reversed(self._parts):
            if place <= start:
                break
            parts.append(part)
            place -= len(part)
        return "".join(reversed(parts))
