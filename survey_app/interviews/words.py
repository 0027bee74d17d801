"""What reading a file tells, in sentences: pages translate, commands say English."""

from collections.abc import Iterator, Mapping

from survey_app.interviews.reading import ReadingError, Report, Warned
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.problems import message as _

ERRORS: Mapping[str, Message] = {
    "no_text": _("There is no text in this file."),
    "no_turns": _(
        "Nobody is named in it. Start each turn on a new line with the speaker’s name"
        " and a colon, or say who speaks all through it."
    ),
    "no_text_layer": _(
        "These are pictures of pages: there is no text in them. Have the text"
        " recognised (OCR) first, or hand in the original document."
    ),
    "unknown_encoding": _(
        "It does not show in which encoding this text is. Choose the one in which it"
        " reads well (%(candidates)s), or save the file again as UTF-8."
    ),
    "no_such_encoding": _(
        "%(encoding)s is no encoding that can be read. These can: %(accepted)s."
    ),
    "unsupported_format": _(
        "A file of this kind (%(found)s) cannot be read. These can: %(accepted)s. Save"
        " it as one of them."
    ),
    "too_large": _("The file has %(size)s bytes; at most %(most)s can be read."),
    "too_long": _("The text has more than %(most)s characters; divide it."),
    "too_many_lines": _("The text has more than %(most)s lines; divide it."),
    "too_many_pages": _("The file has more than %(most)s pages; divide it."),
    "too_slow": _(
        "Reading this file takes too long. Print it to a new PDF, or hand in the"
        " original document."
    ),
    "encrypted": _("The file is locked with a password. Save it without one."),
    "broken_file": _(
        "The file is broken, or of another kind than its name says. Open it in the"
        " program that made it and save it again."
    ),
    "archive_bomb": _("The file unpacks to far more than a document holds."),
    "nested_archive": _(
        "Another file is packed in it (%(part)s). Take it out of the document and save"
        " it again."
    ),
    "unsafe_archive": _("It is not built as a document should be (%(part)s)."),
    "unsafe_markup": _(
        "It holds definitions (DTD) that documents do not need and that can do harm."
    ),
}
WARNINGS: Mapping[str, Message] = {
    "no_speakers": _("Nobody is named in it, so it has no turns."),
    "no_interviewer": _(
        "None of the names tells who asks the questions: all count as participants"
        " (%(names)s). Say who the interviewer is."
    ),
    "names_seen_once": _("Taken for speakers, though named only once: %(names)s."),
    "replacement_characters": _(
        "Characters that were lost before (�): %(count)s. Look for the original file."
    ),
    "mojibake": _(
        "Signs that it was saved in the wrong encoding before: %(count)s"
        " (%(examples)s)."
    ),
    "pages_without_text": _(
        "Pages without text, perhaps pictures: %(count)s (%(pages)s)."
    ),
}
DROPPED: Mapping[str, Message] = {
    "tracked_deletions": _("Deletions with changes tracked, left out: %(count)s"),
    "images": _("Images, left out: %(count)s"),
    "text_boxes": _("Text boxes, left out: %(count)s"),
    "objects": _("Charts and other objects, left out: %(count)s"),
    "symbols": _("Signs of a symbol font, left out: %(count)s"),
    "headers": _("Headers and footers, left out: %(count)s"),
    "controls": _("Characters that nobody can see, left out: %(count)s"),
    "subtitle_notes": _("Notes and styles among the subtitles, left out: %(count)s"),
    "lines_before_first_cue": _("Lines before the first time, left out: %(count)s"),
    "ends_before_start": _("Subtitles that end before they begin: %(count)s"),
}
KEPT: Mapping[str, Message] = {
    "tracked_insertions": _("Insertions with changes tracked, kept: %(count)s"),
    "tables": _("Tables, read row by row: %(count)s"),
    "footnotes": _("Notes, put at the end: %(count)s"),
    "comments": _("Comments, offered as memos: %(count)s"),
    "cues": _("Subtitles: %(count)s"),
    "pages": _("Pages: %(count)s"),
}


def told(error: ReadingError) -> Message:
    return Message(ERRORS[error.code].msgid, error.details)


def warned(warning: Warned) -> Message:
    return Message(WARNINGS[warning.code].msgid, warning.details)


def in_words(report: Report) -> Iterator[Message]:
    """What was left out, what was kept, and what to look at."""
    for sentences, counts in ((DROPPED, report.dropped), (KEPT, report.kept)):
        for code, count in counts.items():
            yield Message(sentences[code].msgid, {"count": count})
    yield from map(warned, report.warnings)
