"""Pages on which a respondent reads back what was said, before and after sending."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires.question_set import Question, QuestionType
from survey_app.responses.asking_back import about_word
from survey_app.responses.changing import may_change
from survey_app.responses.models import ABOUT
from survey_app.responses.news import news_for
from survey_app.responses.page_views import (
    CHECK_PAGE,
    messages,
    plain_page,
    sign_for,
)
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import Visit
from survey_app.responses.wording import words_of


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A question and its answer; ``rows`` are those of a matrix."""

    page_id: str
    title: str
    question: Question
    said: Said
    rows: tuple[tuple[Question, Said], ...] = ()
    about: tuple[str, ...] = ()  # asked back: what a text was about


def check_page(visit: Visit, key: str, language: str, reason: str | None = None) -> str:
    return plain_page(
        "check",
        visit.question_set,
        language,
        key=key,
        rows=list(_read_back(visit, language)),
        words_of=words_of,
        changing=visit.change is not None,
        token=sign_for(visit, CHECK_PAGE),
        message=None if reason is None else messages()[reason],
    )


def answers_page(visit: Visit, key: str, language: str) -> str:
    """What was sent, also while it is being changed."""
    changing, visit = _changing(visit), visit.as_sent
    return plain_page(
        "answers",
        visit.question_set,
        language,
        key=key,
        rows=list(_read_back(visit, language)),
        words_of=words_of,
        receipt=visit.receipt,
        changing=changing,
    )


def _read_back(visit: Visit, language: str) -> Iterator[ReadBack]:
    for page in visit.pages:
        for question in page.questions:
            if question.type is QuestionType.INFO:
                continue
            title = question.title_for(question.wording(visit.answers))[language]
            title = visit.in_words(title, language)
            rows = question.parts if question.type is QuestionType.MATRIX else ()
            yield ReadBack(
                page.id,
                title,
                question,
                visit.said.get(question.id, NOTHING),
                tuple((row, visit.said.get(row.id, NOTHING)) for row in rows),
                _about(visit, question, language),
            )


def _about(visit: Visit, question: Question, language: str) -> tuple[str, ...]:
    said = visit.said.get(f"{question.id}{ABOUT}", NOTHING)
    return tuple(about_word(code, language) for code in said.codes)


def thanks_page(visit: Visit, key: str, language: str) -> str:
    question_set, changing, visit = visit.question_set, _changing(visit), visit.as_sent
    return plain_page(
        "thanks",
        question_set,
        language,
        key=key,
        receipt=visit.receipt,
        changing=changing,
        news=news_for(get_session(), visit),
        title=visit.in_words(question_set.thanks_title[language], language),
        text=visit.in_words(question_set.thanks_text[language], language),
    )


def _changing(visit: Visit) -> str | None:
    """Whether changing the answers is offered, or was begun."""
    if not may_change(visit, at=now()):
        return None
    return "offered" if visit.change is None else "open"
