"""Answers and segments as CSV. Each writer tells how many responses are done."""

from collections.abc import Iterator
from typing import TextIO

from survey_app.exports.dialects import DIALECTS, CsvFile
from survey_app.exports.extracts import Extract, Reads, read_records
from survey_app.exports.long import LongTable
from survey_app.exports.orders import Shape
from survey_app.exports.segments import HEADER, read_segments
from survey_app.exports.wide import WideTable


def write_wide(
    stream: TextIO, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    table = WideTable(
        extract.catalogue, labels=extract.catalogue.languages if shape.labels else ()
    )
    file = _open(stream, shape)
    file.write(table.header())
    done = 0
    for records in read_records(source, extract):
        file.write_all(table.row(record) for record in records)
        done += len(records)
        yield done


def write_long(
    stream: TextIO, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    table = LongTable(extract.catalogue, extract.slug, shape.language)
    file = _open(stream, shape)
    file.write(table.header())
    done = 0
    for records in read_records(source, extract):
        file.write_all(row for record in records for row in table.rows(record))
        done += len(records)
        yield done


def write_segments(
    stream: TextIO, source: Reads, extract: Extract, shape: Shape
) -> Iterator[int]:
    file = _open(stream, shape)
    file.write(HEADER)
    batches = extract.batches()
    done = 0
    for ids, segments in zip(batches, read_segments(source, extract), strict=True):
        file.write_all(segment.row() for segment in segments)
        done += len(ids)
        yield done


def _open(stream: TextIO, shape: Shape) -> CsvFile:
    return CsvFile(stream, DIALECTS[shape.dialect], raw=shape.raw)
