"""What a person chooses of an export; CSRF is checked for the whole app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional, StopValidation

from survey_app.exports.dialects import DIALECTS
from survey_app.exports.formats import FORMATS, settled
from survey_app.exports.orders import Order, Shape
from survey_app.exports.selection import Selection
from survey_app.web.locale import LANGUAGES

ANY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from in one questionnaire, as (value, words)."""

    title: str
    formats: Sequence[str]
    waves: Sequence[tuple[str, str]]
    versions: Sequence[tuple[str, str]]
    questions: Sequence[tuple[str, str]]


class NotOfferedError(StopValidation):
    """Chosen was what this page does not offer."""

    def __init__(self) -> None:
        super().__init__(gettext("Choose one of the answers shown."))


def _offered(_form: Form, field: SelectField) -> None:
    """WTForms' own check names values that nobody needs to know."""
    if str(field.data) not in _values(field):
        raise NotOfferedError


def _all_offered(_form: Form, field: SelectField) -> None:
    if not set(field.data or ()) <= _values(field):
        raise NotOfferedError


def _values(field: SelectField) -> set[str]:
    pairs = cast("Sequence[tuple[str, str]]", field.choices)
    return {value for value, _words in pairs}


class ExportForm(Form):
    format = RadioField(validators=[_offered], validate_choice=False)
    dialect = SelectField(
        choices=[(name, name) for name in DIALECTS],
        validators=[_offered],
        validate_choice=False,
    )
    language = SelectField(
        choices=list(LANGUAGES.items()), validators=[_offered], validate_choice=False
    )
    labels = BooleanField()
    raw = BooleanField()
    wave = SelectField(default=ANY, validators=[_offered], validate_choice=False)
    version = SelectField(default=ANY, validators=[_offered], validate_choice=False)
    answered_in = SelectField(
        default=ANY,
        choices=[(ANY, ANY), *LANGUAGES.items()],
        validators=[_offered],
        validate_choice=False,
    )
    since = DateField(validators=[Optional()])
    until = DateField(validators=[Optional()])
    partial = BooleanField()
    excluded = BooleanField()
    flagged = BooleanField()
    questions = SelectMultipleField(validators=[_all_offered], validate_choice=False)

    def offer(self, choices: Choices) -> None:
        self.format.choices = [(name, name) for name in choices.formats]
        self.wave.choices = [(ANY, _("All waves")), *choices.waves]
        self.version.choices = [(ANY, _("All versions")), *choices.versions]
        self.questions.choices = list(choices.questions)

    def validate_since(self, field: Field) -> None:
        _check_day(field)

    def validate_until(self, field: Field) -> None:
        _check_day(field)
        since: date | None = self.since.data
        if field.data and since and field.data < since:
            raise StopValidation(gettext("The last day lies before the first."))

    def order(self, questionnaire_id: int) -> Order:
        chosen = FORMATS[self.format.data]
        shape = Shape(
            dialect=self.dialect.data,
            language=self.language.data,
            labels=self.labels.data and chosen.has_labels,
            raw=self.raw.data and chosen.is_text,
        )
        order = Order(
            format=self.format.data,
            selection=self._selection(questionnaire_id),
            shape=shape,
        )
        return settled(order)

    def _selection(self, questionnaire_id: int) -> Selection:
        return Selection(
            questionnaire_id=questionnaire_id,
            wave_id=_number(self.wave.data),
            version_id=_number(self.version.data),
            language=self.answered_in.data or None,
            since=self.since.data,
            until=self.until.data,
            include_partial=self.partial.data,
            include_excluded=self.excluded.data,
            include_flagged=self.flagged.data,
            questions=tuple(self.questions.data or ()) or None,
        )

    @property
    def mistakes(self) -> dict[str, str]:
        """A sentence by the id of its field, for the top of the page."""
        told = {field.name: str(field.errors[0]) for field in self if field.errors}
        unread = {name for name in ("since", "until") if self[name].process_errors}
        return told | dict.fromkeys(unread, gettext("Write a day as 31-12-2026."))


def _number(given: Any) -> int | None:  # noqa: ANN401 - what a select gives
    return int(given) if given else None


def _check_day(field: Field) -> None:
    """A year that no calendar of a database holds is a slip of the keyboard."""
    year = field.data.year if field.data else None
    if year is not None and not 1990 <= year <= 2200:  # noqa: PLR2004 - see above
        raise StopValidation(gettext("Write a day as 31-12-2026."))
