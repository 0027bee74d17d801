"""The formats there are: who may have each, and how it is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TextIO

from survey_app.accounts.permissions import Permission
from survey_app.exports.csv_files import write_long, write_segments, write_wide
from survey_app.exports.extracts import Extract, Reads, prepare_extract
from survey_app.exports.figure_files import write_figure_book, write_figures
from survey_app.exports.orders import Order, Shape
from survey_app.exports.package.writing import write_package
from survey_app.exports.selection import Selection
from survey_app.exports.wide import TAKEN
from survey_app.exports.workbook import write_workbook

Write = Callable[[Path, Reads, Extract, Shape], Iterator[int]]
CSV, SHEET = (
    "text/csv; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


class UnknownFormatError(LookupError):
    """No export is written in this format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    extension: str
    media_type: str
    permission: Permission
    write: Write
    is_csv: bool = False
    is_text: bool = False  # its texts are guarded against formulas
    has_labels: bool = False  # codes can be told in words beside them
    takes_everything: bool = False  # no filter, no state left out
    is_of_groups: bool = False  # figures of enough people, no rows of one response


def _csv_file(
    write: Callable[[TextIO, Reads, Extract, Shape], Iterator[int]],
) -> Write:
    def to_path(
        path: Path, source: Reads, extract: Extract, shape: Shape
    ) -> Iterator[int]:
        with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield from write(stream, source, extract, shape)

    return to_path


def _spss(path: Path, source: Reads, extract: Extract, shape: Shape) -> Iterator[int]:
    # pandas takes a second to load: only who wants this format waits for it.
    from survey_app.exports.spss import write_spss  # noqa: PLC0415

    return write_spss(path, source, extract, shape)


_of_responses = partial(Format, permission=Permission.EXPORT_RESPONSES)
_of_groups = partial(Format, permission=Permission.EXPORT_FIGURES, is_of_groups=True)
FORMATS: Mapping[str, Format] = {
    "csv": _of_responses(
        extension="csv",
        media_type=CSV,
        write=_csv_file(write_wide),
        is_csv=True,
        is_text=True,
        has_labels=True,
    ),
    "csv-long": _of_responses(
        extension="csv",
        media_type=CSV,
        write=_csv_file(write_long),
        is_csv=True,
        is_text=True,
    ),
    "segments": _of_responses(
        extension="csv",
        media_type=CSV,
        write=_csv_file(write_segments),
        is_csv=True,
        is_text=True,
    ),
    "xlsx": _of_responses(
        extension="xlsx",
        media_type=SHEET,
        write=write_workbook,
        is_text=True,
        has_labels=True,
    ),
    "sav": _of_responses(
        extension="sav", media_type="application/x-spss-sav", write=_spss
    ),
    "package": _of_responses(
        extension="zip",
        media_type="application/zip",
        write=write_package,
        takes_everything=True,
    ),
    "figures": _of_groups(extension="xlsx", media_type=SHEET, write=write_figure_book),
    "figures-csv": _of_groups(
        extension="csv",
        media_type=CSV,
        write=_csv_file(write_figures),
        is_csv=True,
    ),
}


def get_format(name: str) -> Format:
    if name not in FORMATS:
        raise UnknownFormatError(name)
    return FORMATS[name]


def settled(order: Order) -> Order:
    """The order with what its format leaves no choice in.

    Figures of groups are of whole waves: two that differ in a few people would tell
    what those few said.
    """
    chosen, wanted = get_format(order.format), order.selection
    if chosen.takes_everything:
        whole = Selection(questionnaire_id=wanted.questionnaire_id, everything=True)
        return replace(order, selection=whole)
    if chosen.is_of_groups:
        groups = Selection(
            questionnaire_id=wanted.questionnaire_id,
            wave_id=wanted.wave_id,
            one_each=True,
        )
        return replace(order, selection=groups, shape=replace(order.shape, raw=False))
    return order


def write_export(source: Reads, order: Order, path: Path) -> Iterator[tuple[int, int]]:
    """Write what is ordered; tells how many responses are done, and of how many.

    Each step is short, and the file is whole only after the last.
    """
    chosen, order = get_format(order.format), settled(order)
    with source.read() as session:
        extract = prepare_extract(session, order.selection, taken=TAKEN)
    yield 0, extract.total
    for done in chosen.write(path, source, extract, order.shape):
        yield done, extract.total
