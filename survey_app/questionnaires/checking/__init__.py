"""What must hold between the parts of a question set, once each part has its shape."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from survey_app.questionnaires.checking.conditions import check_conditions
from survey_app.questionnaires.checking.questions import check_question
from survey_app.questionnaires.checking.settings import check_settings
from survey_app.questionnaires.checking.texts import check_texts
from survey_app.questionnaires.problems import Message, Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    LayoutKind,
    Page,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.vocabulary import FREE_ROLES, RESERVED_PAGE_IDS, ROLES

# Columns of an import file, and texts imported without a question of ours.
RESERVED_QUESTION_IDS = (
    FREE_ROLES
    | ROLES
    | {
        "date",
        "id",
        "language",
        "question",
        "respondent_id",
        "submission_id",
        "submitted_at",
        "text",
        "wave",
    }
)


def check(
    question_set: QuestionSet, catalogues: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Every mistake that stops a question set from being put to respondents.

    ``catalogues`` holds the touchpoints that there are, by the id of their catalogue.
    """
    yield from _check_ids(question_set)
    yield from check_settings(question_set.settings)
    touchpoints = catalogues.get(question_set.touchpoints)
    if touchpoints is None:
        yield _unknown_catalogue(question_set.touchpoints, catalogues)
    mode = question_set.settings.privacy_mode
    for path, page in _pages(question_set):
        yield from _check_page(path, page, question_set.settings.layout)
        for number, question in enumerate(page.questions):
            place = (*path, "questions", number)
            yield from check_question(place, question, touchpoints, mode)
    yield from check_texts(question_set)
    yield from check_conditions(question_set)


def _unknown_catalogue(name: str, catalogues: Iterable[str]) -> Problem:
    return Problem(
        "E_CATALOGUE_UNKNOWN",
        ("touchpoints",),
        _("There is no catalogue of touchpoints “%(name)s”.", name=name[:60]),
        _("Choose from %(known)s.", known=", ".join(sorted(catalogues))),
    )


def _pages(question_set: QuestionSet) -> Iterator[tuple[Path, Page]]:
    for number, page in enumerate(question_set.pages):
        yield ("pages", number), page


def _check_ids(question_set: QuestionSet) -> Iterator[Problem]:
    pages = [((*path, "id"), page.id) for path, page in _pages(question_set)]
    questions = [
        ((*path, "questions", number, "id"), question.id)
        for path, page in _pages(question_set)
        for number, question in enumerate(page.questions)
    ]
    yield from _repeated(pages, _("Another page has this id."))
    yield from _repeated(questions, _("Another question has this id."))
    yield from _reserved(pages, RESERVED_PAGE_IDS)
    yield from _reserved(questions, RESERVED_QUESTION_IDS)


def _repeated(ids: Iterable[tuple[Path, str]], sentence: Message) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for path, name in ids:
        seen[name] += 1
        if seen[name] > 1:
            yield Problem("E_DUP_ID", path, sentence, _("Give one of them another id."))


def _reserved(
    ids: Iterable[tuple[Path, str]], reserved: frozenset[str]
) -> Iterator[Problem]:
    for path, name in ids:
        if name in reserved:
            yield Problem(
                "E_RESERVED_ID",
                path,
                _("“%(name)s” has a meaning of its own.", name=name),
                _("Choose another id."),
            )


def _check_page(path: Path, page: Page, layout: LayoutKind) -> Iterator[Problem]:
    if not page.questions:
        yield Problem(
            "E_EMPTY_PAGE",
            path,
            _("This page has no questions."),
            _("Add one, or leave the page out."),
        )
    asked = [each for each in page.questions if each.type is not QuestionType.INFO]
    several = len(page.questions) > 1
    if layout is LayoutKind.QUESTION_PER_PAGE:
        several = len(asked) < len(page.questions) > 1
    if several and page.title is None:
        yield Problem(
            "E_MISSING_TITLE",
            path,
            _("A page with several questions needs a title, for its heading."),
            _('Write title = { nl = "…", en = "…" }.'),
        )
