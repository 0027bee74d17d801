"""A rule of a draft, changed by the rows of its form and the buttons beside them."""

from collections.abc import Mapping

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.lists import Press
from survey_app.questionnaires.editing.parts import Values
from survey_app.questionnaires.editing.rule_rows import (
    Row,
    Rows,
    condition_of,
    read_rows,
    rows_of,
)


def put_rule(
    part: Data, key: str, form: Values, *, name: str, types: Mapping[str, str]
) -> None:
    """The rows of a rule and the button beside them. What rows cannot say stays."""
    press = Press.read(form.get("action"))
    if press.what == name and press.verb == "clear":
        part.pop(key, None)
        return
    posted = read_rows(form, name)
    stands = rows_of(part.get(key))
    if posted is None or stands is None:
        return
    rows = _pressed(posted, press, types) if press.what == name else posted
    if rows == stands:
        return
    condition = condition_of(rows, types)
    if condition is None:
        part.pop(key, None)
    elif condition != part.get(key):
        part[key] = condition


def _pressed(rows: Rows, press: Press, types: Mapping[str, str]) -> Rows:
    if press.verb == "remove_row":
        return rows.without(press.place)
    if press.verb == "add_row":
        latest = next(reversed(list(types)), "meta:language")
        return rows.with_row(Row(latest))
    return rows
