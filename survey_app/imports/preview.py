"""A first look at an uploaded file: how it is read, its columns, its first rows."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from survey_app.responses.importing import ImportFileError
from survey_app.responses.importing.files import FileFormat
from survey_app.responses.importing.report import N_, InvalidRowError
from survey_app.responses.importing.sources import format_of, open_rows

SHOWN = 5
LOOKED_AT = 200  # rows that may each bring other names, in JSON
LONGEST_CELL = 80
MOST_COLUMNS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``samples`` holds a few cells of each column, shortened."""

    file_format: FileFormat
    encoding: str
    delimiter: str | None
    names: tuple[str, ...]
    samples: dict[str, tuple[str, ...]]


def look_at(path: Path, file_name: str, *, encoding: str | None = None) -> Preview:
    """``encoding`` as it was found before: looking for it reads the whole file."""
    with path.open("rb") as file:
        file_format = format_of(file_name, file.peek(64))
        with open_rows(file, file_format, encoding=encoding) as source:
            samples: dict[str, list[str]] = {}
            for row in islice(source.rows, LOOKED_AT):
                if not isinstance(row.cells, InvalidRowError):
                    _gather(samples, row.cells)
            found = Preview(
                file_format=file_format,
                encoding=source.encoding,
                delimiter=source.delimiter,
                names=tuple(samples),
                samples={name: tuple(cells) for name, cells in samples.items()},
            )
    return _checked(found)


def _gather(samples: dict[str, list[str]], cells: dict[str, Any]) -> None:
    for name, cell in cells.items():
        seen = samples.setdefault(str(name), [])
        text = "" if cell is None else str(cell).strip()
        if text and len(seen) < SHOWN:
            seen.append(text[:LONGEST_CELL])


def _checked(found: Preview) -> Preview:
    if not found.names:
        raise ImportFileError(N_("it holds no rows under its first line"))
    if len(found.names) > MOST_COLUMNS:
        raise ImportFileError(
            N_("it has more than %(max)s columns"), max=str(MOST_COLUMNS)
        )
    nameless = "" in found.names
    names = tuple(name for name in found.names if name)
    return replace(found, names=names) if nameless else found
