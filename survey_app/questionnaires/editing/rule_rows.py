"""Rules as rows of a form: a question, a test, values; all of them, or any."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.parts import Values, cleaned
from survey_app.questionnaires.question_set import NUMERIC_TYPES
from survey_app.questionnaires.rules import META

SEVERAL = frozenset({"multi", "ranking"})
NUMBERED = {"gt", "ge", "lt", "le"}
COUNTED = {"count_ge": "ge", "count_le": "le"}
TESTS = (
    *("is", "isnt", "answered", "unanswered"),
    *("ge", "le", "gt", "lt", "only", "count_ge", "count_le"),
)
SAMENESS = {"eq": "is", "ne": "isnt", "in": "is", "any_in": "is", "all_in": "only"}
MAX_ROWS = 20


@dataclass(frozen=True, slots=True)
class Row:
    asked: str  # a question's id, or meta:language
    test: str = "is"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    joint: str = "and"
    rows: tuple[Row, ...] = ()

    def with_row(self, row: Row) -> "Rows":
        return replace(self, rows=(*self.rows, row)[:MAX_ROWS])

    def without(self, place: int) -> "Rows":
        rows = tuple(row for n, row in enumerate(self.rows) if n != place)
        return replace(self, rows=rows)


def rows_of(condition: object) -> Rows | None:
    """The rows that say a condition; None when it is more than rows can say."""
    if condition is None:
        return Rows()
    match condition:
        case {"and": [*parts], **others} if not others:
            return _joined("and", parts)
        case {"or": [*parts], **others} if not others:
            return _joined("or", parts)
    return _joined("and", [condition])


def condition_of(rows: Rows, types: Mapping[str, str]) -> Data | None:
    """The condition that rows say; ``types`` are those of the questions by id."""
    said = [_condition(row, types.get(row.asked, "")) for row in rows.rows]
    if len(said) > 1:
        return {rows.joint: said}
    return said[0] if said else None


def read_rows(form: Values, name: str) -> Rows | None:
    """The rows in a posted form; None when it does not hold this rule."""
    count = cleaned(form.get(f"{name}.rows"))
    if not count.isascii() or not count.isdecimal():
        return None
    rows = (_read_row(form, f"{name}.{n}") for n in range(min(int(count), MAX_ROWS)))
    joint = "or" if form.get(f"{name}.joint") == "or" else "and"
    return Rows(joint, tuple(row for row in rows if row.asked))


def _read_row(form: Values, name: str) -> Row:
    test = cleaned(form.get(f"{name}.test"))
    values = [cleaned(value) for value in form.getlist(f"{name}.value")]
    return Row(
        cleaned(form.get(f"{name}.asked")),
        test if test in TESTS else "is",
        tuple(value for value in values if value),
    )


def _joined(joint: str, parts: Sequence[object]) -> Rows | None:
    rows = [_row(part) for part in parts]
    known = tuple(row for row in rows if row is not None)
    return Rows(joint, known) if len(known) == len(rows) else None


def _row(condition: object) -> Row | None:
    match condition:
        case {"not": {"answered": str(asked)}}:
            return Row(asked, "unanswered")
        case {"not": {"any_in": [operand, [*codes]]}}:
            return _about(operand, "isnt", codes)
        case {"answered": str(asked)}:
            return Row(asked, "answered")
        case {**items} if len(items) == 1:
            return _compared(next(iter(items.items())))
    return None


def _compared(comparison: tuple[object, object]) -> Row | None:
    match comparison:
        case ("eq" | "ne") as name, [operand, str() | int() | float() as value]:
            return _about(operand, SAMENESS[name], [value])
        case ("any_in" | "in" | "all_in") as name, [operand, [*codes]]:
            return _about(operand, SAMENESS[name], codes)
        case ("gt" | "ge" | "lt" | "le") as name, [{"answer": str(asked)}, number]:
            return Row(asked, name, _texts([number]))
        case ("ge" | "le") as name, [{"count": str(asked)}, number]:
            return Row(asked, f"count_{name}", _texts([number]))
    return None


def _about(operand: object, test: str, values: Sequence[object]) -> Row | None:
    asked = _asked(operand)
    return Row(asked, test, _texts(values)) if asked else None


def _asked(operand: object) -> str:
    match operand:
        case {"answer": str(asked)}:
            return asked
        case {"meta": str(name)}:
            return f"{META}{name}"
    return ""


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _condition(row: Row, type_: str) -> Data:
    if row.test in COUNTED:
        number = _number(row.values[0]) if row.values else ""
        return {COUNTED[row.test]: [{"count": row.asked}, number]}
    if row.test in {"answered", "unanswered"}:
        asked: Data = {"answered": row.asked}
        return asked if row.test == "answered" else {"not": asked}
    operand = _operand(row.asked)
    if row.test in NUMBERED:
        return {row.test: [operand, _number(row.values[0]) if row.values else ""]}
    if row.test == "only":
        return {"all_in": [operand, list(row.values)]}
    return _sameness(row, type_, operand)


def _sameness(row: Row, type_: str, operand: Data) -> Data:
    """One code is compared with; several are a list, as are several ticks."""
    if len(row.values) == 1 and type_ not in SEVERAL:
        value = _number(row.values[0]) if type_ in NUMERIC_TYPES else row.values[0]
        return {"eq" if row.test == "is" else "ne": [operand, value]}
    listed = {"any_in": [operand, list(row.values)]}
    return listed if row.test == "is" else {"not": listed}


def _operand(asked: str) -> Data:
    if asked.startswith(META):
        return {"meta": asked.removeprefix(META)}
    return {"answer": asked}


def _number(text: str) -> Any:  # noqa: ANN401 - a number, or what was typed instead
    if re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"-?\d{1,12}[.,]\d{1,6}", text, re.ASCII):
        return float(text.replace(",", "."))
    return text
