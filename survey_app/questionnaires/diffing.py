"""Placeholder until the comparison lands."""

from collections.abc import Mapping

from survey_app.questionnaires.question_set import Question, QuestionSet


def compare(before: QuestionSet, after: QuestionSet) -> Mapping[str, str]:
    found = {
        name: _class(before.questions.get(name), question)
        for name, question in after.questions.items()
    }
    gone = set(before.questions) - set(after.questions)
    return {**found, **dict.fromkeys(sorted(gone), "removed")}


def _class(before: Question | None, after: Question) -> str:
    if before is None:
        return "new"
    if before.type != after.type:
        return "meaning"
    if before.codes != after.codes:
        return "options"
    if dict(before.title) != dict(after.title):
        return "wording"
    return "same"
