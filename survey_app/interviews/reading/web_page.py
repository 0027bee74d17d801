"""Web pages: the text that is read, line by line; nothing is fetched and nothing runs.

Read by the parser of lxml: that of Python takes minutes for some pages of 60 kB.
"""

import codecs
import re
from collections.abc import Mapping

from lxml import etree

from survey_app.interviews.reading.document import Kind, ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.encodings import decode
from survey_app.interviews.reading.errors import ReadingError
from survey_app.interviews.reading.markup import tags

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | tags(
    "address article aside blockquote body caption center dd details dialog div dl dt"
    " fieldset figcaption figure footer form header hr html legend li main menu nav ol"
    " option p pre section summary table tbody tfoot thead tr ul"
)
CELLS = frozenset({"td", "th"})
HIDDEN = tags(
    "script style head template noscript iframe object svg math select textarea audio"
    " video canvas noframes"
)
SPACES = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})",
    re.IGNORECASE,
)
XML_ENCODING = re.compile(rb"\s{0,99}<\?xml[^>]{0,99}encoding=[\"']([\w.-]{1,40})")
HEAD = 4_096  # where the encoding has to be declared
PIECE = 1 << 16


def read_html(data: bytes, choices: ReadingChoices) -> Draft:
    text, encoding = decode(
        data, chosen=choices.encoding, declared=_declared(data[:HEAD])
    )
    draft = Draft(choices.max_characters, encoding)
    page = Page(draft)
    # As UTF-8 whatever the page says of itself; surrogates cannot be in it.
    content = text.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True)
    try:
        for start in range(0, len(content), PIECE):
            parser.feed(content[start : start + PIECE])
        parser.close()
    except etree.XMLSyntaxError as error:
        if page.is_empty:
            raise ReadingError("no_text") from error
    page.close()
    return draft


def _declared(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    found = XML_ENCODING.match(head) or CHARSET.search(head)
    return None if found is None else found[1].decode("ascii", "replace")


class Page:
    """Writes text down as the parser comes across it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._start = draft.length
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._kind: Kind = "paragraph"
        self._verbatim = 0
        self._cells = 0

    @property
    def is_empty(self) -> bool:
        return self._draft.length == 0 and not self._words

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if self._hidden or tag in HIDDEN:
            self._hidden.append(tag)
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._draft.dropped["images"] += 1
        elif tag in CELLS:
            self._words += ["\t"] if self._cells else []
            self._cells += 1
        elif tag in BLOCKS and not (self._cells and tag != "tr"):
            self._end_block()
            self._kind = "heading" if tag in HEADINGS else "paragraph"
            self._verbatim += tag == "pre"
            self._draft.kept["tables"] += tag == "table"

    def end(self, tag: str) -> None:
        if self._hidden:
            if self._hidden[-1] == tag:
                self._hidden.pop()
        elif tag in BLOCKS and not (self._cells and tag not in {"tr", "table"}):
            self._end_block()
            self._verbatim = max(0, self._verbatim - (tag == "pre"))

    def data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data if self._verbatim else SPACES.sub(" ", data))

    def comment(self, text: str) -> None:
        """Not for readers."""

    def close(self) -> None:
        self._end_block()

    def _end_block(self) -> None:
        text = "".join(self._words)
        self._words.clear()
        self._cells = 0
        if not self._verbatim:
            text = re.sub(r" *+\n *+", "\n", re.sub(r" {2,}", " ", text)).strip(" \n")
        if text.strip():
            self._draft.add(text, self._kind)
        self._kind = "paragraph"
