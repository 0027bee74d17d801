"""Documents that are archives: measured before anything of them is unpacked."""

import re
import stat
import zipfile
import zlib
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is an exception

from survey_app.interviews.reading.errors import ReadingError

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
MOST_SQUEEZED = 100  # times smaller than unpacked
SMALL = 10_000_000  # less than this harms nobody, however squeezed
LARGEST_PART = 64_000_000  # of markup, which takes some times that as a tree
ENCRYPTED = 0x1
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf")
OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|.*\\|(?:.*/)?\.\.(?:/|$)")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    StructError,
)


class Archive:
    """Its parts by name; one that lies about its size is cut off there."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except BROKEN as error:
            raise ReadingError("broken_file") from error
        entries = self._zip.infolist()
        _check_size(entries, len(data))
        for entry in entries:
            self._check(entry)
        self.names = frozenset(entry.filename for entry in entries)
        if len(self.names) < len(entries):
            raise ReadingError("unsafe_archive", part=entries[-1].filename[:100])

    def read(self, name: str) -> bytes | None:
        """A whole part; None if there is none of that name."""
        if name not in self.names:
            return None
        entry = self._zip.getinfo(name)
        if entry.file_size > LARGEST_PART:
            raise ReadingError("archive_bomb")
        return self._start_of(entry, entry.file_size)

    def _check(self, entry: zipfile.ZipInfo) -> None:
        shown = entry.filename[:100]
        if entry.flag_bits & ENCRYPTED:
            raise ReadingError("encrypted")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ReadingError("broken_file")
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or OUTSIDE.match(entry.orig_filename):
            raise ReadingError("unsafe_archive", part=shown)
        if self._start_of(entry, 4).startswith(ARCHIVES):
            raise ReadingError("nested_archive", part=shown)

    def _start_of(self, entry: zipfile.ZipInfo, size: int) -> bytes:
        """Never unpacks more than asked, whatever the entry holds."""
        try:
            with self._zip.open(entry) as file:
                return file.read(size)
        except BROKEN as error:
            raise ReadingError("broken_file") from error


def _check_size(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = any(
        entry.file_size > max(SMALL, MOST_SQUEEZED * entry.compress_size)
        for entry in entries
    )
    if (
        squeezed
        or len(entries) > MOST_ENTRIES
        or unpacked > min(MOST_UNPACKED, max(SMALL, MOST_SQUEEZED * size))
    ):
        raise ReadingError("archive_bomb")
