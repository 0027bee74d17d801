"""Words for formats, dialects and states on the pages of exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """A name, and one sentence on what it is good for."""

    name: Any
    good_for: Any


FORMATS: Mapping[str, Told] = {
    "xlsx": Told(
        _("Excel workbook"),
        _(
            "To read and count in Excel: responses, answers, passages, and a codebook"
            " that explains every column."
        ),
    ),
    "csv": Told(
        _("CSV, one row for each response"),
        _("For a spreadsheet, R, Python or Power BI: a column for every question."),
    ),
    "csv-long": Told(
        _("CSV, one row for each answer"),
        _("For databases and dashboards that take in feedback records."),
    ),
    "segments": Told(
        _("CSV of passages"),
        _(
            "Which words are about which touchpoint, and how people feel about it,"
            " with your corrections."
        ),
    ),
    "sav": Told(
        _("SPSS file"),
        _("For SPSS, PSPP, jamovi or R: with labels, and with why a value is missing."),
    ),
    "package": Told(
        _("Package"),
        _(
            "Everything without loss, for another Klantreis or to keep: questionnaire,"
            " responses, waves, tags and corrections. Filters do not apply."
        ),
    ),
    "figures": Told(
        _("Excel workbook with figures and quotes"),
        _(
            "Counts for each question and wave, and quotes without personal data. Small"
            " groups are left out, so you can share it."
        ),
    ),
    "figures-csv": Told(
        _("CSV with figures"),
        _("The same counts for a chart or dashboard of your own."),
    ),
}
DIALECTS = {
    "plain": _("For programs: comma, point as decimal sign"),
    "excel-nl": _("For Dutch Excel: semicolon, comma as decimal sign"),
    "excel-en": _("For English Excel: comma, point as decimal sign"),
}
STATES = {
    "queued": _("Waiting"),
    "running": _("Being made"),
    "done": _("Ready"),
    "failed": _("Failed"),
    "cancelled": _("Stopped"),
    "expired": _("Deleted"),
}
