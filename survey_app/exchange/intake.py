"""A file on its way in: what its conditions and texts say of what was asked before."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from survey_app.exchange.expressions.grammar import Dialect, parse, parse_wording
from survey_app.exchange.expressions.pieces import Cases, UncarriedConditionError
from survey_app.exchange.fitting import fitted
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import ONE_LEFT_OUT, OTHERS_LEFT_OUT
from survey_app.exchange.speech import Raw
from survey_app.questionnaires.piping import PLACEHOLDER
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Question, Texts, Variant
from survey_app.questionnaires.rules import Condition

Raws = Mapping[str, Raw]  # the texts of a question, as the file calls them
When = tuple[Condition, Raws]
LONGEST_QUOTE = 200


def _as_it_is(condition: Condition) -> Condition:
    return condition


@dataclass(slots=True, kw_only=True)
class Intake:
    """Knows each answer by its name in the file: our id of it, and our question."""

    losses: Losses
    dialect: Dialect
    amended: Callable[[Condition], Condition] = _as_it_is
    answer: re.Pattern[str] = PLACEHOLDER  # in a text, with what stands there otherwise
    sign: str = ""  # before the braces of an answer in a text
    asked: dict[str, tuple[str, Question]] = field(default_factory=dict)
    calculations: dict[str, str] = field(default_factory=dict)
    _worded: set[str] = field(default_factory=set)

    def remember(self, name: str, question: Question, answer_id: str = "") -> None:
        self.asked[name] = (answer_id or question.id, question)

    def condition(self, text: str, place: str) -> Condition | None:
        if not text:
            return None
        try:
            return self._fitted(parse(text, self.dialect))
        except UncarriedConditionError:
            short = text[:LONGEST_QUOTE]
            sentence = _("Its condition is not carried over: %(text)s", text=short)
            self.losses.note(place, sentence)
            return None

    def placed(self, text: str) -> str:
        """The text with the answers in it by our names."""
        return self.answer.sub(self._placeholder, text)

    def unfolded(self, raws: Raws, place: str) -> tuple[Raws, list[When]]:
        """Texts as they usually are, and as they are under conditions."""
        found = {
            (key, language): self._cases(text)
            for key, raw in raws.items()
            for language, text in raw.items()
        }
        whens = {tuple(when for when, _text in each.cases) for each in found.values()}
        conditions = self._conditions(whens - {()}, place)

        def texts(case: int | None) -> Raws:
            return {
                key: {name: _text_of(found[key, name], case) for name in raw}
                for key, raw in raws.items()
            }

        return texts(None), [(when, texts(case)) for case, when in conditions]

    def uncarried(self) -> Iterator[str]:
        """What is calculated for something else than a text."""
        return (name for name in self.calculations if name not in self._worded)

    def _conditions(
        self, whens: set[tuple[Condition, ...]], place: str
    ) -> Iterator[tuple[int, Condition]]:
        """The conditions that the texts have in common."""
        if len(whens) > 1:
            self.losses.note(place, OTHERS_LEFT_OUT)
            return
        for case, when in enumerate(chain.from_iterable(whens)):
            try:
                yield case, self._fitted(when)
            except UncarriedConditionError:
                self.losses.note(place, ONE_LEFT_OUT)

    def _cases(self, text: str) -> Cases:
        found = self.answer.fullmatch(text.strip())
        calculation = self.calculations.get(found[1]) if found else None
        if found is None or calculation is None:
            return Cases((), text)
        try:
            cases = parse_wording(calculation, self.dialect)
        except UncarriedConditionError:
            return Cases((), text)
        self._worded.add(found[1])
        signed = tuple((when, self._signed(said)) for when, said in cases.cases)
        return Cases(signed, self._signed(cases.otherwise))

    def _signed(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda found: f"{self.sign}{found[0]}", text)

    def _fitted(self, condition: Condition) -> Condition:
        return fitted(self.amended(condition), self.asked)

    def _placeholder(self, found: re.Match[str]) -> str:
        known = self.asked.get(found[1])
        return "…" if known is None else f"{{{known[0]}|{found[2] or '…'}}}"


def variant_of(
    question: Question, when: Condition, title: Texts, hint: Texts | None
) -> Variant:
    """Only the words that differ; one that changes nothing still keeps its turn."""
    is_other = hint is not None and hint != question.hint
    return Variant(
        when=when,
        title=None if is_other and title == question.title else title,
        hint=hint if is_other else None,
    )


def _text_of(cases: Cases, case: int | None) -> str:
    if case is None or not cases.cases:
        return cases.otherwise
    return cases.cases[case][1]
