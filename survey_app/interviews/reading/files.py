"""One uploaded file in, a document out, or an error with a code; nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from survey_app.interviews.reading.cleaning import doubts
from survey_app.interviews.reading.document import (
    Block,
    ReadDocument,
    ReadingChoices,
    Report,
    Speaker,
    Warned,
)
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.errors import ReadingError
from survey_app.interviews.reading.formats import ACCEPTED, READERS, recognise
from survey_app.interviews.reading.labels import cut, find_labels
from survey_app.interviews.reading.speakers import named, speakers_of

NO_CHOICES = ReadingChoices()


def read_document(
    data: bytes, file_name: str, choices: ReadingChoices = NO_CHOICES
) -> ReadDocument:
    r"""Read a file; the name helps to recognise it and is used for nothing else.

    >>> document = read_document(b"Interviewer: Hoe?\nAnna: Goed.\nAnna: Ja.", "a.txt")
    >>> [(speaker.name, speaker.role) for speaker in document.speakers]
    [('Interviewer', 'interviewer'), ('Anna', 'participant')]
    """
    if len(data) > choices.max_bytes:
        raise ReadingError("too_large", size=len(data), most=choices.max_bytes)
    try:
        source_format = recognise(data, file_name)
        draft = READERS[source_format](data, choices)
        return _finished(draft, source_format, choices)
    except RecursionError as error:
        raise ReadingError("broken_file") from error
    except ReadingError as error:
        if error.code == "unsupported_format":
            raise ReadingError(
                error.code, found=error.details["found"], accepted=ACCEPTED
            ) from error
        raise


def _finished(
    draft: Draft, source_format: str, choices: ReadingChoices
) -> ReadDocument:
    text = draft.text
    if not text.strip():
        raise ReadingError("no_text")
    blocks = tuple(_blocks(text, draft, choices))
    speakers = speakers_of(text, blocks, choices)
    warnings = [*draft.warnings, *doubts(text), *_doubtful(speakers)]
    return ReadDocument(
        text,
        blocks,
        speakers,
        source_format,
        draft.encoding,
        tuple(memo for memo in draft.memos if memo.text),
        tuple(draft.marks),
        Report(_counted(draft.dropped), _counted(draft.kept), tuple(warnings)),
    )


def _blocks(text: str, draft: Draft, choices: ReadingChoices) -> Iterator[Block]:
    blocks: Sequence[Block] = draft.blocks
    if not draft.is_cut:
        end = len(text) if draft.notes_start is None else draft.notes_start
        labels = find_labels(text, blocks, choices, end)
        if labels.once:
            draft.warn("names_seen_once", names=", ".join(labels.once))
        blocks = cut(blocks, labels, end)
    for block in named(blocks, choices):
        if (trimmed := _trimmed(text, block)) is not None:
            yield trimmed


def _trimmed(text: str, block: Block) -> Block | None:
    """Without white space around it, nor between the name and the words."""
    said = text[block.start : block.end]
    stripped = said.strip()
    if not stripped:
        return None
    start = block.start + len(said) - len(said.lstrip())
    end = start + len(stripped)
    label = 0
    if block.label_length:
        words = text[min(block.words_start, end) : end].lstrip()
        label = len(stripped) - len(words)
    return replace(block, start=start, end=end, label_length=label)


def _doubtful(speakers: Sequence[Speaker]) -> Iterator[Warned]:
    if not speakers:
        yield Warned("no_speakers")
    elif len(speakers) > 1 and all(x.role != "interviewer" for x in speakers):
        names = ", ".join(speaker.name for speaker in speakers[:10])
        yield Warned("no_interviewer", {"names": names})


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    return {code: count for code, count in counts.items() if count}
