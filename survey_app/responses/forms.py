"""The form of one page, built from its questions. It validates; templates draw it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from wtforms import Field, Form, SelectMultipleField, StringField

from survey_app.questionnaires.question_set import Page, Question, QuestionType
from survey_app.responses.answer_text import clean_text
from survey_app.responses.checks import (
    a_day,
    all_of,
    alone,
    an_address,
    between,
    one_of,
    presence,
    ranked,
    row_presence,
    within,
)
from survey_app.responses.posted import FormValues, answer_field, detail_field

LONGEST_ADDRESS = 254


@lru_cache(maxsize=1024)
def page_form(page: Page) -> type[Form]:
    """The form class of a page; the same for every language and respondent."""
    fields: dict[str, Field] = {}
    for question in page.questions:
        build = FIELD_BUILDERS.get(question.type)
        if build is not None:
            fields.update((answer_field(it), build(it)) for it in question.parts)
        if question.written is not None:
            limit = question.written.max_length
            fields[detail_field(question)] = _text_field([within(limit)])
    return type("PageForm", (Form,), fields)


def find_errors(page: Page, values: FormValues) -> dict[str, str]:
    """What must be put right on a page: the field's name and one sentence each."""
    form = page_form(page)(values)
    if form.validate():
        return {}
    return {field.name: str(field.errors[0]) for field in form if field.errors}


def _text_field(validators: list[Any]) -> Field:
    return StringField(filters=[clean_text], validators=validators)


def _several(question: Question, validators: list[Any]) -> Field:
    choices = [(code, code) for code in question.codes]
    return SelectMultipleField(
        choices=choices, validate_choice=False, validators=validators
    )


def _written(question: Question) -> Field:
    return _text_field([*presence(question), within(question.max_length)])


def _pick_one(question: Question) -> Field:
    return StringField(validators=[*presence(question), one_of(question.codes)])


def _row(row: Question) -> Field:
    return StringField(validators=[*row_presence(row), one_of(row.codes)])


def _pick_any(question: Question) -> Field:
    checks = [*presence(question), all_of(question.codes), alone(question)]
    return _several(question, checks)


def _ranking(question: Question) -> Field:
    return _several(question, [ranked(question)])


def _number(question: Question) -> Field:
    return _text_field([*presence(question), between(question)])


def _date(question: Question) -> Field:
    return _text_field([*presence(question), a_day(question)])


def _email(question: Question) -> Field:
    return _text_field([*presence(question), within(LONGEST_ADDRESS), an_address])


FIELD_BUILDERS: dict[QuestionType, Callable[[Question], Field]] = {
    QuestionType.TEXT_SHORT: _written,
    QuestionType.TEXT_LONG: _written,
    QuestionType.CHOICE: _pick_one,
    QuestionType.SCALE: _pick_one,
    QuestionType.NPS: _pick_one,
    QuestionType.YES_NO: _pick_one,
    QuestionType.MULTI: _pick_any,
    QuestionType.RANKING: _ranking,
    QuestionType.MATRIX: _row,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _date,
    QuestionType.EMAIL: _email,
}
