"""One question of a draft, changed by its form; the names of boxes are its paths."""

from collections.abc import Callable, Mapping, Sequence

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.entry_form import (
    LISTS,
    any_text,
    new_entry,
    put_detail,
    put_entries,
)
from survey_app.questionnaires.editing.lists import Press, name_of, rearrange
from survey_app.questionnaires.editing.parts import (
    Values,
    cleaned,
    put,
    put_number,
    put_texts,
    tables_in,
)
from survey_app.questionnaires.editing.rule_form import put_rule
from survey_app.questionnaires.question_set import QuestionType

WITH_OPTIONS = frozenset({"choice", "multi", "ranking", "matrix"})
WITH_DETAIL = frozenset({"choice", "multi", "yes_no", "scale", "nps"})
WITH_ENDS = frozenset({"scale", "nps", "matrix"})
# What belongs to some types only; a change of type leaves the others' behind.
OWN_KEYS: Mapping[str, frozenset[str]] = {
    "options": WITH_OPTIONS,
    "rows": frozenset({"matrix"}),
    "points": frozenset({"scale", "matrix"}),
    "low_label": WITH_ENDS,
    "high_label": WITH_ENDS,
    "detail": WITH_DETAIL,
    "max_length": frozenset({"text_short", "text_long"}),
    "minimum": frozenset({"number"}),
    "maximum": frozenset({"number"}),
    "earliest": frozenset({"date"}),
    "latest": frozenset({"date"}),
}


def apply_question_form(
    question: Data,
    form: Values,
    *,
    languages: Sequence[str],
    types: Mapping[str, str],
) -> None:
    """All boxes first, so that nothing typed is lost, and then the button."""
    press = Press.read(form.get("action"))
    _put_plain(question, form, languages)
    _put_type(question, cleaned(form.get("type")), languages)
    _put_columns(question, cleaned(form.get("columns")), languages)
    for key in LISTS:
        put_entries(question, key, form, languages)
    put_detail(question, form, languages)
    _put_analysis(question, form)
    _put_variants(question, form, languages, types)
    change = BUTTONS.get((press.verb, press.what.partition(".")[0]))
    if change is not None:
        change(question, press, languages)


def _put_plain(question: Data, form: Values, languages: Sequence[str]) -> None:
    for key in ("title", "hint", "low_label", "high_label"):
        put_texts(question, key, form, key, languages)
    _put_id(question, form)
    for key in ("trait", "earliest", "latest"):
        if form.get(key) is not None:
            _put_word(question, key, cleaned(form.get(key)))
    for key in ("max_length", "minimum", "maximum"):
        put_number(question, key, form, key)
    put(question, "required", bool(form.get("required")))
    _put_points(question, form)


def _put_id(question: Data, form: Values) -> None:
    """Made of the title when it is left to us; the names of others are ``taken``."""
    if form.get("id") is None:
        return
    put(question, "id", cleaned(form.get("id")))
    words = any_text(question.get("title"))
    if not question.get("id") and words:
        question["id"] = name_of(words, set(form.getlist("taken")), "question")


def _put_word(question: Data, key: str, word: str) -> None:
    """A day that stands there as a day is not turned into a text."""
    if str(question.get(key, "")) != word:
        put(question, key, word)


def _put_points(question: Data, form: Values) -> None:
    if form.get("points.0") is None:
        return
    ends: Data = {}
    for key in ("0", "1"):
        put_number(ends, key, form, f"points.{key}")
    put(question, "points", [ends[key] for key in ("0", "1") if key in ends])


def _put_columns(question: Data, chosen: str, languages: Sequence[str]) -> None:
    """A matrix is answered with options of its own, or with the points of a scale."""
    if question.get("type") != QuestionType.MATRIX:
        return
    if chosen == "points" and not question.get("points"):
        question.pop("options", None)
        question["points"] = [1, 5]
    if chosen == "options" and question.get("points"):
        for key in ("points", "low_label", "high_label"):
            question.pop(key, None)
        question["options"] = [new_entry(languages), new_entry(languages)]


def _put_type(question: Data, type_: str, languages: Sequence[str]) -> None:
    """Another type keeps what it can use: several keep the options of one."""
    if not type_ or type_ == question.get("type"):
        return
    question["type"] = type_
    for key, owners in OWN_KEYS.items():
        if type_ not in owners:
            question.pop(key, None)
    for key in ("options", "rows"):
        if type_ in OWN_KEYS[key] and not question.get(key):
            question[key] = [new_entry(languages), new_entry(languages)]
    if type_ == QuestionType.SCALE:
        question.setdefault("points", [1, 5])
    if type_ == QuestionType.INFO:
        question.pop("required", None)


def _put_analysis(question: Data, form: Values) -> None:
    if form.get("analysis.role") is None:
        return
    old = question.get("analysis")
    analysis = dict(old) if isinstance(old, dict) else {}
    for key in ("role", "phase"):
        put(analysis, key, cleaned(form.get(f"analysis.{key}")))
    prior = [cleaned(each) for each in form.getlist("analysis.touchpoint_prior")]
    if set(prior) != set(analysis.get("touchpoint_prior") or ()):
        put(analysis, "touchpoint_prior", prior)
    if analysis.get("role") or analysis.get("phase"):
        question["analysis"] = analysis
    else:
        question.pop("analysis", None)


def _put_variants(
    question: Data,
    form: Values,
    languages: Sequence[str],
    types: Mapping[str, str],
) -> None:
    for number, variant in enumerate(tables_in(question, "variants")):
        name = f"variants.{number}"
        for key in ("title", "hint"):
            put_texts(variant, key, form, f"{name}.{key}", languages)
        put_rule(variant, "when", form, name=f"{name}.when", types=types)


def _add_entry(question: Data, press: Press, languages: Sequence[str]) -> None:
    if press.what in LISTS:
        entries = tables_in(question, press.what)
        question[press.what] = [*entries, new_entry(languages)]


def _add_variant(question: Data, press: Press, languages: Sequence[str]) -> None:
    del press
    new: Data = {"title": dict.fromkeys(languages, "")}
    question["variants"] = [*tables_in(question, "variants"), new]


def _rearrange(question: Data, press: Press, languages: Sequence[str]) -> None:
    del languages
    rearrange(tables_in(question, press.what), press)
    if question.get(press.what) == []:
        del question[press.what]


BUTTONS: dict[tuple[str, str], Callable[[Data, Press, Sequence[str]], None]] = {
    ("add", "options"): _add_entry,
    ("add", "rows"): _add_entry,
    ("add", "variants"): _add_variant,
    **{
        (verb, what): _rearrange
        for verb in ("up", "down", "remove")
        for what in (*LISTS, "variants")
    },
}
