"""Drawing a question page: the words from a cache, the answers filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import render_template

from survey_app.questionnaires.path import Progress
from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Page,
    Question,
    QuestionSet,
)
from survey_app.responses.forms import answer_field, detail_field
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.slots import SlottedPage, slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All that decides the words of a page; equal layouts are drawn once."""

    question_set: QuestionSet
    page: Page
    language: str
    wordings: tuple[int | None, ...]
    progress: Progress
    is_first: bool  # nothing is stored yet: this is the front page
    has_back: bool
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a page comes back: sentences by field, and what was changed elsewhere."""

    message: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a template writes it."""

    question: Question
    title: str
    hint: str | None
    field: str
    detail_field: str


def draw_page(
    layout: Layout,
    *,
    token: str,
    action: str,
    said: Mapping[str, Said],
    trouble: Trouble | None = None,
) -> str:
    page = _plain_page(layout) if trouble is None else _draw(layout, trouble)
    filled = {"token": token, "action": action, **dict(_answers(layout.page, said))}
    return page.fill(filled)


@lru_cache(maxsize=2048)
def _plain_page(layout: Layout) -> SlottedPage:
    return _draw(layout, None)


def _draw(layout: Layout, trouble: Trouble | None) -> SlottedPage:
    html = render_template(
        "responses/question_page.html",
        layout=layout,
        question_set=layout.question_set,
        page=layout.page,
        lang=layout.language,
        progress=layout.progress,
        asked=list(_asked(layout)),
        trouble=trouble,
        slot=slot,
    )
    return SlottedPage(html)


def _asked(layout: Layout) -> Iterator[Asked]:
    for question, wording in zip(layout.page.questions, layout.wordings, strict=True):
        hint = question.hint_for(wording)
        yield Asked(
            question=question,
            title=question.title_for(wording)[layout.language],
            hint=None if hint is None else hint[layout.language],
            field=answer_field(question),
            detail_field=detail_field(question),
        )


def _answers(page: Page, said: Mapping[str, Said]) -> Iterator[tuple[str, str]]:
    for question in page.questions:
        answer = said.get(question.id, NOTHING)
        name = answer_field(question)
        if question.options:
            for code in answer.codes:
                yield f"checked:{name}:{code}", "checked"
            yield f"text:{detail_field(question)}", answer.text or ""
        elif question.type in TEXT_TYPES:
            yield f"text:{name}", answer.text or ""
        else:
            yield f"text:{name}", answer.text or "".join(answer.codes)
