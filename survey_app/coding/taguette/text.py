"""The text of a document of Taguette, and where its positions lie in it.

Taguette counts the bytes of the text without its tags. Paragraphs may follow each
other without a character between them; we put a line break there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from survey_app.coding.refi.positions import CONTROLS

LINES = {
    *("p", "div", "li", "ul", "ol", "table", "tr", "blockquote", "pre", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "article", "dl", "dt", "dd"),
}
CELLS = {"td", "th"}
UNSEEN = {"script", "style", "head", "title"}
TAG = re.compile(r"[A-Za-z/!?]")
NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
MOST_QUOTED = 20  # signs > inside the attributes of one tag
BLANKS = " \t\n\f"


class TaglessText:
    """``text`` is ours; `start` and `end` take positions in bytes to places in it."""

    def __init__(self, html: str) -> None:
        self._pieces: list[str] = []
        self._bytes: list[int] = [0]  # where each character starts, and the last ends
        self._starts: list[int] = [0]  # the same in our text, after a break of ours
        self._ends: list[int] = [0]  # and before it
        self._length = 0
        self._wanted = ""  # the break that stands before the next character
        self._unseen = 0
        self._read(html.replace("\r\n", "\n").replace("\r", "\n"))
        self.text = "".join(self._pieces)

    def start(self, position: int) -> int | None:
        """None outside the text; inside a character it is where that starts."""
        found = self._found(position)
        return None if found is None else self._starts[found]

    def end(self, position: int) -> int | None:
        found = self._found(position)
        return None if found is None else self._ends[found]

    def _found(self, position: int) -> int | None:
        is_inside = 0 <= position <= self._bytes[-1]
        return bisect_right(self._bytes, position) - 1 if is_inside else None

    def _read(self, html: str) -> None:
        is_after_pre = False
        for tag, said in _tokens(html):
            text = unescape(said)
            if is_after_pre:
                text = text.removeprefix("\n")  # which belongs to the tag
            if not self._bytes[-1]:
                text = text.lstrip(BLANKS)  # before the first word it is no text
            for character in text:
                self._take(character)
            is_after_pre = tag.casefold().startswith("<pre")
            self._pass(tag)

    def _pass(self, tag: str) -> None:
        found = NAME.match(tag)
        name = found[1].casefold() if found else ""
        if name in UNSEEN:
            self._unseen = max(0, self._unseen + (-1 if tag.startswith("</") else 1))
        if name in LINES:
            self._wanted = "\n"
        elif name in CELLS:
            self._wanted = self._wanted or "\t"

    def _take(self, character: str) -> None:
        is_kept = not self._unseen and not CONTROLS.match(character)
        self._ends[-1] = self._length
        if is_kept:
            self._put_break(character)
            self._pieces.append(character)
        self._starts[-1] = self._length
        self._length += is_kept
        size = len(character.encode("utf-8", "replace"))
        self._bytes.append(self._bytes[-1] + size)
        self._starts.append(self._length)
        self._ends.append(self._length)

    def _put_break(self, following: str) -> None:
        """Unless there is one already, or nothing to be kept apart."""
        if following.isspace() or not self._wanted:
            return
        if self._pieces and not self._pieces[-1].isspace():
            self._pieces.append(self._wanted)
            self._length += 1
        self._wanted = ""


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    """Each tag with the text before it; the last text with no tag."""
    place = sought = 0
    while (opened := html.find("<", sought)) >= 0:
        sought = opened + 1
        if not TAG.match(html, sought):
            continue  # a sign, no tag
        closed = _close_of(html, opened)
        if closed < 0:
            break
        yield html[opened : closed + 1], html[place:opened]
        place = sought = closed + 1
    yield "", html[place:]


def _close_of(html: str, opened: int) -> int:
    """Where the tag ends, past signs that stand in its quoted attributes."""
    closed = first = html.find(">", opened)
    for _ in range(MOST_QUOTED):
        if closed < 0 or html.count('"', opened, closed) % 2 == 0:
            return closed
        closed = html.find(">", closed + 1)
    return first
