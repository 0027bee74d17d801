"""Minimal pairs of the rules, a file for each family, and how they are read."""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def pairs(name: str, folder: Path = FOLDER) -> Iterator[tuple[str, ...]]:
    """The lines of one file, each cut into its columns."""
    for line in (folder / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
