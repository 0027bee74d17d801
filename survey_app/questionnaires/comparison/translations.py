"""Texts that were changed in one language, and in another left as they were."""

from collections.abc import Iterator, Mapping

from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.texts import PlacedText, texts_of

Key = tuple[str | int, ...]


def stale_translations(before: QuestionSet, after: QuestionSet) -> Iterator[Problem]:
    old = _by_name(before)
    for key, placed in _by_name(after).items():
        if key not in old:
            continue
        was, languages = old[key].texts, placed.texts
        stale = [name for name in languages if languages[name] == was.get(name)]
        if len(stale) < len(languages):
            for language in stale:
                yield Problem(
                    "W_TRANSLATION_STALE",
                    (*placed.path, language),
                    _("The text was changed in another language, but not in this one."),
                    _("See whether the translation still holds."),
                )


def _by_name(question_set: QuestionSet) -> Mapping[Key, PlacedText]:
    """Texts by what they belong to, which stays when pages change places."""
    return {_name(question_set, placed): placed for placed in texts_of(question_set)}


def _name(question_set: QuestionSet, placed: PlacedText) -> Key:
    match placed.path:
        case ("pages", int(page), "questions", int(number), key, int(place), *rest):
            question = question_set.pages[page].questions[number]
            if key in {"options", "rows"}:
                offered = question.options if key == "options" else question.rows
                return (question.id, key, offered[place].code, *rest)
            return (question.id, key, place, *rest)
        case ("pages", int(page), "questions", int(number), *rest):
            return (question_set.pages[page].questions[number].id, *rest)
        case ("pages", int(page), *rest):
            return ("pages", question_set.pages[page].id, *rest)
    return placed.path
