"""Files that staff uploaded: in the instance's folder for a day, ours alone to read."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

CHUNK = 1 << 20
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Kept:
    size: int
    sha256: str


def list_uploads(instance: Path) -> Iterator[tuple[str, datetime]]:
    """Files that lie there, and when they were last written to."""
    for path in (instance / "uploads").glob("*"):
        with suppress(FileNotFoundError):  # forgotten meanwhile
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def upload_path(instance: Path, public_id: str) -> Path:
    return instance / "uploads" / public_id


def keep_upload(content: IO[bytes], path: Path) -> Kept:
    """Write a file away piece by piece, and measure it on the way."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, OWNER_ONLY), "wb") as file:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return Kept(size, digest.hexdigest())


def forget_upload(instance: Path, public_id: str) -> None:
    with suppress(FileNotFoundError):
        upload_path(instance, public_id).unlink()
