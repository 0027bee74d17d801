"""Figures and quotes of groups, as a workbook or as CSV."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from survey_app.exports import figures, quotes
from survey_app.exports.codebook import (
    VERSIONS_HEADER,
    made_by,
    mixed_versions,
    version_rows,
)
from survey_app.exports.dialects import DIALECTS, CsvFile
from survey_app.exports.extracts import Extract, Reads
from survey_app.exports.figures import WaveFigures, figure_rows, least_people, tally
from survey_app.exports.orders import Shape
from survey_app.exports.quotes import Quotes, gather_quotes
from survey_app.exports.wording import words
from survey_app.exports.workbook import Workbook, write_notes


def write_figures(
    stream: TextIO, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    counted: dict[str, WaveFigures] = {}
    yield from tally(source, extract, counted)
    file = CsvFile(stream, DIALECTS[shape.dialect])
    file.write(figures.HEADER)
    file.write_all(figure_rows(extract, counted, shape.language))


def write_figure_book(
    path: Path, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    counted: dict[str, WaveFigures] = {}
    said = Quotes()
    yield from tally(source, extract, counted)
    yield from gather_quotes(source, extract, said)
    book = Workbook(path)
    sheet = book.sheet("figures", figures.HEADER)
    sheet.write_all(figure_rows(extract, counted, shape.language))
    sheet = book.sheet("quotes", quotes.HEADER)
    sheet.write_all(said.rows(least=least_people(extract)))
    told = words(shape.language)
    sheet = book.sheet("versions", VERSIONS_HEADER)
    sheet.write_all(version_rows(extract))
    sentences = (
        made_by(extract, shape.language),
        *(each.format(least=least_people(extract)) for each in told.groups),
        told.guarded,
        *mixed_versions(extract, shape.language),
    )
    write_notes(book, sentences)
    book.close()
