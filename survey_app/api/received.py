"""Answers that a program sends, judged by the rules of the respondent's pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.question_set import (
    PICK_MORE_TYPES,
    TEXT_TYPES,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import Answers
from survey_app.responses.answer_text import clean_text
from survey_app.responses.forms import find_errors
from survey_app.responses.posted import as_posted
from survey_app.responses.said import Said, rule_values
from survey_app.web.problems import FieldError


def read_answers(sent: Mapping[str, Any]) -> dict[str, Said]:
    said = {
        question_id: Said(
            tuple(answer.get("codes") or ()), clean_text(answer.get("text"))
        )
        for question_id, answer in sent.items()
    }
    return {question_id: answer for question_id, answer in said.items() if answer}


def judge(
    question_set: QuestionSet, said: Mapping[str, Said], *, meta: Answers
) -> list[FieldError]:
    """Everything that a page would refuse, and what a page could not even send."""
    errors = list(_misplaced(question_set, said))
    if errors:
        return errors
    answers = {**meta, **rule_values(question_set, said)}
    pages = visible_pages(question_set, answers)
    asked = {answer_id for page in pages for answer_id in page.answer_ids}
    errors = [
        _wrong(name, _("This is not asked after the other answers."))
        for name in said
        if name not in asked
    ]
    for page in pages:
        for field, sentence in find_errors(page, as_posted(page, said)).items():
            errors.append(_wrong(field.partition("_")[2], sentence))
    return errors


def _misplaced(
    question_set: QuestionSet, said: Mapping[str, Said]
) -> Iterator[FieldError]:
    for name, answer in said.items():
        question = question_set.questions_by_answer.get(name)
        if question is None:
            yield _wrong(name, _("This version asks no such question."))
        elif question.type is QuestionType.EMAIL:
            yield _wrong(name, _("Contact details are not taken in here."))
        elif answer.codes and question.type in TEXT_TYPES:
            yield _wrong(name, _("This question is answered with a text."))
        elif len(answer.codes) > 1 and question.type not in PICK_MORE_TYPES:
            yield _wrong(name, _("This question takes one code."))
        elif answer.text and not _takes_text(question):
            yield _wrong(name, _("This question is answered with codes."))


def _takes_text(question: Question) -> bool:
    return question.type in TEXT_TYPES or question.written is not None


def _wrong(question_id: str, sentence: str) -> FieldError:
    return FieldError(f"/answers/{question_id}", sentence)
