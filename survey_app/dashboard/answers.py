"""A response's answers as they were asked, each with what was found in its words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from survey_app.dashboard.marking import Stretch, stretches
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.piping import fill
from survey_app.questionnaires.question_set import (
    Page,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
    row_id,
)
from survey_app.questionnaires.rules import Answers
from survey_app.responses.models import Answer
from survey_app.responses.posted import PLACED
from survey_app.touchpoints.here import catalogue_here

ASKED_BACK = "__about"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysedAnswer:
    """One box of text with its mentions."""

    stretches: tuple[Stretch, ...]
    text: str
    language: str | None
    mentions: Sequence[Mention]
    factors: Sequence[FoundFactor]
    analysed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """``rows`` are those of a matrix that were answered, each with its label."""

    question_id: str
    title: str
    ticked: tuple[str, ...] = ()
    is_ranked: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    answers: tuple[AnalysedAnswer, ...] = ()
    about: str | None = None  # what the respondent said a vague text was about

    @property
    def skipped(self) -> bool:
        return not (self.ticked or self.rows or self.answers)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One response's answers, on the path only, and what is known of their texts."""

    question_set: QuestionSet
    said: Answers  # as conditions look at them
    language: str
    analyses: Mapping[int, AnalysedText] = field(default_factory=dict)
    factors: Mapping[int, Sequence[FoundFactor]] = field(default_factory=dict)

    def questions(self, answers: Sequence[Answer]) -> list[AnsweredQuestion]:
        """What was asked in the order of asking, then answers to anything else."""
        by_id: dict[str, list[Answer]] = {}
        for answer in sorted(answers, key=lambda each: each.position):
            if answer.on_path:
                by_id.setdefault(answer.question_id, []).append(answer)
        asked = [self._asked(question, by_id) for question in self._on_path(by_id)]
        known = self.question_set.questions_by_answer
        loose = [
            self._loose(name, rows)
            for name, rows in by_id.items()
            if name not in known and not name.endswith(ASKED_BACK)
        ]
        return [*asked, *loose]

    def _on_path(self, answered: Mapping[str, object]) -> Iterator[Question]:
        """An import may hold answers to what its own questionnaire would not ask."""
        visible = {page.id for page in visible_pages(self.question_set, self.said)}
        for page in self.question_set.pages:
            for question in page.questions:
                is_asked = page.id in visible or _is_answered(question, answered)
                if is_asked and question.type is not QuestionType.INFO:
                    yield question

    def _asked(
        self, question: Question, by_id: Mapping[str, Sequence[Answer]]
    ) -> AnsweredQuestion:
        rows = by_id.get(question.id, ())
        is_tied = any(PLACED in (row.code or "") for row in rows)
        return AnsweredQuestion(
            question_id=question.id,
            title=self.title(question),
            ticked=tuple(self._label(question, row) for row in rows if row.code),
            is_ranked=question.type is QuestionType.RANKING and not is_tied,
            rows=tuple(self._matrix(question, by_id)),
            answers=tuple(self._analysed(row) for row in rows if row.text),
            about=self._about(by_id.get(f"{question.id}{ASKED_BACK}", ())),
        )

    def _loose(self, name: str, rows: Sequence[Answer]) -> AnsweredQuestion:
        return AnsweredQuestion(
            question_id=name,
            title=name,
            ticked=tuple(row.code for row in rows if row.code),
            answers=tuple(self._analysed(row) for row in rows if row.text),
        )

    def _matrix(
        self, question: Question, by_id: Mapping[str, Sequence[Answer]]
    ) -> Iterator[tuple[str, str]]:
        if question.type is not QuestionType.MATRIX:
            return
        for row in question.rows:
            for answer in by_id.get(row_id(question.id, row.code), ()):
                yield self._in(row.label), self._label(question, answer)

    def title(self, question: Question) -> str:
        """In the words that this respondent was asked in, earlier answers and all."""
        words = self._in(question.title_for(question.wording(self.said)))
        return fill(words, self.question_set, self.language, self.said)

    def page_title(self, page: Page) -> str:
        if page.title is not None:
            return self._in(page.title)
        return self.title(page.questions[0]) if page.questions else page.id

    def _label(self, question: Question, answer: Answer) -> str:
        code = answer.code or ""
        option = question.option(code)
        if option is None and question.type is QuestionType.RANKING:
            return self._at_its_place(question, code)
        return self._in(option.label) if option else code

    def _at_its_place(self, question: Question, given: str) -> str:
        """Broken off while two answers had one place: which place each was given."""
        code, _colon, place = given.rpartition(PLACED)
        option = question.option(code)
        if option is None:
            return given
        label = self._in(option.label)
        return str(_("%(answer)s (place %(place)s)", answer=label, place=place))

    def _about(self, rows: Sequence[Answer]) -> str | None:
        code = next((row.code for row in rows if row.code), None)
        return None if code is None else catalogue_here().name(code, self.language)

    def _analysed(self, answer: Answer) -> AnalysedAnswer:
        text, analysis = answer.text or "", self.analyses.get(answer.id)
        mentions = analysis.mentions if analysis else []
        return AnalysedAnswer(
            stretches=mark(text, mentions),
            text=text,
            language=analysis.language if analysis else None,
            mentions=mentions,
            factors=self.factors.get(analysis.id, ()) if analysis else (),
            analysed=analysis is not None,
        )

    def _in(self, texts: Texts) -> str:
        return texts.get(self.language) or next(iter(texts.values()))


def mark(text: str, mentions: Sequence[Mention]) -> tuple[Stretch, ...]:
    return stretches(text, [(m.start, m.end, m.polarity) for m in mentions])


def _is_answered(question: Question, answered: Mapping[str, object]) -> bool:
    return not answered.keys().isdisjoint(question.answer_ids)
