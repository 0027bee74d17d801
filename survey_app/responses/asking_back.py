"""Asking back: which part a short, vague text was about, if one wants to say."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Option,
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.responses.answer_text import count_characters
from survey_app.responses.models import ABOUT
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import Visit
from survey_app.touchpoints.catalogue import load_catalogue

SHORT = 60  # characters; whoever wrote more has mostly said it
OTHER = "other"
TITLE = {"nl": "Waar ging dat over?", "en": "Which part was that about?"}
OTHER_LABEL = {"nl": "Iets anders", "en": "Something else"}
# What customers speak of most; offered after what the question suggests.
COMMON = (
    "website",
    "product",
    "delivery",
    "price",
    "customer_service",
    "physical_store",
    "checkout",
    "returns",
)
MOST_OFFERED = 8


class TouchpointReader(Protocol):
    """Says whether a text names a touchpoint, or cannot be judged now."""

    def __call__(self, text: str, *, role: str, language: str) -> bool: ...

    def prepare(self) -> None:
        """Become able to judge, without making anybody wait."""


def find_vague(
    visit: Visit,
    page: Page,
    changed: Mapping[str, Said],
    read: TouchpointReader,
    language: str,
) -> Page | None:
    """What asks about the first text just written that does not tell it itself."""
    for question in page.questions:
        text = changed.get(question.id, NOTHING).text
        if text is None or not _may_be_vague(question, text):
            continue
        role = "" if question.analysis is None else question.analysis.role
        if not read(text, role=role, language=language):
            return about_page(visit.question_set, question.id)
    return None


def about_page_at(visit: Visit, page_id: str) -> Page | None:
    """The page at this address, when its text is there to be asked about."""
    question_id = page_id.removesuffix(ABOUT)
    if question_id == page_id or not visit.question_set.settings.ask_back:
        return None
    is_asked = any(question_id in page.answer_ids for page in visit.pages)
    if not is_asked or visit.said.get(question_id, NOTHING).text is None:
        return None
    return about_page(visit.question_set, question_id)


def page_of(visit: Visit, page: Page) -> Page:
    """The page on the path that a page belongs to: itself, or that of its text."""
    question_id = page.id.removesuffix(ABOUT)
    if question_id == page.id:
        return page
    return next(each for each in visit.pages if question_id in each.answer_ids)


def quoted(visit: Visit, page: Page) -> str:
    """The text that a page asks about."""
    return visit.said.get(page.id.removesuffix(ABOUT), NOTHING).text or ""


def forgotten_with(
    said: Mapping[str, Said], changed: Mapping[str, Said]
) -> dict[str, Said]:
    """What a text was about goes when the text becomes another one."""
    return {
        f"{question_id}{ABOUT}": NOTHING
        for question_id in changed
        if f"{question_id}{ABOUT}" in said
    }


@lru_cache(maxsize=1024)
def about_page(question_set: QuestionSet, question_id: str) -> Page:
    """One question, made once for each text: forms and drawings know it by itself."""
    name = f"{question_id}{ABOUT}"
    options = tuple(_offered(question_set.questions[question_id]))
    title = {language: TITLE[language] for language in question_set.languages}
    question = Question(id=name, type=QuestionType.CHOICE, title=title, options=options)
    return Page(id=name, questions=(question,))


def _may_be_vague(question: Question, text: str) -> bool:
    """Where the question itself names one touchpoint, everybody knows."""
    if question.type not in TEXT_TYPES or question.analysis is None:
        return False
    only_one = len(question.analysis.touchpoint_prior) == 1
    return not only_one and count_characters(text) <= SHORT


def _offered(question: Question) -> Iterator[Option]:
    prior = () if question.analysis is None else question.analysis.touchpoint_prior
    catalogue = load_catalogue().touchpoints
    codes = [code for code in dict.fromkeys((*prior, *COMMON)) if code in catalogue]
    for code in codes[:MOST_OFFERED]:
        yield Option(code=code, label=catalogue[code].names)
    yield Option(code=OTHER, label=OTHER_LABEL)
