"""The form of one page, built from its questions. It validates; templates draw it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import Field, Form, SelectMultipleField, StringField
from wtforms.validators import Optional, StopValidation, ValidationError

from survey_app.questionnaires.question_set import (
    PICK_ONE_TYPES,
    TEXT_TYPES,
    Page,
    Question,
    QuestionType,
)
from survey_app.responses.answer_text import clean_text, count_characters, is_longer
from survey_app.responses.numbers import InvalidNumberError, read_number
from survey_app.responses.said import NOTHING, Said

FormValues = MultiDict[str, str] | ImmutableMultiDict[str, str]


def answer_field(question: Question) -> str:
    """No name that WTForms keeps for itself begins like this."""
    return f"answer_{question.id}"


def detail_field(question: Question) -> str:
    return f"detail_{question.id}"


@lru_cache(maxsize=1024)
def page_form(page: Page) -> type[Form]:
    """The form class of a page; the same for every language and respondent."""
    fields: dict[str, Field] = {}
    for question in page.questions:
        build = FIELD_BUILDERS.get(question.type)
        if build is not None:
            fields[answer_field(question)] = build(question)
        if question.detail is not None:
            limit = question.detail.max_length
            fields[detail_field(question)] = _text_field([_within(limit)])
    return type("PageForm", (Form,), fields)


def said_in(values: FormValues, page: Page) -> dict[str, Said]:
    """What stands in a posted form, valid or not; unknown options are left out."""
    return {question.id: _said(values, question) for question in page.questions}


def find_errors(page: Page, values: FormValues) -> dict[str, str]:
    """What must be put right on a page: the field's name and one sentence each."""
    form = page_form(page)(values)
    if form.validate():
        return {}
    return {field.name: str(field.errors[0]) for field in form if field.errors}


def as_posted(page: Page, said: Mapping[str, Said]) -> MultiDict[str, str]:
    """Stored answers as the form that would post them."""
    values: MultiDict[str, str] = MultiDict()
    for question in page.questions:
        answer = said.get(question.id, NOTHING)
        if question.type in TEXT_TYPES or (answer.text and question.detail is None):
            values.setlist(answer_field(question), [answer.text] if answer.text else [])
            continue
        values.setlist(answer_field(question), list(answer.codes))
        if answer.text:
            values[detail_field(question)] = answer.text
    return values


def _said(values: FormValues, question: Question) -> Said:
    written = clean_text(values.get(detail_field(question)))
    name = answer_field(question)
    if question.type in TEXT_TYPES:
        return Said(text=clean_text(values.get(name)))
    if question.type is QuestionType.NUMBER:
        return _said_number(values.get(name))
    ticked = dict.fromkeys(values.getlist(name))
    codes = tuple(code for code in question.codes if code in ticked)
    if question.type in PICK_ONE_TYPES:
        codes = codes[:1]
    return Said(codes, written if question.detail is not None else None)


def _said_number(written: str | None) -> Said:
    """A number as a code; what is no number is kept as it was typed."""
    text = clean_text(written)
    if text is None:
        return NOTHING
    try:
        return Said((read_number(text),))
    except InvalidNumberError:
        return Said(text=text)


def _text_field(validators: list[Any]) -> Field:
    return StringField(filters=[clean_text], validators=validators)


def _written(question: Question) -> Field:
    return _text_field([*_presence(question), _within(question.max_length)])


def _pick_one(question: Question) -> Field:
    return StringField(validators=[*_presence(question), _one_of(question.codes)])


def _pick_any(question: Question) -> Field:
    choices = [(code, code) for code in question.codes]
    exclusive = [option.code for option in question.options if option.exclusive]
    return SelectMultipleField(
        choices=choices,
        validate_choice=False,
        validators=[
            *_presence(question),
            _all_of(question.codes),
            _alone(frozenset(exclusive), question),
        ],
    )


def _number(question: Question) -> Field:
    return _text_field([*_presence(question), _between(question)])


FIELD_BUILDERS: dict[QuestionType, Callable[[Question], Field]] = {
    QuestionType.TEXT_SHORT: _written,
    QuestionType.TEXT_LONG: _written,
    QuestionType.CHOICE: _pick_one,
    QuestionType.SCALE: _pick_one,
    QuestionType.YES_NO: _pick_one,
    QuestionType.MULTI: _pick_any,
    QuestionType.NUMBER: _number,
}

Check = Callable[[Form, Field], None]


def _presence(question: Question) -> list[Any]:
    return [_answered] if question.required else [Optional()]


def _answered(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Answer this question to go on."))


def _within(limit: int) -> Check:
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


def _one_of(codes: tuple[str, ...]) -> Check:
    def check(_form: Form, field: Field) -> None:
        if field.data and field.data not in codes:
            raise ValidationError(_("Choose one of the answers shown."))

    return check


def _all_of(codes: tuple[str, ...]) -> Check:
    def check(_form: Form, field: Field) -> None:
        if not set(field.data or ()).issubset(codes):
            raise ValidationError(_("Choose from the answers shown."))

    return check


def _alone(exclusive: frozenset[str], question: Question) -> Check:
    def check(_form: Form, field: Field) -> None:
        ticked = set(field.data or ())
        if len(ticked) > 1 and (alone := exclusive & ticked):
            option = question.option(min(alone))
            label = option.label[str(get_locale())] if option else ""
            raise ValidationError(
                _("Choose either “%(answer)s” or other answers.", answer=label)
            )

    return check


def _between(question: Question) -> Check:
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
