"""Cells of an XLSForm that stand in several languages."""

from survey_app.exchange.speech import OWN, Raw
from survey_app.exchange.xlsform.sheets import Row


def texts_in(row: Row, column: str) -> Raw:
    """The cells of a column in all its languages."""
    return {
        name.partition("::")[2] if "::" in name else OWN: text
        for name, text in row.items()
        if name.partition("::")[0] == column
    }


def cells_of(column: str, raw: Raw) -> Row:
    """The other way about."""
    return {
        f"{column}::{language}" if language != OWN else column: text
        for language, text in raw.items()
    }
