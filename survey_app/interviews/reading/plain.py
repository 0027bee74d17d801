"""Plain text and Markdown: kept as typed."""

import re

from survey_app.interviews.reading.document import Block, ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.encodings import decode

HEADING = re.compile(r"#{1,6}[ \t]+\S")


def read_text(data: bytes, choices: ReadingChoices) -> Draft:
    return _read(data, choices, has_headings=False)


def read_markdown(data: bytes, choices: ReadingChoices) -> Draft:
    """Headings are recognised by their signs, which stay."""
    return _read(data, choices, has_headings=True)


def _read(data: bytes, choices: ReadingChoices, *, has_headings: bool) -> Draft:
    text, encoding = decode(data, chosen=choices.encoding)
    draft = Draft(choices.max_characters, encoding)
    draft.write(text)
    draft.blocks = _paragraphs(draft.text, has_headings=has_headings)
    return draft


def _paragraphs(text: str, *, has_headings: bool) -> list[Block]:
    """Lines together up to a blank one; a heading is a line by itself."""
    blocks: list[Block] = []
    start = end = place = 0

    def close() -> None:
        if start < end:
            blocks.append(Block(start, end, "paragraph"))

    for line in text.split("\n"):
        words = line.strip()
        begin = place + len(line) - len(line.lstrip())
        if has_headings and HEADING.match(line):
            close()
            blocks.append(Block(begin, begin + len(words), "heading"))
            start = end = begin + len(words)
        elif words:
            start, end = (begin if start == end else start), begin + len(words)
        else:
            close()
            start = end
        place += len(line) + 1
    close()
    return blocks
