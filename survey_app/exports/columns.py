"""Columns of answers: how answers to each type of question are stored and told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Detail,
    Option,
    Question,
    QuestionSet,
    QuestionType,
    Texts,
)
from survey_app.responses import asking_back
from survey_app.touchpoints.catalogue import Catalogue

JOIN = "__"  # between a question and a part of it
DETAIL, ABOUT = "detail", "about"


class Kind(StrEnum):
    """How the answers of a column are to be read."""

    CODE = "code"  # one of the options
    POINT = "point"  # a point of a scale: an option that is a number
    TICK = "tick"  # 1 ticked, 0 not
    RANK = "rank"  # 1 is the first place
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of answers; ``stored_as`` is the question id in the rows of answers.

    ``part`` is the option that a tick or a rank is of, the row of a matrix, or which
    text it is (``detail``, ``about``).
    """

    name: str
    question: Question
    stored_as: str
    kind: Kind
    titles: tuple[Texts, ...]
    part: str | None = None
    options: tuple[Option, ...] = ()

    @property
    def key(self) -> tuple[str, str, Kind, str | None]:
        """Columns of two versions with one key are one column."""
        return self.question.id, self.question.type, self.kind, self.part

    @property
    def is_coded(self) -> bool:
        return self.kind in {Kind.CODE, Kind.POINT}

    def title(self, language: str) -> str:
        return " – ".join(in_language(texts, language) for texts in self.titles)

    def label(self, code: str, language: str) -> str:
        """What a code is called; one that no version offers names itself."""
        for option in self.options:
            if option.code == code:
                return in_language(option.label, language)
        return code


def in_language(texts: Texts, language: str) -> str:
    """The text in a language, else in the first that it is written in."""
    found = texts.get(language)
    return found if found is not None else next(iter(texts.values()), "")


def columns_of(question_set: QuestionSet, known: Catalogue) -> Iterator[Column]:
    """``known`` are the touchpoints that a respondent may have named."""
    for question in question_set.questions.values():
        yield from _BUILDERS.get(question.type, _nothing)(question)
        yield from _detail(question)
        if question_set.settings.ask_back and _is_asked_back(question):
            yield _about(question, known)


def _is_asked_back(question: Question) -> bool:
    return question.type in TEXT_TYPES and question.analysis is not None


def _plain(question: Question, kind: Kind) -> Column:
    return Column(
        name=question.id,
        question=question,
        stored_as=question.id,
        kind=kind,
        titles=(question.title,),
        options=question.options,
    )


def _coded(question: Question) -> Iterator[Column]:
    yield _plain(question, Kind.CODE)


def _points(question: Question) -> Iterator[Column]:
    yield _plain(question, Kind.POINT)


def _number(question: Question) -> Iterator[Column]:
    yield _plain(question, Kind.NUMBER)


def _date(question: Question) -> Iterator[Column]:
    yield _plain(question, Kind.DATE)


def _text(question: Question) -> Iterator[Column]:
    yield _plain(question, Kind.TEXT)


def _ticks(question: Question) -> Iterator[Column]:
    yield from _per_option(question, Kind.TICK)


def _ranks(question: Question) -> Iterator[Column]:
    yield from _per_option(question, Kind.RANK)


def _per_option(question: Question, kind: Kind) -> Iterator[Column]:
    for option in question.options:
        yield Column(
            name=f"{question.id}{JOIN}{option.code}",
            question=question,
            stored_as=question.id,
            kind=kind,
            titles=(question.title, option.label),
            part=option.code,
        )


def _rows(question: Question) -> Iterator[Column]:
    for row in question.rows:
        name = f"{question.id}{JOIN}{row.code}"
        yield Column(
            name=name,
            question=question,
            stored_as=name,
            kind=Kind.CODE,
            titles=(question.title, row.label),
            part=row.code,
            options=question.options,
        )


def _detail(question: Question) -> Iterator[Column]:
    detail = _detail_of(question)
    if detail is not None:
        yield Column(
            name=f"{question.id}{JOIN}{DETAIL}",
            question=question,
            stored_as=question.id,
            kind=Kind.TEXT,
            titles=(question.title, detail.label),
            part=f"{JOIN}{DETAIL}",
        )


def _detail_of(question: Question) -> Detail | None:
    """The text box of the question, or of the option that has one."""
    of_options = (option.detail for option in question.options if option.detail)
    return question.detail or next(of_options, None)


def _about(question: Question, known: Catalogue) -> Column:
    name = f"{question.id}{JOIN}{ABOUT}"
    return Column(
        name=name,
        question=question,
        stored_as=name,
        kind=Kind.CODE,
        titles=(question.title, asking_back.TITLE),
        part=f"{JOIN}{ABOUT}",
        options=(
            *(
                Option(code=touchpoint.code, label=touchpoint.names)
                for touchpoint in (
                    *known.touchpoints.values(),
                    *known.left_out.values(),
                )
            ),
            Option(code=asking_back.OTHER, label=asking_back.OTHER_LABEL),
        ),
    )


def _nothing(_question: Question) -> Iterator[Column]:
    """Neither what only informs nor an e-mail address is ever exported."""
    yield from ()


_BUILDERS: Mapping[QuestionType, Callable[[Question], Iterator[Column]]] = {
    QuestionType.TEXT_SHORT: _text,
    QuestionType.TEXT_LONG: _text,
    QuestionType.CHOICE: _coded,
    QuestionType.YES_NO: _coded,
    QuestionType.SCALE: _points,
    QuestionType.NPS: _points,
    QuestionType.MULTI: _ticks,
    QuestionType.RANKING: _ranks,
    QuestionType.MATRIX: _rows,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _date,
}
