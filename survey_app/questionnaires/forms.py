"""Forms of the keeper's pages: when it is open, its waves, what was done with it."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import to_utc
from wtforms import BooleanField, DateField, Field, Form, IntegerField, StringField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from survey_app.questionnaires.editing.parts import cleaned
from survey_app.web.locale import LANGUAGES

MAX_NAME = 100
MAX_SAID = 600
MAX_RESPONSES = 1_000_000
WAVE_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


def find_errors(form: Form) -> dict[str, str]:
    """What must be put right: the field's name and one sentence each."""
    if form.validate():
        return {}
    return {field.name: str(field.errors[0]) for field in form if field.errors}


class MomentField(Field):
    """A day and time as the page's clock shows it; kept in UTC."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: datetime | None = None
        written = cleaned(valuelist[0]) if valuelist else ""
        if not written:
            return
        try:
            local = datetime.fromisoformat(written)
            self.data = to_utc(local).replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            raise ValueError(
                _("Write a day and a time, such as 2026-03-01T09:00.")
            ) from None


class CountField(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist if any(valuelist) else [])
        except ValueError:
            raise ValueError(_("Write a whole number.")) from None


class DayField(DateField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([text for text in valuelist if text])
        except ValueError:
            raise ValueError(_("Write a day, such as 2026-03-01.")) from None


class FieldingForm(Form):
    opens_at = MomentField()
    closes_at = MomentField()
    max_responses = CountField(validators=[Optional()])
    include_partial = BooleanField()

    def validate_closes_at(self, field: Field) -> None:
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("It closes before it opens: choose a later time."))

    def validate_max_responses(self, field: Field) -> None:
        if field.data is not None and not 1 <= field.data <= MAX_RESPONSES:
            raise ValidationError(
                _("Write a number of 1 or more, or leave it empty for no limit.")
            )


class WaveForm(Form):
    name = StringField(filters=[cleaned], validators=[Length(max=MAX_NAME)])
    starts_on = DayField()
    ends_on = DayField(validators=[Optional()])

    def validate_name(self, field: Field) -> None:
        if not field.data:
            raise StopValidation(_("Give it a name, such as Spring 2026."))

    def validate_starts_on(self, field: Field) -> None:
        if field.data is None:
            raise StopValidation(_("Say on which day it starts."))

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day lies before the first."))


def read_improvement(
    form: Mapping[str, Any], languages: Sequence[str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What was said, what was done, and what is wrong with it, by language."""
    said = {each: cleaned(form.get(f"said.{each}")) for each in languages}
    done = {each: cleaned(form.get(f"done.{each}")) for each in languages}
    errors = {}
    for name, texts in (("said", said), ("done", done)):
        for language, text in texts.items():
            if not text:
                errors[f"{name}.{language}"] = _missing(name, language)
            elif len(text) > MAX_SAID:
                errors[f"{name}.{language}"] = str(
                    _("Shorten it to %(limit)s characters.", limit=MAX_SAID)
                )
    return said, done, errors


def _missing(name: str, language: str) -> str:
    """Which box is empty; the same sentence four times would not tell."""
    part = _("You said") if name == "said" else _("We did")
    return str(
        _(
            "Write “%(part)s” in this language too: %(language)s.",
            part=part,
            language=LANGUAGES[language],
        )
    )
