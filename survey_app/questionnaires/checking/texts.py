"""Whether texts are plain, and ask only for answers that are there by then."""

import re
from collections.abc import Iterator, Mapping

from survey_app.questionnaires.piping import Placeholder, placeholders
from survey_app.questionnaires.problems import Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import LayoutKind, QuestionSet
from survey_app.questionnaires.texts import (
    CONTROL_CHARACTERS,
    PlacedText,
    Position,
    texts_of,
)

MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]*>|<!|&(?:[a-zA-Z]{2,10}|#[0-9]{1,6});"  # HTML
    r"|\*\*\S|\]\(https?:"  # Markdown
)
LONGEST_TEXT = 20_000


def check_texts(question_set: QuestionSet) -> Iterator[Problem]:
    positions = {
        answer_id: (page_number, number)
        for page_number, page in enumerate(question_set.pages)
        for number, question in enumerate(page.questions)
        for answer_id in question.answer_ids
    }
    layout = question_set.settings.layout
    for placed in texts_of(question_set):
        for language, text in placed.texts.items():
            place = (*placed.path, language)
            yield from _check_characters(place, text)
            yield from _check_markup(place, text)
            for placeholder in placeholders(text):
                yield from _check_placeholder(
                    place, placeholder, placed, positions, layout
                )


def _check_characters(path: Path, text: str) -> Iterator[Problem]:
    found = CONTROL_CHARACTERS.search(text)
    if found is not None:
        yield Problem(
            "E_BAD_CHARACTER",
            path,
            _(
                "The character U+%(number)s controls a device; nobody can read it.",
                number=f"{ord(found[0]):04X}",
            ),
            _("Take it out; new lines and tabs may stay."),
        )


def _check_markup(path: Path, text: str) -> Iterator[Problem]:
    found = MARKUP.search(text)
    if found is not None:
        yield Problem(
            "E_BAD_MARKUP",
            path,
            _("Texts are plain; “%(found)s” would be shown as it is.", found=found[0]),
            _("Leave the markup out; an empty line makes a new paragraph."),
        )
    if len(text) > LONGEST_TEXT:
        yield Problem(
            "E_BAD_LENGTH",
            path,
            _("This text has %(length)s characters.", length=len(text)),
            _("Shorten it to %(limit)s.", limit=LONGEST_TEXT),
        )


def _check_placeholder(
    path: Path,
    placeholder: Placeholder,
    placed: PlacedText,
    positions: Mapping[str, Position],
    layout: LayoutKind,
) -> Iterator[Problem]:
    name = placeholder.answer_id
    if not _is_known(positions.get(name), placed, layout):
        yield Problem(
            "E_PLACEHOLDER_UNDECLARED",
            path,
            _("“%(name)s” is not answered before this text is shown.", name=name[:60]),
            _("Answers go into titles, hints and the thanks, on a later page."),
        )
    elif not placeholder.fallback:
        yield Problem(
            "E_PLACEHOLDER_NO_FALLBACK",
            path,
            _(
                "Nothing would stand here for people who left “%(name)s” open.",
                name=name,
            ),
            _("Write what to say then: {%(name)s|…}.", name=name),
        )


def _is_known(found: Position | None, placed: PlacedText, layout: LayoutKind) -> bool:
    """Only an answer on an earlier page is there when a page is drawn."""
    if found is None or placed.position is None:
        return False
    if placed.path[0] == "thanks":
        return True
    if layout is LayoutKind.QUESTION_PER_PAGE:
        return found < placed.position
    return layout is LayoutKind.PAGE and found[0] < placed.position[0]
