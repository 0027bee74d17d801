"""Variables of an SPSS file: valid names, numbers for codes, reasons for a gap."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from survey_app.exports.columns import Column, Kind, in_language
from survey_app.exports.values import Gap, Value
from survey_app.exports.wording import Wording, words
from survey_app.questionnaires.question_set import Option, QuestionType

LONGEST_NAME = 64  # bytes
LONGEST_LABEL = 256
LONGEST_VALUE_LABEL = 120
LONGEST_STRING = 32_767
DAY, MOMENT = "DATE11", "DATETIME20"
NAME_PARTS = re.compile(r"[^A-Za-z0-9_]")
RESERVED = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
)
MEASURES = {
    Kind.CODE: "nominal",
    Kind.POINT: "ordinal",
    Kind.TICK: "nominal",
    Kind.RANK: "ordinal",
    Kind.NUMBER: "scale",
    Kind.DATE: "scale",
    Kind.TEXT: "nominal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The numbers that say why there is no answer."""

    not_shown: int
    dont_know: int
    not_answered: int

    def labels(self, told: Wording) -> dict[float, str]:
        return {
            self.not_shown: told.not_shown,
            self.dont_know: told.dont_know,
            self.not_answered: told.not_answered,
        }


def missing_above(highest: float) -> Missing:
    """97, 98 and 99, or the same with more nines where those are real values.

    >>> missing_above(10).not_shown, missing_above(120).not_answered
    (97, 999)
    """
    nines = 99
    while nines - 2 <= highest:
        nines = nines * 10 + 9
    return Missing(not_shown=nines - 2, dont_know=nines - 1, not_answered=nines)


@dataclass(slots=True, kw_only=True)
class Variable:
    """One column of the file, filled response by response."""

    name: str
    label: str
    measure: str = "nominal"
    labels: Mapping[float, str] = field(default_factory=dict)
    missing: Missing | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)  # of codes
    unknown: tuple[float, ...] = ()  # of options that are no real answer
    form: str | None = None
    is_text: bool = False
    values: list[Any] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)  # rows where a text was too long

    def take(self, value: Value) -> None:
        self.values.append(self._text(value) if self.is_text else self._number(value))

    def missing_values(self) -> list[Any]:
        """Three numbers at most; more of them only as a stretch."""
        if self.missing is None:
            return []
        three = (
            self.missing.not_shown,
            self.missing.dont_know,
            self.missing.not_answered,
        )
        if set(self.unknown) <= set(three):
            return sorted(three)
        return [{"lo": min(self.unknown), "hi": max(three)}]

    def _number(self, value: Value) -> Any:  # noqa: ANN401 - a number, a day, nothing
        if isinstance(value, Gap):
            return self._gap(value)
        if isinstance(value, str):
            return self.numbers.get(value)
        if self.form == MOMENT and isinstance(value, date):
            return _as_moment(value)
        return value

    def _gap(self, gap: Gap) -> int | None:
        if self.missing is None:
            return None
        if gap is Gap.NOT_SHOWN:
            return self.missing.not_shown
        return self.missing.not_answered

    def _text(self, value: Value) -> str:
        if value is None or isinstance(value, Gap):
            return ""
        text = str(value)
        if len(text) * 4 <= LONGEST_STRING:
            return text
        kept = text.encode("utf-8", "replace")
        if len(kept) <= LONGEST_STRING:
            return text
        self.cut.add(len(self.values))
        return kept[:LONGEST_STRING].decode("utf-8", "ignore")


class Names:
    """Names that SPSS accepts: valid, at most 64 bytes, none twice in any case."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def valid(self, wanted: str, ending: str = "") -> str:
        stem = NAME_PARTS.sub("_", wanted)
        if not stem[:1].isalpha() or stem.casefold() in RESERVED:
            stem = f"v_{stem}"
        number = 1
        while True:
            tail = ending if number == 1 else f"_{number}{ending}"
            name = f"{stem[: LONGEST_NAME - len(tail)]}{tail}".rstrip("_")
            if name.casefold() not in self._used:
                self._used.add(name.casefold())
                return name
            number += 1


def variable_of(column: Column, language: str, names: Names) -> Variable:
    """A column of answers, with labels in a language."""
    variable = Variable(
        name=names.valid(column.name),
        label=shortened(column.title(language), LONGEST_LABEL),
        measure=MEASURES[column.kind],
        is_text=column.kind is Kind.TEXT,
        form=DAY if column.kind is Kind.DATE else None,
    )
    if column.question.type is QuestionType.NPS:
        variable.measure = "scale"
    _FILLERS.get(column.kind, _leave)(variable, column, language)
    if variable.missing is not None:
        why = variable.missing.labels(words(language))
        variable.labels = {**why, **variable.labels}
    return variable


def shortened(text: str, limit: int) -> str:
    """SPSS counts the bytes of a label."""
    kept = text.encode("utf-8")
    if len(kept) <= limit:
        return text
    return kept[: limit - 3].decode("utf-8", "ignore") + "…"


def _leave(_variable: Variable, _column: Column, _language: str) -> None:
    """Texts and days have no numbers of their own."""


def _number(variable: Variable, column: Column, _language: str) -> None:
    """Missing are numbers that cannot be answered; none where every number can."""
    low, high = column.question.minimum, column.question.maximum
    if high is not None:
        variable.missing = missing_above(high)
    elif low is not None and low >= 0:
        variable.missing = Missing(not_shown=-97, dont_know=-98, not_answered=-99)


def _tick(variable: Variable, _column: Column, language: str) -> None:
    told = words(language)
    variable.labels = {0: told.not_ticked, 1: told.ticked}
    variable.missing = missing_above(1)


def _rank(variable: Variable, column: Column, _language: str) -> None:
    variable.missing = missing_above(len(column.question.options))


def _code(variable: Variable, column: Column, language: str) -> None:
    """A scale keeps its numbers; other codes are numbered in the order asked."""
    real = [option for option in column.options if not option.missing]
    numbers = _numbers(real, is_scale=column.kind is Kind.POINT)
    none = missing_above(max(numbers.values(), default=0))
    for place, option in enumerate(o for o in column.options if o.missing):
        # The first is "do not know"; others count down from below "not shown".
        numbers[option.code] = none.not_shown - place if place else none.dont_know
    variable.missing = none
    variable.numbers = numbers
    variable.unknown = tuple(numbers[o.code] for o in column.options if o.missing)
    variable.labels = {
        numbers[option.code]: shortened(
            _label(column, option, language), LONGEST_VALUE_LABEL
        )
        for option in column.options
    }


def _numbers(options: Iterable[Option], *, is_scale: bool) -> dict[str, float]:
    if is_scale:
        return {option.code: float(option.code) for option in options}
    return {option.code: float(n) for n, option in enumerate(options, start=1)}


def _label(column: Column, option: Option, language: str) -> str:
    """The ends of a scale are called what respondents saw there."""
    label = in_language(option.label, language)
    ends = {
        column.options[0].code: column.question.low_label,
        column.options[-1].code: column.question.high_label,
    }
    end = ends.get(option.code) if column.kind is Kind.POINT else None
    return f"{label} – {in_language(end, language)}" if end else label


def _as_moment(value: date) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - SPSS has no zones


_FILLERS = {
    Kind.CODE: _code,
    Kind.POINT: _code,
    Kind.TICK: _tick,
    Kind.RANK: _rank,
    Kind.NUMBER: _number,
}
