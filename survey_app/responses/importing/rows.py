"""One row of a file, understood: who, when, in which wave, and what they answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from survey_app.clock import HOME
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.vocabulary import FREE_ROLES, ROLES
from survey_app.responses.importing.answers import AnswerReader, AnswerRow
from survey_app.responses.importing.cells import DUTCH_DATE, read_text, short
from survey_app.responses.importing.report import N_, InvalidRowError

MAX_NAME = 200
EARLIEST_YEAR = 1990  # earlier is a mistake, not an answer
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
        unknown_as_other: bool = False,
    ) -> None:
        self._reader = AnswerReader(question_set, unknown_as_other=unknown_as_other)
        self._languages = question_set.languages
        self._role = role
        self._language = language
        self._latest = now + timedelta(days=1)
        self.columns = KNOWN_COLUMNS | self._reader.columns

    def read(self, cells: Mapping[str, Any]) -> Submission:
        submission_id = _name(cells, "submission_id")
        if submission_id is None:
            raise InvalidRowError(
                N_("it has no submission_id, so it could not be told from others"),
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
        yield from self._reader.read(cells)

    def _free_text(self, cells: Mapping[str, Any]) -> Iterator[AnswerRow]:
        text = read_text(cells.get("text"), "text")
        if text is None:
            raise InvalidRowError(N_("it has no text"), "text")
        asked = _name(cells, "question") or self._role or ""
        if asked in self._reader.columns:
            yield from self._reader.read({asked: text})
        elif asked in ROLES | FREE_ROLES:
            yield {
                "question_id": asked,
                "position": 0,
                "code": None,
                "text": text,
                "role": asked,
            }
        else:
            raise InvalidRowError(
                N_("'%(name)s' is no question and no role; roles are %(known)s"),
                "question",
                name=asked,
                known=", ".join(sorted(ROLES | FREE_ROLES)),
            )

    def _read_language(self, cells: Mapping[str, Any]) -> str:
        written = _name(cells, "language")
        if written is None:
            return self._language
        language = written.casefold().replace("_", "-").split("-")[0]
        if language not in self._languages:
            raise InvalidRowError(
                N_("'%(value)s' is none of %(known)s"),
                "language",
                value=short(written),
                known=", ".join(self._languages),
            )
        return language

    def _read_time(self, cells: Mapping[str, Any]) -> datetime | None:
        written = _name(cells, "submitted_at")
        if written is None:
            return None
        try:
            time = read_time(written)
        except ValueError:
            raise InvalidRowError(
                N_("'%(value)s' is no date; write 2026-03-14 or 14-03-2026"),
                "submitted_at",
                value=short(written),
            ) from None
        if time.year < EARLIEST_YEAR or time > self._latest:
            raise InvalidRowError(
                N_("%(value)s is before %(year)s or still to come"),
                "submitted_at",
                value=short(written),
                year=str(EARLIEST_YEAR),
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


def _name(cells: Mapping[str, Any], column: str) -> str | None:
    """A short cell, under its first or its other name."""
    found = cells.get(column)
    if found is None and column in OTHER_NAMES:
        found = cells.get(OTHER_NAMES[column])
    text = read_text(found, column)
    if text is not None and len(text) > MAX_NAME:
        raise InvalidRowError(
            N_("it is longer than %(max)s characters"), column, max=str(MAX_NAME)
        )
    return text
