"""Minimal pairs of the rules: a file for each family, and how one is read."""

from pathlib import Path

FOLDER = Path(__file__).parent


def read_pairs(name: str, folder: Path = FOLDER) -> list[tuple[str, ...]]:
    """The lines of one file, each cut into its columns."""
    lines = (folder / f"{name}.tsv").read_text("utf-8").splitlines()
    return [
        tuple(line.split("\t")) for line in lines if line and not line.startswith("#")
    ]
