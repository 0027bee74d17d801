"""Staff pages: which pages follow from which answers, before anybody answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.questionnaires.draft_pages import draw, open_draft
from survey_app.questionnaires.pages import PREFIX
from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.question_set import (
    Page,
    Question,
    QuestionSet,
)
from survey_app.questionnaires.rules import (
    META,
    Condition,
    Value,
    referred_questions,
)
from survey_app.questionnaires.wording import ask_in, lexicon_of, say_condition

bp = access.staff_blueprint("paths", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES)


@dataclass(frozen=True, slots=True)
class Step:
    """A page, on the path or not, in the words that these answers call for."""

    page: Page
    number: int
    is_shown: bool
    rule: str
    titles: tuple[str, ...]


@bp.get("/drafts/<int:draft_id>/path")
def show(draft_id: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    question_set = draft.reading.question_set
    if question_set is None:
        return draw("path", draft, deciding=(), steps=(), given={})
    language = ask_in(question_set.languages)
    deciding = tuple(_deciding(question_set))
    given = {asked.id: request.args.getlist(f"answer_{asked.id}") for asked in deciding}
    answers = _answers(question_set, given) | {f"{META}language": language}
    return draw(
        "path",
        draft,
        deciding=deciding,
        steps=tuple(_steps(question_set, answers, language)),
        given=given,
        language=language,
    )


def _conditions(question_set: QuestionSet) -> Iterator[Condition | None]:
    for page in question_set.pages:
        yield page.show_if
        for question in page.questions:
            yield from (variant.when for variant in question.variants)


def _deciding(question_set: QuestionSet) -> Iterator[Question]:
    """The questions that any rule looks at, in the order in which they are asked."""
    looked_at = {
        name
        for condition in _conditions(question_set)
        for name in referred_questions(condition)
    }
    for page in question_set.pages:
        yield from (part for part in page.parts if part.id in looked_at)


def _answers(
    question_set: QuestionSet, given: dict[str, list[str]]
) -> dict[str, Value]:
    """Of a respondent who comes by the address, at a desk."""
    asked = question_set.questions_by_answer
    said = {name: _value(asked[name], words) for name, words in given.items()}
    known = {
        f"{META}privacy_mode": str(question_set.settings.privacy_mode),
        f"{META}source": "link",
        f"{META}device": "desktop",
    }
    return {**said, **known}


def _value(question: Question, given: list[str]) -> Value:
    chosen = tuple(word for word in given if word)
    try:
        return question.value_of(chosen, chosen[0] if chosen else None)
    except ValueError:  # no number where one is asked: nothing is answered
        return None


def _steps(
    question_set: QuestionSet, answers: dict[str, Value], language: str
) -> Iterator[Step]:
    shown = visible_pages(question_set, answers)
    lexicon = lexicon_of(question_set, language)
    for number, page in enumerate(question_set.pages, 1):
        yield Step(
            page,
            number,
            page in shown,
            say_condition(page.show_if, lexicon) if page.show_if else "",
            tuple(
                asked.title_for(asked.wording(answers))[language]
                for asked in page.questions
            ),
        )
