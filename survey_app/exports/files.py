"""Files of exports: whole or not there at all, and readable by their owner alone."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
PART = ".part"
CHUNK = 1 << 20


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to; its file takes the real name once it is safely on disk."""
    part = path.with_name(f"{path.name}{PART}")
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ONLY))
    try:
        yield part
        settle(part, path)
    finally:
        part.unlink(missing_ok=True)


def settle(part: Path, path: Path) -> None:
    """Once this returns the file survives a power cut, under its real name."""
    _sync(part, os.O_RDONLY)
    part.chmod(OWNER_ONLY)
    part.replace(path)
    _sync(path.parent, os.O_RDONLY | os.O_DIRECTORY)


def owned_folder(path: Path) -> Path:
    path.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A whole file, measured before anything is stored of it."""

    path: Path
    responses: int
    size: int
    sha256: str


def measured(path: Path, *, responses: int) -> MadeFile:
    return MadeFile(
        path=path,
        responses=responses,
        size=path.stat().st_size,
        sha256=sha256_of(path),
    )


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
