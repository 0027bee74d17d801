"""Drawing a question page: the words from a cache, the answers filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import render_template

from survey_app.questionnaires.path import Progress
from survey_app.questionnaires.piping import fill
from survey_app.questionnaires.question_set import (
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.rules import Answers
from survey_app.responses.answer_text import clean_text
from survey_app.responses.posted import CONSENT, FormValues, answer_field, detail_field
from survey_app.responses.said import Said
from survey_app.responses.slots import SlottedPage, slot
from survey_app.responses.wording import words_of

PIPED = "{"  # where an earlier answer goes; elsewhere it would be a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All that decides the words of a page; equal layouts are drawn once."""

    question_set: QuestionSet
    page: Page
    language: str
    wordings: tuple[int | None, ...]
    progress: Progress
    root: str
    in_frame: bool = False  # its addresses keep it in the frame of another page
    is_first: bool = False  # nothing is stored yet: this is the front page
    minutes: int | None = None  # how long it takes, told on the front page
    has_back: bool = False
    asks_back: bool = False  # it asks about a text that was just written
    previewed_draft: int | None = None  # whose notice it points to
    sends: bool = False  # its main button sends all answers
    given: frozenset[str] = frozenset()  # addresses given before, and not shown again

    @property
    def only_read(self) -> bool:
        return all(it.type is QuestionType.INFO for it in self.page.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a page comes back: sentences by field, and what was changed elsewhere."""

    message: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a template writes it; ``rows`` are those of a matrix."""

    question: Question
    title: str
    hint: str | None
    field: str
    detail_field: str
    rows: "tuple[Asked, ...]" = ()

    def fields(self) -> Iterator[str]:
        """The names of its fields, in the order in which they stand on the page."""
        if self.rows:
            yield from (row.field for row in self.rows)
        else:
            yield self.field
            yield self.detail_field


def draw_page(
    layout: Layout,
    *,
    frame: Mapping[str, str],
    values: FormValues,
    trouble: Trouble | None = None,
) -> str:
    """``frame`` holds what stands around the answers: address, token, piped texts."""
    page = _plain_page(layout) if trouble is None else _draw(layout, trouble)
    return page.fill({**frame, **dict(_fillings(layout.page, values))})


def piped_texts(layout: Layout, answers: Answers) -> Iterator[tuple[str, str]]:
    """Texts in which earlier answers stand, by the slot that each of them fills."""
    for name, text in _texts(layout):
        if PIPED in text:
            yield name, fill(text, layout.question_set, layout.language, answers)


def _texts(layout: Layout) -> Iterator[tuple[str, str]]:
    if layout.page.title is not None:
        yield "page", layout.page.title[layout.language]
    for question, wording in zip(layout.page.questions, layout.wordings, strict=True):
        yield f"title:{question.id}", question.title_for(wording)[layout.language]
        hint = question.hint_for(wording)
        if hint is not None:
            yield f"hint:{question.id}", hint[layout.language]


@lru_cache(maxsize=2048)
def _plain_page(layout: Layout) -> SlottedPage:
    return _draw(layout, None)


def _draw(layout: Layout, trouble: Trouble | None) -> SlottedPage:
    texts = {
        name: slot(name) if PIPED in text else text for name, text in _texts(layout)
    }
    html = render_template(
        "responses/question_page.html",
        layout=layout,
        question_set=layout.question_set,
        page=layout.page,
        lang=layout.language,
        progress=layout.progress,
        title=texts.get("page"),
        asked=list(_asked(layout, texts)),
        trouble=trouble,
        slot=slot,
        words_of=words_of,
        scripted=any(_is_scripted(question) for question in layout.page.questions),
    )
    return SlottedPage(html)


def _is_scripted(question: Question) -> bool:
    """Whether a script makes it easier; it never needs one."""
    is_ranking = question.type is QuestionType.RANKING
    return is_ranking or any(option.exclusive for option in question.options)


def _asked(layout: Layout, texts: Mapping[str, str]) -> Iterator[Asked]:
    for question in layout.page.questions:
        is_matrix = question.type is QuestionType.MATRIX
        yield Asked(
            question=question,
            title=texts[f"title:{question.id}"],
            hint=texts.get(f"hint:{question.id}"),
            field=answer_field(question),
            detail_field=detail_field(question),
            rows=tuple(_rows(question, layout.language)) if is_matrix else (),
        )


def _rows(matrix: Question, language: str) -> Iterator[Asked]:
    for row in matrix.parts:
        title = row.title[language]
        yield Asked(row, title, None, answer_field(row), detail_field(row))


def _fillings(page: Page, values: FormValues) -> Iterator[tuple[str, str]]:
    if CONSENT in values:
        yield f"checked:{CONSENT}", "checked"
    for part in page.parts:
        name = answer_field(part)
        if part.options:
            chosen = "selected" if part.type is QuestionType.RANKING else "checked"
            for value in values.getlist(name):
                yield f"{chosen}:{name}:{value}", chosen
        else:
            yield f"text:{name}", clean_text(values.get(name)) or ""
        if part.written is not None:
            name = detail_field(part)
            yield f"text:{name}", clean_text(values.get(name)) or ""
