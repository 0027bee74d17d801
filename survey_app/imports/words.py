"""Complaints about files and rows in the language of whoever reads them."""

from collections.abc import Mapping
from typing import Any

from flask.blueprints import BlueprintSetupState
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from survey_app.responses.importing.report import ImportComplaintError

STATES = {
    "uploaded": _("Columns to be matched"),
    "tried": _("Tried, not yet imported"),
    "queued": _("Waiting for its turn"),
    "running": _("Under way"),
    "done": _("Imported"),
    "failed": _("Stopped"),
    "cancelled": _("Cancelled"),
}
FACTS = {
    "submission_id": _("Number of the response"),
    "respondent_id": _("Number of the customer"),
    "submitted_at": _("Day or moment"),
    "language": _("Language"),
    "wave": _("Wave"),
}


def add_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(import_states=STATES, in_words=in_words)


def told(error: ImportComplaintError) -> str:
    return in_words(error.template, error.words)


def in_words(template: str, words: Mapping[str, Any]) -> str:
    if not template:
        return str(gettext("the file could not be read"))
    translated = str(gettext(template))
    return translated % words if words else translated
