"""What tests look at in a document that was read."""

from survey_app.interviews.reading import (
    ReadDocument,
    ReadingChoices,
    ReadingError,
    read_document,
)


def read(
    content: str | bytes, name: str = "talk.txt", **choices: object
) -> ReadDocument:
    data = content.encode() if isinstance(content, str) else content
    made = ReadingChoices(**choices)  # type: ignore[arg-type] # as a test gives them
    return read_document(data, name, made)


def said(document: ReadDocument) -> list[tuple[str | None, str]]:
    """Each block with its speaker, without the name before the words."""
    return [
        (block.speaker, document.text[block.words_start : block.end])
        for block in document.blocks
    ]


def refusal(content: str | bytes, name: str = "talk.txt", **choices: object) -> str:
    try:
        read(content, name, **choices)
    except ReadingError as error:
        return error.code
    return "read"


def check(document: ReadDocument) -> None:
    """What holds of every document, whatever the file was."""
    text = document.text
    assert not any(sign < " " and sign not in "\n\t" for sign in text)
    assert not any("\ud800" <= sign <= "\udfff" or sign == "\ufeff" for sign in text)
    place = 0
    for block in document.blocks:
        assert place <= block.start <= block.words_start <= block.end <= len(text)
        assert not text[place : block.start].strip()
        inside = text[block.start : block.end]
        assert inside
        assert inside == inside.strip()
        place = block.end
    assert not text[place:].strip()
    names = {block.speaker for block in document.blocks} - {None}
    assert names == {speaker.name for speaker in document.speakers}
    assert all(0 <= mark.position < len(text) for mark in document.marks)
    for memo in document.memos:
        if memo.start is not None and memo.end is not None:
            assert 0 <= memo.start < memo.end <= len(text)
