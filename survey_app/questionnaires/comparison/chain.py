"""How far answers may be compared over several versions, one step after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.questionnaires.comparison.questions import ORDER, Comparability
from survey_app.questionnaires.question_set import Question, QuestionType, Texts
from survey_app.questionnaires.question_types import TEXT_TYPES


@dataclass(frozen=True, slots=True)
class Step:
    """A version, with how its questions compare to those before it, as published."""

    comparability: Mapping[str, str]
    questions: Mapping[str, Question]  # none where this program cannot read it


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far answers to a question of the first and the last version are alike."""

    question_id: str
    title: Texts
    what: Comparability
    codes: frozenset[str] | None = None  # the options alike; None: whatever is said
    is_written: bool = False  # whether people write a text there

    @property
    def is_comparable(self) -> bool:
        return self.what in COMPARABLE

    def holds(self, code: str | None) -> bool:
        """Whether an answer, with the option that was ticked, may be compared."""
        told = self.codes is None or code is None or code in self.codes
        return self.is_comparable and told


COMPARABLE = (Comparability.SAME, Comparability.WORDING, Comparability.OPTIONS)


def chained(steps: Sequence[Step]) -> dict[str, Likeness]:
    """The questions of the first or last of these versions; the worst class wins.

    A question that was away in between was compared with its last words when it came
    back. What no version was compared with counts as another meaning.
    """
    first, last = steps[0].questions, steps[-1].questions
    return {
        name: _likeness(name, steps)
        for name, question in {**last, **first}.items()
        if question.type is not QuestionType.INFO
    }


def _likeness(name: str, steps: Sequence[Step]) -> Likeness:
    asked = [step.questions[name] for step in steps if name in step.questions]
    what = _worst(name, steps)
    return Likeness(
        name,
        asked[-1].title,
        what,
        codes=_shared_codes(asked) if what is Comparability.OPTIONS else None,
        is_written=any(_is_written(question) for question in asked),
    )


def _worst(name: str, steps: Sequence[Step]) -> Comparability:
    if name not in steps[0].questions:
        return Comparability.NEW
    if name not in steps[-1].questions:
        return Comparability.REMOVED
    classes = [
        _class_of(step.comparability.get(name))
        for step in steps[1:]
        if name in step.questions
    ]
    return max(classes, key=ORDER.index, default=Comparability.SAME)


def _class_of(stored: object) -> Comparability:
    known = {each.value: each for each in ORDER}
    return known.get(str(stored), Comparability.MEANING)


def _shared_codes(asked: Sequence[Question]) -> frozenset[str] | None:
    """The options that all versions offer and count alike; None without options."""
    if not any(question.options for question in asked):
        return None
    alike = [
        {
            (option.code, option.missing, option.exclusive, option.touchpoints)
            for option in question.options
        }
        for question in asked
    ]
    return frozenset(code for code, *_counted in set.intersection(*alike))


def _is_written(question: Question) -> bool:
    return question.type in TEXT_TYPES or question.written is not None
