"""Answers in words: as a respondent reads back what was said."""

from datetime import date
from decimal import Decimal

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from survey_app.questionnaires.question_set import Question, QuestionType
from survey_app.responses.posted import PLACED
from survey_app.responses.said import Said


def words_of(question: Question, said: Said, language: str) -> tuple[str, ...]:
    """One text for each option, number or day; what was written is not among them."""
    return tuple(_word(question, code, language) for code in said.codes)


def _word(question: Question, code: str, language: str) -> str:
    if question.type is QuestionType.EMAIL:
        return str(_("Kept apart from your answers"))
    option = question.option(code)
    if option is not None:
        return option.label[language]
    if question.type is QuestionType.RANKING:
        return _at_its_place(question, code, language)
    if question.type is QuestionType.NUMBER:
        return str(format_decimal(Decimal(code)))
    if question.type is QuestionType.DATE:
        return str(format_date(date.fromisoformat(code), "long"))
    return code


def _at_its_place(question: Question, given: str, language: str) -> str:
    """Of an order that is none, because two answers have one place."""
    code, _colon, place = given.rpartition(PLACED)
    option = question.option(code)
    return given if option is None else f"{option.label[language]}: {place}"
