"""Which format a file is of: by what it holds, and for texts by its name."""

import re
from collections.abc import Callable, Mapping

from survey_app.interviews.reading.archives import Archive
from survey_app.interviews.reading.document import ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.errors import ReadingError
from survey_app.interviews.reading.opendocument import read_odt
from survey_app.interviews.reading.pdf import read_pdf
from survey_app.interviews.reading.plain import read_markdown, read_text
from survey_app.interviews.reading.subtitles import read_srt, read_vtt
from survey_app.interviews.reading.web_page import read_html
from survey_app.interviews.reading.word import read_docx

READERS: Mapping[str, Callable[[bytes, ReadingChoices], Draft]] = {
    "txt": read_text,
    "md": read_markdown,
    "docx": read_docx,
    "odt": read_odt,
    "pdf": read_pdf,
    "html": read_html,
    "vtt": read_vtt,
    "srt": read_srt,
}
ENDINGS = {
    "": "txt",
    "text": "txt",
    "markdown": "md",
    "htm": "html",
    "xhtml": "html",
} | {name: name for name in READERS}
NO_TEXTS = {"docx", "odt", "pdf"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# Beginnings of what people have beside a transcript.
OTHERS = (
    (b"{\\rtf", "RTF"),
    (OLD_OFFICE, "Word 97"),
    (b"ID3", "MP3"),
    (b"\xff\xfb", "MP3"),
    (b"OggS", "Ogg"),
    (b"RIFF", "WAV"),
    (b"fLaC", "FLAC"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"SQLite format 3", "SQLite"),
)
ISO_MEDIA = b"ftyp"  # MP4, M4A: behind four bytes
ACCEPTED = "txt, md, docx, odt, pdf, html, vtt, srt"
VTT = re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT[\s-]")


def recognise(data: bytes, file_name: str) -> str:
    """The name of its reader; refused with the accepted ones if there is none."""
    ending = _ending(file_name)
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    if data.startswith(b"%PDF-") or (ending == "pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    _refuse_others(data)
    if VTT.match(data):
        return "vtt"
    found = ENDINGS.get(ending)
    if found is None:
        raise _unsupported(ending[:20])
    if found not in NO_TEXTS:
        return found
    raise ReadingError("broken_file" if data.strip() else "no_text")


def _refuse_others(data: bytes) -> None:
    if data.startswith(OLD_OFFICE) and ENCRYPTED_PACKAGE in data:
        raise ReadingError("encrypted")
    for beginning, name in OTHERS:
        if data.startswith(beginning):
            raise _unsupported(name)
    if data[4:8] == ISO_MEDIA:
        raise _unsupported("MP4")


def _in_archive(data: bytes) -> str:
    archive = Archive(data)
    kind = (archive.read("mimetype") or b"")[:100].strip()
    if kind.startswith(b"application/vnd.oasis.opendocument."):
        if kind.endswith((b".text", b".text-template")):
            return "odt"
        raise _unsupported(kind.rpartition(b".")[2].decode("ascii", "replace"))
    if "[Content_Types].xml" not in archive.names:
        raise _unsupported("zip")
    for folder, name in (("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(part.startswith(folder) for part in archive.names):
            raise _unsupported(name)
    return "docx"


def _ending(file_name: str) -> str:
    name = re.split(r"[/\\]", file_name)[-1]
    return name.rpartition(".")[2].strip().casefold() if "." in name else ""


def _unsupported(found: str) -> ReadingError:
    return ReadingError("unsupported_format", found=found or "?", accepted=ACCEPTED)
