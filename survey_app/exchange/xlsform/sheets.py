"""The sheets of an XLSForm workbook as rows, however large somebody made them."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from survey_app.exchange.losses import UnreadableFileError
from survey_app.questionnaires.problems import message as _

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 300
MAX_CELL = 20_000

Row = Mapping[str, str]  # column -> text; no empty cells


@dataclass(frozen=True, slots=True)
class Sheets:
    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row


def read_sheets(content: bytes) -> Sheets:
    _refuse_what_unpacks_to_too_much(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts do
        raise UnreadableFileError(_("This is no workbook (.xlsx).")) from error
    try:
        by_name = {name.strip().casefold(): name for name in book.sheetnames}
        rows = {
            name: tuple(_rows(book[by_name[name]])) if name in by_name else ()
            for name in ("survey", "choices", "settings")
        }
    except Exception as error:  # likewise
        raise UnreadableFileError(_("The workbook is damaged.")) from error
    finally:
        book.close()
    if "survey" not in by_name:
        raise UnreadableFileError(_("The workbook has no sheet called survey."))
    return Sheets(
        rows["survey"], rows["choices"], rows["settings"][0] if rows["settings"] else {}
    )


def _refuse_what_unpacks_to_too_much(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableFileError(_("This is no workbook (.xlsx).")) from None
    if len(content) > MAX_BYTES or size > MAX_UNPACKED:
        raise UnreadableFileError(_("The workbook is too large."))


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - openpyxl's, read-only or not
    if not hasattr(sheet, "iter_rows"):  # a sheet that is a chart
        return
    header: list[str] = []
    cells = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
    for number, values in enumerate(cells):
        texts = [_text(value) for value in values]
        if number == 0:
            header = [_column(text) for text in texts]
            continue
        row = {
            name: text
            for name, text in zip(header, texts, strict=False)
            if name and text
        }
        if row:
            yield row


def _column(text: str) -> str:
    """``Label : English (en)`` is written with two colons nowadays."""
    name, colon, language = text.partition(":")
    name = name.strip().casefold().replace(" ", "_")
    return f"{name}::{language.lstrip(':').strip()}" if colon else name


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL].strip()
