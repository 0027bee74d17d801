"""The text box beside options: a question of its own in formats that have none."""

from dataclasses import replace

from survey_app.exchange.speech import Speech
from survey_app.questionnaires.question_set import (
    DETAIL_TYPES,
    Detail,
    Option,
    Question,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading.questions import SHORT_LENGTH

DETAIL = "__detail"  # behind the name of the question
OTHER_LABELS: Texts = {"nl": "Anders", "en": "Something else"}
DETAIL_LABELS: Texts = {"nl": "Namelijk", "en": "Please say"}
REMARK_LABELS: Texts = {"nl": "Toelichting", "en": "Tell us more"}


def detail_question(question: Question) -> Question | None:
    """The text box as a question."""
    written = question.written
    if written is None:
        return None
    return Question(
        id=f"{question.id}{DETAIL}",
        type=QuestionType.TEXT_SHORT,
        title=written.label,
        max_length=written.max_length,
    )


def with_detail(
    question: Question, label: Texts, max_length: int, shown_when: str
) -> Question:
    """The question with its text box again: of the option that it was shown for."""
    if question.type not in DETAIL_TYPES:
        return question
    detail = Detail(label=label, max_length=max_length)
    codes = (code for code in question.codes if f"'{code}'" in shown_when)
    shown_for = next(codes, None)
    if shown_for is None:
        return replace(question, detail=detail)
    options = tuple(
        replace(option, detail=detail) if option.code == shown_for else option
        for option in question.options
    )
    return replace(question, options=options)


def something_else(speech: Speech, label: Texts | None = None) -> Option:
    """An answer of their own, where the file says no more than that."""
    detail = Detail(label=speech.ours(DETAIL_LABELS), max_length=SHORT_LENGTH)
    label = label or speech.ours(OTHER_LABELS)
    return Option(code="other", label=label, detail=detail)
