"""A question set on its way into another format: its conditions and texts there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from survey_app.exchange.expressions.grammar import LONGEST
from survey_app.exchange.expressions.pieces import UncarriedConditionError
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import (
    ONE_LEFT_OUT,
    OTHERS_LEFT_OUT,
    note_placeholders,
    note_what_stays_behind,
    without_fallback,
)
from survey_app.exchange.phrasing import Phrases, phrased, spoken
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Question, QuestionSet, Texts
from survey_app.questionnaires.rules import Condition

Wording = int | None  # the place of a variant, or the words of the question itself


@dataclass(slots=True)
class Export:
    """Words things with the phrases of a format, and notes what it cannot hold."""

    question_set: QuestionSet
    phrases: Phrases
    losses: Losses = field(default_factory=Losses)

    def __post_init__(self) -> None:
        note_what_stays_behind(self.question_set, self.losses)

    def condition(self, condition: Condition | None, place: str) -> str:
        """Empty where there is none, or none that can be carried."""
        if condition is None:
            return ""
        try:
            return self._phrased(condition)
        except UncarriedConditionError:
            self.losses.note(
                place, _("Its condition is not carried over: it is always shown.")
            )
            return ""

    def texts(self, texts: Texts, place: str) -> Texts:
        note_placeholders(texts, place, self.losses)
        return {
            language: without_fallback(text, self.phrases.reference)
            for language, text in texts.items()
        }

    def worded(self, question: Question) -> tuple[Question, dict[str, str]]:
        """The question, and by name what is to be worked out for it.

        Its texts that depend on answers are a placeholder with such a name.
        """
        whens = dict(self._whens(question))
        changed: dict[str, Any] = {}
        needed: dict[str, str] = {}
        wordings: dict[str, Callable[[Wording], Texts | None]] = {
            "title": question.title_for,
            "hint": question.hint_for,
        }
        for key, wording in wordings.items():
            texts = [wording(place) or {} for place in (*whens, None)]
            if any(each != texts[-1] for each in texts):
                for language in self.question_set.languages:
                    name = f"{question.id}-{key}-{language}"
                    said = [each.get(language, "") for each in texts]
                    needed[name] = self._calculation(list(whens.values()), said)
                    changed.setdefault(key, {})[language] = f"{{{name}}}"
        if any(len(calculation) > LONGEST for calculation in needed.values()):
            self.losses.note(question.id, OTHERS_LEFT_OUT)
            return question, {}
        return replace(question, **changed), needed

    def _calculation(self, conditions: list[str], texts: list[str]) -> str:
        """Of the texts the one whose condition holds first, else the last."""
        *cases, said = (spoken(text, self.phrases) for text in texts)
        for condition, case in zip(conditions[::-1], cases[::-1], strict=True):
            said = self.phrases.chosen(condition, case, said)
        return said

    def _whens(self, question: Question) -> Iterator[tuple[int, str]]:
        for place, variant in enumerate(question.variants):
            try:
                yield place, self._phrased(variant.when)
            except UncarriedConditionError:
                self.losses.note(question.id, ONE_LEFT_OUT)

    def _phrased(self, condition: Condition) -> str:
        return phrased(condition, self.question_set.questions_by_answer, self.phrases)
