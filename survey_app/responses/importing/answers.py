"""Cells of a row as answers: which columns a question has, and what they may hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Option,
    Question,
    QuestionSet,
    QuestionType,
    row_id,
)
from survey_app.responses.importing.cells import (
    read_day,
    read_place,
    read_text,
    read_tick,
    several,
    short,
)
from survey_app.responses.importing.report import N_, InvalidRowError
from survey_app.responses.numbers import InvalidNumberError, read_number
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.service import answer_rows

AnswerRow = Mapping[str, str | int | None]
Cells = Mapping[str, Any]
# Contact details come in with contacts, never among answers.
NOT_IMPORTED = frozenset({QuestionType.INFO, QuestionType.EMAIL})
SEVERAL_TYPES = frozenset({QuestionType.MULTI, QuestionType.RANKING})
DETAIL = "detail"
OTHER = "other"


class AnswerReader:
    """Understands the answers of one question set.

    An option that is not known is refused, or kept in the box beside "something else"
    where a question has one.
    """

    def __init__(self, question_set: QuestionSet, *, unknown_as_other: bool) -> None:
        self._set = question_set
        self._unknown_as_other = unknown_as_other
        self._questions = [
            question
            for question in question_set.questions.values()
            if question.type not in NOT_IMPORTED
        ]
        self._codes = {asked.id: _codes_by_name(asked) for asked in self._questions}
        self._names = {
            question.id: {o.code: _names_of(o) for o in question.options}
            for question in self._questions
        }
        self.columns = frozenset(
            name for question in self._questions for name in columns_of(question)
        )

    def read(self, cells: Cells) -> Iterator[AnswerRow]:
        for question in self._questions:
            if question.type is QuestionType.MATRIX:
                yield from self._matrix(question, cells)
                continue
            said = self._said(question, cells)
            yield from answer_rows(self._set, question.id, said)

    def _matrix(self, question: Question, cells: Cells) -> Iterator[AnswerRow]:
        for answer_id in question.answer_ids:
            text = read_text(cells.get(answer_id), answer_id)
            if text is not None:
                code = self._code(question, text, answer_id)
                yield from answer_rows(self._set, answer_id, Said((code,)))

    def _said(self, question: Question, cells: Cells) -> Said:
        cell = cells.get(question.id)
        if question.type in TEXT_TYPES:
            return Said(text=read_text(cell, question.id))
        if question.type in PLAIN:
            text = read_text(cell, question.id)
            if text is None:
                return NOTHING
            return Said((PLAIN[question.type](text, question.id),))
        column = f"{question.id}__{DETAIL}"
        written = read_text(cells.get(column), column) if question.written else None
        return self._chosen(question, cells, written)

    def _chosen(self, question: Question, cells: Cells, written: str | None) -> Said:
        cell = cells.get(question.id)
        if question.type not in SEVERAL_TYPES:
            named = [text] if (text := read_text(cell, question.id)) else []
        else:
            named = list(self._named(question, cell))
        codes, unknown = [], []
        for name in named:
            code = self._known(question, name)
            codes.append(code or self._other(question, name, question.id))
            unknown += [] if code else [name]
        codes += self._ticked(question, cells)
        words = "; ".join(filter(None, [written, *unknown])) or None
        return Said(tuple(dict.fromkeys(codes)), words)

    def _named(self, question: Question, cell: object) -> Iterator[str]:
        """Answers in one cell; one that holds a comma itself stays whole."""
        for piece in several(cell):
            text = read_text(piece, question.id)
            if text is None:
                continue
            parts = [part.strip() for part in text.split(",")]
            if self._known(question, text) is None and len(parts) > 1:
                yield from filter(None, parts)
            else:
                yield text

    def _ticked(self, question: Question, cells: Cells) -> list[str]:
        """Options that have a column of their own."""
        if question.type is QuestionType.RANKING:
            places = {
                option.code: place
                for option in question.options
                if (place := _place(question, option, cells)) is not None
            }
            return sorted(places, key=lambda code: places[code])
        if question.type is not QuestionType.MULTI:
            return []
        names = self._names[question.id]
        return [
            code
            for code in question.codes
            if read_tick(
                cells.get(row_id(question.id, code)),
                names[code],
                row_id(question.id, code),
            )
        ]

    def _code(self, question: Question, name: str, column: str) -> str:
        return self._known(question, name) or self._other(question, name, column)

    def _known(self, question: Question, name: str) -> str | None:
        return self._codes[question.id].get(name.casefold())

    def _other(self, question: Question, name: str, column: str) -> str:
        other = question.detailed or question.option(OTHER)
        takes_words = question.written is not None
        if self._unknown_as_other and other is not None and takes_words:
            return other.code
        raise InvalidRowError(
            N_("'%(value)s' is no answer; answers are %(known)s"),
            column,
            value=short(name),
            known=", ".join(question.codes),
        )


def columns_of(question: Question) -> Iterator[str]:
    """The columns that hold answers to a question."""
    if question.type in NOT_IMPORTED:
        return
    yield from question.answer_ids
    if question.type in SEVERAL_TYPES:
        yield from (row_id(question.id, code) for code in question.codes)
    if question.written:
        yield f"{question.id}__{DETAIL}"


def _number(text: str, column: str) -> str:
    try:
        return read_number(text)
    except InvalidNumberError:
        raise InvalidRowError(
            N_("'%(value)s' is no number"), column, value=short(text)
        ) from None


PLAIN: dict[QuestionType, Callable[[str, str], str]] = {
    QuestionType.NUMBER: _number,
    QuestionType.DATE: read_day,
}


def _place(question: Question, option: Option, cells: Cells) -> int | None:
    column = row_id(question.id, option.code)
    return read_place(cells.get(column), column)


def _names_of(option: Option) -> frozenset[str]:
    labels = (label.casefold() for label in option.label.values())
    return frozenset({option.code.casefold(), *labels})


def _codes_by_name(question: Question) -> Mapping[str, str]:
    """Codes by their labels in every language, and by themselves."""
    names = {
        label.casefold(): option.code
        for option in question.options
        for label in option.label.values()
    }
    return names | {code.casefold(): code for code in question.codes}
