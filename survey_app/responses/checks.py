"""What may be wrong with an answer, each said in one sentence that helps."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import format_date, format_decimal, get_locale
from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import Optional, StopValidation, ValidationError

from survey_app.questionnaires.question_set import Question
from survey_app.responses.answer_text import count_characters, is_longer
from survey_app.responses.dates import InvalidDateError, read_date
from survey_app.responses.numbers import InvalidNumberError, read_number
from survey_app.responses.posted import PLACED, places

Check = Callable[[Form, Field], None]


def presence(question: Question) -> list[Any]:
    return [_answered] if question.required else [Optional()]


def _answered(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Answer this question to go on."))


def row_presence(row: Question) -> list[Any]:
    """Of one row of a matrix, which says which row it means."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            label = row.title[_language()]
            raise StopValidation(_("Choose an answer for “%(row)s”.", row=label))

    return [check] if row.required else [Optional()]


def within(limit: int) -> Check:
    def check(_form: Form, field: Field) -> None:
        if field.data and is_longer(field.data, limit):
            raise ValidationError(
                _(
                    "Your answer has %(length)s characters; there is room for "
                    "%(limit)s. Shorten it a little.",
                    length=format_decimal(count_characters(field.data)),
                    limit=format_decimal(limit),
                )
            )

    return check


def one_of(codes: tuple[str, ...]) -> Check:
    def check(_form: Form, field: Field) -> None:
        if field.data and field.data not in codes:
            raise ValidationError(_("Choose one of the answers shown."))

    return check


def all_of(codes: tuple[str, ...]) -> Check:
    def check(_form: Form, field: Field) -> None:
        if not set(field.data or ()).issubset(codes):
            raise ValidationError(_("Choose from the answers shown."))

    return check


def alone(question: Question) -> Check:
    """An exclusive option stands alone; without a script only we can say so."""
    exclusive = {option.code for option in question.options if option.exclusive}

    def check(_form: Form, field: Field) -> None:
        ticked = set(field.data or ())
        if len(ticked) > 1 and (apart := exclusive & ticked):
            others = [code for code in question.codes if code in ticked - apart]
            raise ValidationError(
                _(
                    "Choose either “%(alone)s” or “%(others)s”, not both.",
                    alone=_label(question, min(apart)),
                    others=_label(question, (others or sorted(apart))[-1]),
                )
            )

    return check


def ranked(question: Question) -> Check:
    """Two answers at one place are no order; places left open are."""

    def check(_form: Form, field: Field) -> None:
        filled = [it for it in field.data or () if not it.endswith(PLACED) and it]
        given = places(filled, question)
        if len(given) < len(filled):
            raise ValidationError(_("Choose from the places shown."))
        for (place, code), (next_place, next_code) in pairwise(given):
            if place == next_place:
                raise ValidationError(_two_at(place, question, code, next_code))
        if question.required and len(given) < len(question.options):
            raise ValidationError(_("Give every answer a place."))

    return check


def _two_at(place: int, question: Question, first: str, second: str) -> str:
    return str(
        _(
            "“%(first)s” and “%(second)s” both have place %(place)s. "
            "Give each a place of its own.",
            first=_label(question, first),
            second=_label(question, second),
            place=place,
        )
    )


def between(question: Question) -> Check:
    low, high = question.minimum, question.maximum

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            return
        try:
            number = float(read_number(field.data))
        except InvalidNumberError:
            raise ValidationError(_("Write a number, such as 12 or 12.5.")) from None
        if low is not None and number < low:
            raise ValidationError(_("Write a number of %(low)s or more.", low=low))
        if high is not None and number > high:
            raise ValidationError(_("Write a number of %(high)s or less.", high=high))

    return check


def a_day(question: Question) -> Check:
    first, last = question.earliest, question.latest

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            return
        try:
            day = date.fromisoformat(read_date(field.data))
        except InvalidDateError:
            raise ValidationError(_("Write a date, such as 14-3-2026.")) from None
        if first is not None and day < first:
            raise ValidationError(
                _("Choose %(day)s or a later day.", day=format_date(first, "long"))
            )
        if last is not None and day > last:
            raise ValidationError(
                _("Choose %(day)s or an earlier day.", day=format_date(last, "long"))
            )

    return check


def an_address(_form: Form, field: Field) -> None:
    if field.data and not is_address(field.data):
        raise ValidationError(
            _("Write an e-mail address in full, such as name@example.org.")
        )


def is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _label(question: Question, code: str) -> str:
    option = question.option(code)
    return option.label[_language()] if option else ""


def _language() -> str:
    return str(get_locale())
