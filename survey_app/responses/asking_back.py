"""Asking back: which part a short, vague text was about, if one wants to say."""

from collections.abc import Mapping
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
from survey_app.touchpoints.catalogue import Catalogue, is_own
from survey_app.touchpoints.here import catalogue_here

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
MOST_OWN = 3  # of those: what most customers speak of has to have a place, too


Offer = tuple[str, tuple[tuple[str, str], ...]]  # a touchpoint with its names


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


def about_page(question_set: QuestionSet, question_id: str) -> Page:
    """One question, with the touchpoints that the organisation has and shows."""
    catalogue = catalogue_here()
    question = question_set.questions[question_id]
    offers = tuple(
        (code, tuple(catalogue.touchpoints[code].names.items()))
        for code in _offered(question, catalogue)
    )
    return _page(question_set, question_id, offers)


@lru_cache(maxsize=1024)
def _page(
    question_set: QuestionSet, question_id: str, offers: tuple[Offer, ...]
) -> Page:
    """Made once for each text: forms and drawings know it by itself."""
    name = f"{question_id}{ABOUT}"
    options = (
        *(Option(code=code, label=dict(names)) for code, names in offers),
        Option(code=OTHER, label=OTHER_LABEL),
    )
    title = {language: TITLE[language] for language in question_set.languages}
    question = Question(id=name, type=QuestionType.CHOICE, title=title, options=options)
    return Page(id=name, questions=(question,))


def about_word(code: str, language: str) -> str:
    """What was chosen, also when it is no longer offered."""
    if code == OTHER:
        return OTHER_LABEL[language]
    return catalogue_here().name(code, language)


def _may_be_vague(question: Question, text: str) -> bool:
    """Where the question itself names one touchpoint, everybody knows."""
    if question.type not in TEXT_TYPES or question.analysis is None:
        return False
    only_one = len(question.analysis.touchpoint_prior) == 1
    return not only_one and count_characters(text) <= SHORT


def _offered(question: Question, catalogue: Catalogue) -> list[str]:
    """What the question suggests, what is the organisation's own, what is common."""
    prior = () if question.analysis is None else question.analysis.touchpoint_prior
    own = [code for code in catalogue.touchpoints if is_own(code)][:MOST_OWN]
    codes = dict.fromkeys((*prior, *own, *COMMON))
    return [code for code in codes if code in catalogue.touchpoints][:MOST_OFFERED]
