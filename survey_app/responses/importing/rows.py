"""One row of a file, understood: who, when, in which wave, and what they answered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from survey_app.questionnaires.question_set import (
    TEXT_TYPES,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.questionnaires.vocabulary import FREE_ROLES, ROLES
from survey_app.responses.answer_text import clean_text
from survey_app.responses.importing.report import InvalidRowError
from survey_app.responses.numbers import InvalidNumberError, read_number
from survey_app.responses.said import Said
from survey_app.responses.service import answer_rows

MAX_TEXT = 20_000
MAX_NAME = 200
HOME = ZoneInfo("Europe/Amsterdam")
DUTCH_DATE = re.compile(
    r"(\d{1,2})-(\d{1,2})-(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
EARLIEST_YEAR = 1990  # earlier is a mistake, not an answer
SEPARATORS = re.compile(r"[|;\n]")
# What else may be called so, in the shape of one free text a row.
OTHER_NAMES = {"submission_id": "id", "submitted_at": "date"}
KNOWN_COLUMNS = frozenset(
    {
        "submission_id",
        "id",
        "respondent_id",
        "wave",
        "language",
        "submitted_at",
        "date",
        "text",
        "question",
    }
)

AnswerRow = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    submission_id: str
    respondent_id: str | None
    wave: str | None
    language: str
    submitted_at: datetime | None
    answers: tuple[AnswerRow, ...]


class RowReader:
    """Understands rows of one questionnaire; ``role`` is what a bare text answers."""

    def __init__(
        self,
        question_set: QuestionSet,
        *,
        role: str | None,
        language: str,
        now: datetime,
    ) -> None:
        self._questions = question_set.questions
        self._set = question_set
        self._languages = question_set.languages
        self._role = role
        self._language = language
        self._latest = now + timedelta(days=1)
        self._labels = {
            question.id: _codes_by_name(question)
            for question in self._questions.values()
        }
        self.columns = (
            KNOWN_COLUMNS
            | set(self._questions)
            | {f"{name}__detail" for name, q in self._questions.items() if q.detail}
        )

    def read(self, cells: Mapping[str, Any]) -> Submission:
        submission_id = _name(cells, "submission_id")
        if submission_id is None:
            raise InvalidRowError(
                "it has no submission_id, so it could not be told from others",
                "submission_id",
            )
        return Submission(
            submission_id=submission_id,
            respondent_id=_name(cells, "respondent_id"),
            wave=_name(cells, "wave"),
            language=self._read_language(cells),
            submitted_at=self._read_time(cells),
            answers=tuple(self._answers(cells)),
        )

    def _answers(self, cells: Mapping[str, Any]) -> Iterator[AnswerRow]:
        if "text" in cells:
            yield from self._free_text(cells)
        for name, question in self._questions.items():
            said = self._said(question, cells.get(name), cells.get(f"{name}__detail"))
            yield from answer_rows(self._set, name, said)

    def _free_text(self, cells: Mapping[str, Any]) -> Iterator[AnswerRow]:
        text = _text(cells.get("text"), "text")
        if text is None:
            raise InvalidRowError("it has no text", "text")
        asked = _name(cells, "question") or self._role or ""
        if asked in self._questions:
            said = self._said(self._questions[asked], text, None)
            yield from answer_rows(self._set, asked, said)
        elif asked in ROLES | FREE_ROLES:
            yield {
                "question_id": asked,
                "position": 0,
                "code": None,
                "text": text,
                "role": asked,
            }
        else:
            known = ", ".join(sorted(ROLES | FREE_ROLES))
            raise InvalidRowError(
                f"'{asked}' is no question and no role; roles are {known}",
                "question",
            )

    def _said(self, question: Question, cell: object, detail: object) -> Said:
        if question.type in TEXT_TYPES:
            return Said(text=_text(cell, question.id))
        written = _text(detail, f"{question.id}__detail") if question.detail else None
        return Said(self._codes(question, cell), written)

    def _codes(self, question: Question, cell: object) -> tuple[str, ...]:
        names = _several(cell) if question.type is QuestionType.MULTI else [cell]
        said = [text for name in names if (text := _text(name, question.id))]
        return tuple(dict.fromkeys(self._code(question, name) for name in said))

    def _code(self, question: Question, name: str) -> str:
        if question.type is QuestionType.NUMBER:
            try:
                return read_number(name)
            except InvalidNumberError:
                raise InvalidRowError(f"'{name}' is no number", question.id) from None
        code = self._labels[question.id].get(name.casefold())
        if code is None:
            known = ", ".join(question.codes)
            raise InvalidRowError(
                f"'{_short(name)}' is no answer; answers are {known}", question.id
            )
        return code

    def _read_language(self, cells: Mapping[str, Any]) -> str:
        written = _name(cells, "language")
        if written is None:
            return self._language
        language = written.casefold().replace("_", "-").split("-")[0]
        if language not in self._languages:
            known = ", ".join(self._languages)
            raise InvalidRowError(f"'{_short(written)}' is none of {known}", "language")
        return language

    def _read_time(self, cells: Mapping[str, Any]) -> datetime | None:
        written = _name(cells, "submitted_at")
        if written is None:
            return None
        try:
            time = read_time(written)
        except ValueError:
            raise InvalidRowError(
                f"'{_short(written)}' is no date; write 2026-03-14 or 14-03-2026",
                "submitted_at",
            ) from None
        if time.year < EARLIEST_YEAR or time > self._latest:
            raise InvalidRowError(
                f"{_short(written)} is before {EARLIEST_YEAR} or still to come",
                "submitted_at",
            )
        return time


def read_time(written: str) -> datetime:
    """ISO 8601 or day-month-year; without a zone it is the clock in Amsterdam.

    >>> read_time("14-03-2026 19:42").isoformat()
    '2026-03-14T19:42:00+01:00'
    """
    dutch = DUTCH_DATE.fullmatch(written)
    if dutch:
        day, month, year, hour, minute, second = map(int, dutch.groups(default="0"))
        return datetime(year, month, day, hour, minute, second, tzinfo=HOME)
    time = datetime.fromisoformat(written)
    return time if time.tzinfo else time.replace(tzinfo=HOME)


def _codes_by_name(question: Question) -> Mapping[str, str]:
    """Codes by their labels in every language, and by themselves."""
    names = {
        label.casefold(): option.code
        for option in question.options
        for label in option.label.values()
    }
    return names | {code.casefold(): code for code in question.codes}


def _several(cell: object) -> list[object]:
    if isinstance(cell, list):
        return cell
    return list(SEPARATORS.split(cell)) if isinstance(cell, str) else [cell]


def _name(cells: Mapping[str, Any], column: str) -> str | None:
    """A short cell, under its first or its other name."""
    found = cells.get(column)
    if found is None and column in OTHER_NAMES:
        found = cells.get(OTHER_NAMES[column])
    text = _text(found, column)
    if text is not None and len(text) > MAX_NAME:
        raise InvalidRowError(f"it is longer than {MAX_NAME} characters", column)
    return text


def _text(cell: object, column: str) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise InvalidRowError("it is neither a text nor a number", column)
    text = clean_text(str(cell))
    if text is not None and len(text) > MAX_TEXT:
        raise InvalidRowError(f"it is longer than {MAX_TEXT} characters", column)
    return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - for a message
