"""Tables of codes, ours and Taguette's: CSV and the first sheet of a workbook."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

from survey_app.cells import unguard
from survey_app.coding.codebook_files.columns import Line, named_columns, rows_of
from survey_app.coding.codebook_files.rows import CodebookRow, arranged
from survey_app.coding.file_notices import Notice, Notices, RefusedFileError
from survey_app.questionnaires.problems import Message
from survey_app.responses.importing.files import (
    FileRow,
    as_text,
    csv_rows,
    find_delimiter,
    find_encoding,
)
from survey_app.responses.importing.report import ImportFileError, InvalidRowError
from survey_app.responses.importing.sheets import sheet_rows

LARGEST = 20 << 20
MOST_ROWS = 10_000
OLD_WINDOWS = "cp1252"


@dataclass(frozen=True, slots=True)
class ReadTable:
    rows: tuple[CodebookRow, ...]
    notices: tuple[Notice, ...]


def read_csv(content: bytes) -> ReadTable:
    """Codes of a CSV file; raises RefusedFileError where it is none."""
    notices = Notices()
    file = BytesIO(content)
    encoding = find_encoding(file)
    if encoding == OLD_WINDOWS:
        notices.note("guessed_encoding", "CSV")

    def rows() -> Generator[FileRow]:
        with as_text(file, encoding) as text:
            yield from csv_rows(text, find_delimiter(text))

    return _table(content, rows, unguard, notices)


def read_xlsx(content: bytes) -> ReadTable:
    """Codes of a workbook's first sheet."""

    def rows() -> Generator[FileRow]:
        yield from sheet_rows(BytesIO(content))

    return _table(content, rows, str, Notices())


def _table(
    content: bytes,
    rows: Callable[[], Generator[FileRow]],
    plain: Callable[[str], str],
    notices: Notices,
) -> ReadTable:
    if len(content) > LARGEST:
        raise RefusedFileError("too_large", most=LARGEST >> 20)
    try:
        with closing(rows()) as found:
            lines = list(_lines(found, plain, notices))
    except ImportFileError as error:
        sentence = Message(error.template, error.words)
        raise RefusedFileError.complaining(sentence) from error
    codes = arranged(rows_of(lines, notices), notices)
    if not codes:
        raise RefusedFileError("no_codes")
    return ReadTable(codes, notices.all())


def _lines(
    rows: Iterable[FileRow], plain: Callable[[str], str], notices: Notices
) -> Iterator[Line]:
    columns: dict[str, str] | None = None
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise RefusedFileError("too_large", most=LARGEST >> 20)
        if isinstance(row.cells, InvalidRowError):
            notices.note("row_too_long", str(row.line))
            continue
        if columns is None:
            columns = named_columns(row.cells, notices)
        cells = {
            name: plain(row.cells[column] or "") for column, name in columns.items()
        }
        yield Line(row.line, cells)
