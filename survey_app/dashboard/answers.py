"""A response's answers in the order of its questions, each with what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.dashboard.marking import Stretch, stretches
from survey_app.insights.models import AnalysedText, FoundFactor, Mention
from survey_app.questionnaires.question_set import QuestionSet, Texts
from survey_app.questionnaires.rules import Answers
from survey_app.responses.models import Answer


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
    """``answers`` empty and no ``ticked``: it was skipped."""

    question_id: str
    title: str
    ticked: tuple[str, ...]
    answers: tuple[AnalysedAnswer, ...]


def answered_questions(
    question_set: QuestionSet,
    answers: Sequence[Answer],
    analyses: Mapping[int, AnalysedText],
    factors: Mapping[int, Sequence[FoundFactor]],
    *,
    language: str,
) -> list[AnsweredQuestion]:
    by_question: dict[str, list[Answer]] = {}
    for answer in sorted(answers, key=lambda each: each.position):
        if answer.on_path:
            by_question.setdefault(answer.question_id, []).append(answer)
    asked = [*question_set.questions, *by_question]  # also what it no longer asks
    said = {answer.question_id: answer.code for answer in answers}
    return [
        AnsweredQuestion(
            question_id=question_id,
            title=_title(question_set, question_id, said, language),
            ticked=tuple(
                _label(question_set, question_id, answer.code, language)
                for answer in by_question.get(question_id, ())
                if answer.code is not None
            ),
            answers=tuple(
                _analysed(answer, analyses.get(answer.id), factors)
                for answer in by_question.get(question_id, ())
                if answer.text
            ),
        )
        for question_id in dict.fromkeys(asked)
    ]


def mark(text: str, mentions: Sequence[Mention]) -> tuple[Stretch, ...]:
    return stretches(text, [(m.start, m.end, m.polarity) for m in mentions])


def _analysed(
    answer: Answer,
    analysis: AnalysedText | None,
    factors: Mapping[int, Sequence[FoundFactor]],
) -> AnalysedAnswer:
    text = answer.text or ""
    mentions = analysis.mentions if analysis else []
    return AnalysedAnswer(
        stretches=mark(text, mentions),
        text=text,
        language=analysis.language if analysis else None,
        mentions=mentions,
        factors=factors.get(analysis.id, ()) if analysis else (),
        analysed=analysis is not None,
    )


def _title(
    question_set: QuestionSet, question_id: str, said: Answers, language: str
) -> str:
    """In the words that this respondent was asked in."""
    question = question_set.questions.get(question_id)
    if question is None:
        return question_id
    return _in(question.title_for(question.wording(said)), language)


def _label(
    question_set: QuestionSet, question_id: str, code: str, language: str
) -> str:
    question = question_set.questions.get(question_id)
    option = question.option(code) if question else None
    return _in(option.label, language) if option else code


def _in(texts: Texts, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))
