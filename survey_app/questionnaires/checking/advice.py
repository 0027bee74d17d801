"""What a good questionnaire does otherwise: warnings, which stop nobody."""

import re
from collections.abc import Iterator

from survey_app.questionnaires.problems import Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.texts import PlacedText, texts_of

LONGEST_TITLE = 120
MANY = 4  # questions from which it matters how many are required
FEW_WORDS = 3
STRAIGHT_QUOTE = re.compile(r"[\"']")
TWO_THINGS = re.compile(
    r"(?<![0-9]) (?:en|and|en/of|and/or|alsook) (?![0-9])", re.IGNORECASE
)
# One answer to two questions at once is only a trouble where it is one mark.
RATED = frozenset(
    {
        QuestionType.CHOICE,
        QuestionType.SCALE,
        QuestionType.NPS,
        QuestionType.YES_NO,
    }
)
WITH_WAY_OUT = frozenset({QuestionType.CHOICE, QuestionType.MULTI})
SAME_ANYWHERE = frozenset({"organisation", "contact"})  # names, addresses


def advise(question_set: QuestionSet) -> Iterator[Problem]:
    for placed in texts_of(question_set):
        yield from _about_text(placed)
    for page_number, page in enumerate(question_set.pages):
        for number, question in enumerate(page.questions):
            path = ("pages", page_number, "questions", number)
            yield from _about_question(path, question)
    yield from _about_required(question_set)


def _about_text(placed: PlacedText) -> Iterator[Problem]:
    for language, text in placed.texts.items():
        if found := STRAIGHT_QUOTE.search(text):
            yield Problem(
                "W_STRAIGHT_QUOTES",
                (*placed.path, language),
                _(
                    "There is a straight quotation mark (%(mark)s) in this text.",
                    mark=found[0],
                ),
                _("Write ’ or “ and ”."),
            )
    if placed.path[0] not in SAME_ANYWHERE:
        yield from _about_translation(placed.path, placed.texts)


def _about_translation(path: Path, texts: Texts) -> Iterator[Problem]:
    first, *others = texts.items()
    for language, text in others:
        if text == first[1] and len(text.split()) > FEW_WORDS:
            yield Problem(
                "W_TRANSLATION_STALE",
                (*path, language),
                _("This is the same text as in the first language."),
                _("Translate it."),
            )


def _about_question(path: Path, question: Question) -> Iterator[Problem]:
    yield from _about_title((*path, "title"), question.title)
    if question.type in RATED:
        yield from _about_two_things((*path, "title"), question.title)
    for number, row in enumerate(question.rows):
        yield from _about_two_things((*path, "rows", number, "label"), row.label)
    has_way_out = any(option.missing for option in question.options)
    if question.required and question.type in WITH_WAY_OUT and not has_way_out:
        yield Problem(
            "W_NO_DONT_KNOW",
            (*path, "required"),
            _("People who do not know have to choose something untrue."),
            _("Add an option with missing = true, or leave required out."),
        )


def _about_title(path: Path, title: Texts) -> Iterator[Problem]:
    for language, text in title.items():
        if len(text) > LONGEST_TITLE:
            yield Problem(
                "W_LONG_TITLE",
                (*path, language),
                _("This title has %(length)s characters.", length=len(text)),
                _("Ask it shorter, and put the explanation in hint."),
            )


def _about_two_things(path: Path, texts: Texts) -> Iterator[Problem]:
    for language, text in texts.items():
        if found := TWO_THINGS.search(text):
            word = found[0].strip()
            yield Problem(
                "W_DOUBLE_BARRELLED",
                (*path, language),
                _("This may ask two things at once: “%(word)s”.", word=word),
                _("Ask one thing, or make it two questions."),
            )


def _about_required(question_set: QuestionSet) -> Iterator[Problem]:
    asked = [
        question
        for question in question_set.questions.values()
        if question.type is not QuestionType.INFO
    ]
    required = sum(question.required for question in asked)
    if len(asked) >= MANY and required > len(asked) / 2:
        yield Problem(
            "W_MANY_REQUIRED",
            ("pages",),
            _(
                "%(required)s of %(asked)s questions must be answered.",
                required=required,
                asked=len(asked),
            ),
            _("Leave required out wherever an unanswered question does no harm."),
        )
