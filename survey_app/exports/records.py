"""A response as exports see it: what is known of it, what was said, what was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from survey_app.exports.columns import Column, Kind
from survey_app.exports.values import Gap, Value
from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.question_set import PrivacyMode, QuestionSet
from survey_app.questionnaires.rules import META
from survey_app.responses.said import NOTHING, Said, rule_values

LONGEST_WHOLE = 10**15  # a larger number would not survive a spreadsheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRecord:
    """``said`` is by question id as stored; only answers on the path are in it."""

    row_id: int
    response_id: str  # its public id
    receipt: str | None
    version: str
    question_set: QuestionSet
    wave: str | None
    source: str
    state: str
    privacy_mode: str
    language_started: str
    language_submitted: str | None
    started_at: datetime
    submitted_at: datetime | None
    changed_at: datetime | None  # sent again, with other answers
    device: str | None
    flags: tuple[str, ...]
    tags: tuple[str, ...]
    note: str | None
    prefill: Mapping[str, Any]
    said: Mapping[str, Said]
    shown: frozenset[str]  # the questions on its path

    @property
    def is_anonymous(self) -> bool:
        return self.privacy_mode == PrivacyMode.ANONYMOUS

    @property
    def language(self) -> str:
        return self.language_submitted or self.language_started

    @property
    def begun(self) -> date | datetime:
        return moment(self.started_at, is_anonymous=self.is_anonymous)

    @property
    def sent(self) -> date | datetime | None:
        return self._told(self.submitted_at)

    @property
    def changed(self) -> date | datetime | None:
        return self._told(self.changed_at)

    def _told(self, at: datetime | None) -> date | datetime | None:
        return None if at is None else moment(at, is_anonymous=self.is_anonymous)

    @property
    def seconds(self) -> int | None:
        """From the first page to sending; never of an anonymous response."""
        if self.submitted_at is None or self.is_anonymous:
            return None
        return max(0, round((self.submitted_at - self.started_at).total_seconds()))

    def value(self, column: Column) -> Value:
        """What this response holds in a column, or why it holds nothing."""
        if not self._asks(column):
            return Gap.NOT_SHOWN
        said = self.said.get(column.stored_as, NOTHING)
        found = _READERS[column.kind](column, said)
        return Gap.NOT_ANSWERED if found is None else found

    def _asks(self, column: Column) -> bool:
        question = self.question_set.questions.get(column.question.id)
        if question is None or question.id not in self.shown:
            return False
        return question.type == column.question.type


def moment(at: datetime, *, is_anonymous: bool) -> date | datetime:
    """Of an anonymous response never more than the day."""
    at = at.astimezone(UTC)
    return at.date() if is_anonymous else at.replace(microsecond=0)


def shown_questions(
    question_set: QuestionSet, said: Mapping[str, Said], meta: Mapping[str, str | None]
) -> frozenset[str]:
    """The questions on the path that these answers lead to, in this version."""
    answers = rule_values(question_set, said)
    known = {f"{META}{name}": value for name, value in meta.items()}
    return frozenset(
        question.id
        for page in visible_pages(question_set, {**known, **answers})
        for question in page.questions
    )


def number(code: str) -> int | float:
    """A stored number as one: whole where it is whole.

    >>> number("12"), number("12.5")
    (12, 12.5)
    """
    value = float(code)
    return int(value) if value.is_integer() and abs(value) < LONGEST_WHOLE else value


def _code(_column: Column, said: Said) -> Value:
    return said.codes[0] if said.codes else None


def _number(_column: Column, said: Said) -> Value:
    if not said.codes:
        return None
    try:
        return number(said.codes[0])
    except ValueError:  # a point of a scale that some import called by a name
        return said.codes[0]


def _date(_column: Column, said: Said) -> Value:
    if not said.codes:
        return None
    try:
        return date.fromisoformat(said.codes[0])
    except ValueError:
        return said.codes[0]


def _text(_column: Column, said: Said) -> Value:
    return said.text or None


def _tick(column: Column, said: Said) -> Value:
    return int(column.part in said.codes) if said.codes else None


def _rank(column: Column, said: Said) -> Value:
    if column.part not in said.codes:
        return None
    return said.codes.index(column.part) + 1


_READERS = {
    Kind.CODE: _code,
    Kind.POINT: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.TICK: _tick,
    Kind.RANK: _rank,
}
