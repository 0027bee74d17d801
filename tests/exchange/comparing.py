"""What of a question set another format carries, to compare before and after."""

import re
from typing import Any

from survey_app.exchange.speech import plain_text
from survey_app.questionnaires.question_set import (
    WRITTEN_TYPES,
    Detail,
    Option,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.reading.options import NPS_LABELS
from survey_app.questionnaires.rules import Answers, AnswerTo, Condition, MetaOf

PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


def as_written(source: str) -> QuestionSet:
    question_set = inspect_question_set(source).question_set
    assert question_set is not None
    return question_set


def carried(question_set: QuestionSet) -> list[dict[str, Any]]:
    """Pages with their questions; not what belongs to our analysis and settings."""
    return [
        {
            "id": page.id,
            "title": words(page.title),
            "questions": [about(question) for question in page.questions],
        }
        for page in question_set.pages
    ]


def about(question: Question) -> dict[str, Any]:
    kind = question.type
    if kind is QuestionType.NPS and not _has_usual_ends(question):
        kind = QuestionType.SCALE  # the same points, with other words at the ends
    return {
        "id": question.id,
        "type": kind,
        "title": words(question.title),
        "hint": words(question.hint),
        "required": question.required,
        "options": [option_in(option, kind) for option in question.options],
        "rows": [option_in(row, kind) for row in question.rows],
        "detail": detail_in(question.detail),
        "max_length": None if kind is QuestionType.EMAIL else question.max_length,
        "bounds": (question.minimum, question.maximum),
        "days": (question.earliest, question.latest),
        "ends": (words(question.low_label), words(question.high_label)),
    }


def option_in(option: Option, kind: QuestionType) -> tuple[Any, ...]:
    """Only of several answers can one exclude the others."""
    is_alone = option.exclusive and kind is QuestionType.MULTI
    return option.code, words(option.label), is_alone, detail_in(option.detail)


def detail_in(detail: Detail | None) -> tuple[Any, ...] | None:
    return None if detail is None else (words(detail.label), detail.max_length)


def words(texts: Texts | None) -> dict[str, str]:
    """Without how lines were broken, and what stands there without an answer."""
    return {
        language: " ".join(plain_text(PLACEHOLDER.sub(r"{\1}", text)).split())
        for language, text in (texts or {}).items()
    }


def shown_for(question: Question, answers: Answers) -> tuple[dict[str, str], ...]:
    """Title and hint as somebody with these answers reads them."""
    wording = question.wording(answers)
    return words(question.title_for(wording)), words(question.hint_for(wording))


def is_said(text: str, said: str | None) -> bool:
    """Whether that is the text, with whatever for the answers in it."""
    parts = re.split(r"\{\w+\}", text)
    pattern = ".*".join(re.escape(part.strip()) for part in parts)
    return re.fullmatch(pattern, (said or "").strip()) is not None


def asks_what_no_format_knows(condition: Condition) -> bool:
    return any(isinstance(operand, MetaOf) for operand in condition.operands())


def is_lost_on_the_way(condition: Condition, question_set: QuestionSet) -> bool:
    """What is compared with a text comes back nowhere; that there is one does."""
    asked = question_set.questions_by_answer
    return asks_what_no_format_knows(condition) or any(
        isinstance(comparison.left, AnswerTo)
        and asked[comparison.left.question_id].type in WRITTEN_TYPES
        for comparison in condition.comparisons()
    )


def _has_usual_ends(question: Question) -> bool:
    low, high = question.low_label, question.high_label
    return (low, high) == (NPS_LABELS["low_label"], NPS_LABELS["high_label"])
