"""Opening a .qdpx that may come from anywhere: nothing is unpacked to disk."""

import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from survey_app.coding.file_notices import RefusedFileError

MOST_BYTES = 200 << 20  # also unpacked, all together
MOST_FILES = 2_000
MOST_SQUEEZED = 100  # times smaller than unpacked: text never is
SMALL = 1 << 20  # a little text of blanks may be
LARGEST_MEMBER = 20 << 20  # of what is read: the project, and each text
ENCRYPTED = 0x1
NESTED = (".zip", ".qdpx", ".7z", ".rar", ".tar", ".gz", ".bz2", ".xz", ".jar")
DRIVE = re.compile(r"[A-Za-z]:")
INTERNAL = re.compile(r"(?:internal|relative):/*", re.IGNORECASE)
TROUBLE = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    zlib.error,
)


class Archive:
    """Its project file and the texts beside it, by whatever name they are asked."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zip = zipped
        entries = [entry for entry in zipped.infolist() if not entry.is_dir()]
        _refuse_what_is_too_much(zipped.infolist())
        self.projects = [
            entry
            for entry in entries
            if "/" not in _plain(entry.filename)
            and entry.filename.casefold().endswith(".qde")
        ]
        self._by_path = {_plain(entry.filename): entry for entry in entries}

    def project(self) -> bytes:
        if not self.projects:
            raise RefusedFileError("no_project")
        if len(self.projects) > 1:
            names = ", ".join(entry.filename[:80] for entry in self.projects[:5])
            raise RefusedFileError("several_projects", names=names)
        return self._read(self.projects[0])

    def text(self, path: str) -> bytes | None:
        """What stands under a path of the project; None where nothing does."""
        name = _plain(INTERNAL.sub("", path.strip()))
        for asked in (f"sources/{name}", name):
            if asked in self._by_path:
                return self._read(self._by_path[asked])
        return None

    def _read(self, entry: ZipInfo) -> bytes:
        if entry.file_size > LARGEST_MEMBER:
            raise RefusedFileError("too_large", most=LARGEST_MEMBER >> 20)
        try:
            with self._zip.open(entry) as file:
                return file.read(LARGEST_MEMBER)
        except TROUBLE as error:
            raise RefusedFileError("broken_archive") from error


@contextmanager
def open_archive(file: IO[bytes]) -> Iterator[Archive]:
    """Refuses what cannot be unpacked safely before anything is."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_BYTES:
        raise RefusedFileError("too_large", most=MOST_BYTES >> 20)
    try:
        zipped = ZipFile(file)
    except TROUBLE as error:
        raise RefusedFileError("broken_archive") from error
    with zipped:
        yield Archive(zipped)


def _refuse_what_is_too_much(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or unpacked > MOST_BYTES:
        raise RefusedFileError("too_much_inside", most=MOST_BYTES >> 20)
    names = {_plain(entry.filename) for entry in entries}
    if len(names) < len(entries):
        raise RefusedFileError("unsafe_archive", name="…")
    for entry in entries:
        if not _is_safe(entry):
            raise RefusedFileError("unsafe_archive", name=entry.filename[:120])
        if entry.file_size > max(SMALL, MOST_SQUEEZED * entry.compress_size):
            raise RefusedFileError("too_much_inside", most=MOST_BYTES >> 20)


def _is_safe(entry: ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    return not (
        name.startswith("/")
        or DRIVE.match(name)
        or ".." in name.split("/")
        or stat.S_ISLNK(entry.external_attr >> 16)
        or entry.flag_bits & ENCRYPTED
        or name.casefold().endswith(NESTED)
    )


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()
