"""What a question offers to choose from, changed by its form: options, rows, a box."""

from collections.abc import Sequence

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.lists import name_of, names_in
from survey_app.questionnaires.editing.parts import (
    Values,
    cleaned,
    put,
    put_number,
    put_texts,
    tables_in,
)

LISTS = ("options", "rows")  # of entries with a code and a label
BESIDE_ALL = "beside"


def put_entries(
    question: Data, key: str, form: Values, languages: Sequence[str]
) -> None:
    for number, entry in enumerate(tables_in(question, key)):
        name = f"{key}.{number}"
        if form.get(f"{name}.code") is None:
            continue
        put(entry, "code", cleaned(form.get(f"{name}.code")))
        put_texts(entry, "label", form, f"{name}.label", languages)
        _put_marks(entry, form, name)
    _name_entries(tables_in(question, key))


def _put_marks(entry: Data, form: Values, name: str) -> None:
    for key in ("exclusive", "missing"):
        put(entry, key, bool(form.get(f"{name}.{key}")))
    if form.get(f"{name}.touchpoints") is not None:
        words = cleaned(form.get(f"{name}.touchpoints")).replace(",", " ").split()
        put(entry, "touchpoints", words)


def _name_entries(entries: list[Data]) -> None:
    """A code is made of the label, once; after that it stays, whatever the label."""
    taken = names_in(entries, "code")
    for entry in entries:
        words = any_text(entry.get("label"))
        if not entry.get("code") and words:
            entry["code"] = name_of(words, taken, "option")
            taken.add(entry["code"])


def any_text(texts: object) -> str:
    said = texts.values() if isinstance(texts, dict) else ()
    return next(
        (text for text in reversed([*said]) if isinstance(text, str) and text), ""
    )


def put_detail(question: Data, form: Values, languages: Sequence[str]) -> None:
    """One text box: beside all options, or with one of them, or none."""
    where = form.get("detail.where")
    if where is None:
        return
    options = tables_in(question, "options")
    holders = [question, *options]
    held: Data = next(
        (each["detail"] for each in holders if isinstance(each.get("detail"), dict)), {}
    )
    for each in holders:
        each.pop("detail", None)
    detail = dict(held)
    put_texts(detail, "label", form, "detail.label", languages)
    put_number(detail, "max_length", form, "detail.max_length")
    if where == BESIDE_ALL:
        question["detail"] = detail
    for option in options:
        if where and where == f"option:{option.get('code')}":
            option["detail"] = detail


def new_entry(languages: Sequence[str]) -> Data:
    return {"label": dict.fromkeys(languages, "")}
