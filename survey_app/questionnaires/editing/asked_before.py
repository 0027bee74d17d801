"""What a rule in a draft may look at: the questions that are asked before it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.parts import (
    Place,
    each_question,
    tables_in,
    text_of,
    title_of,
)
from survey_app.questionnaires.question_set import QuestionType, row_id
from survey_app.questionnaires.reading.options import NPS_POINTS, YES_NO_LABELS
from survey_app.questionnaires.wording import QuestionWords


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """By the id of an answer: the words of its question, and its type."""

    words: Mapping[str, QuestionWords]
    types: Mapping[str, str]


def asked_before(
    data: Data, place: Place, language: str, *, inclusive: bool = False
) -> AskedBefore:
    words: dict[str, QuestionWords] = {}
    types: dict[str, str] = {}
    for other, question in each_question(data):
        is_earlier = (other.page, other.question) < (place.page, place.question)
        if not (is_earlier or inclusive) or not isinstance(question.get("id"), str):
            continue
        for answer_id, title in _answers(question, language):
            words[answer_id] = QuestionWords(title, _labels(question, language))
            types[answer_id] = str(question.get("type"))
    return AskedBefore(words, types)


def _answers(question: Data, language: str) -> Iterator[tuple[str, str]]:
    """The ids under which a question is answered; each row of a matrix has its own."""
    title = title_of(question, language)
    if question.get("type") == QuestionType.MATRIX:
        for row in tables_in(question, "rows"):
            label = text_of(row.get("label"), language)
            yield row_id(question["id"], str(row.get("code"))), f"{title} {label}"
    elif question.get("type") != QuestionType.INFO:
        yield question["id"], title


def _labels(question: Data, language: str) -> dict[str, str]:
    """The answers to choose from, by code; none where people write."""
    type_ = question.get("type")
    if type_ == QuestionType.YES_NO:
        return {code: label[language] for code, label in YES_NO_LABELS.items()}
    match NPS_POINTS if type_ == QuestionType.NPS else question.get("points"):
        case (int(first), int(last)) if 0 <= first < last <= first + 10:
            return {str(point): str(point) for point in range(first, last + 1)}
    return {
        str(option.get("code")): text_of(option.get("label"), language)
        or str(option.get("code"))
        for option in tables_in(question, "options")
    }
