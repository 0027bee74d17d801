"""What a new version changes, and what may still be compared with the one before."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.questionnaires.comparison.frame import frame_changes
from survey_app.questionnaires.comparison.questions import (
    Comparability,
    QuestionChange,
    compare_question,
)
from survey_app.questionnaires.comparison.translations import stale_translations
from survey_app.questionnaires.problems import Message, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Question, QuestionSet

__all__ = ["Comparability", "Comparison", "QuestionChange", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version against the one before it, question by question and in the rest."""

    questions: tuple[QuestionChange, ...]  # in the order of the new version, then gone
    frame: tuple[Message, ...]  # pages, rules, settings, texts around the questions
    warnings: tuple[Problem, ...]

    @property
    def comparability(self) -> dict[str, str]:
        """Per question id, as it is stored on a version."""
        return {change.question_id: change.what.value for change in self.questions}

    @property
    def differs(self) -> bool:
        changed = any(
            change.what is not Comparability.SAME or change.reasons
            for change in self.questions
        )
        return changed or bool(self.frame)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Questions that mean something else, and so need another id."""
        return tuple(
            Problem(
                "E_MEANING_CHANGED",
                change.path,
                _("“%(name)s” means something else now.", name=change.question_id),
                _("Give it a new id, so that its answers are counted apart."),
            )
            for change in self.questions
            if change.what is Comparability.MEANING
        )


def compare(
    before: QuestionSet, after: QuestionSet, earlier: Mapping[str, Question] = {}
) -> Comparison:
    """What changed; ``earlier`` are questions of versions before that one."""
    known = {**earlier, **before.questions}
    changes = [
        _change(known.get(name), question, after)
        for name, question in after.questions.items()
    ]
    gone = [
        QuestionChange(name, Comparability.REMOVED)
        for name in before.questions
        if name not in after.questions
    ]
    return Comparison(
        tuple(changes + gone),
        tuple(frame_changes(before, after)),
        tuple(stale_translations(before, after)),
    )


def _change(old: Question | None, new: Question, after: QuestionSet) -> QuestionChange:
    path = place_in(after, new.id)
    if old is None:
        return QuestionChange(new.id, Comparability.NEW, path=path)
    return compare_question(old, new, path=path)


def place_in(question_set: QuestionSet, question_id: str) -> tuple[str | int, ...]:
    return next(
        ("pages", page_number, "questions", number)
        for page_number, page in enumerate(question_set.pages)
        for number, question in enumerate(page.questions)
        if question.id == question_id
    )
