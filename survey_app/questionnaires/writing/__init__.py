"""A question set as a TOML file that people can read and change."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from survey_app.questionnaires.question_set import (
    Detail,
    Option,
    Page,
    Question,
    QuestionSet,
    QuestionSetSettings,
    QuestionType,
    Retention,
    Variant,
)
from survey_app.questionnaires.reading.options import (
    LONG_LENGTH,
    NPS_LABELS,
    in_languages,
    is_scale,
)
from survey_app.questionnaires.reading.questions import SHORT_LENGTH
from survey_app.questionnaires.vocabulary import USUAL_CATALOGUE
from survey_app.questionnaires.writing.conditions import written_condition
from survey_app.questionnaires.writing.toml_text import assignment_lines, table_lines

FORMAT = 1
POINTS = frozenset({QuestionType.SCALE, QuestionType.NPS, QuestionType.YES_NO})
Items = Mapping[str, Any]


def write_question_set(question_set: QuestionSet) -> str:
    """The file that reads as this question set, without what goes without saying."""
    lines = list(assignment_lines(_head(question_set)))
    lines += table_lines("settings", _settings(question_set.settings))
    if question_set.consent is not None:
        consent = question_set.consent
        written = {"label": consent.label, "required": consent.required or None}
        lines += table_lines("consent", written)
    for key in ("notice", "privacy"):
        lines += table_lines(key, getattr(question_set, key))
    thanks = {"title": question_set.thanks_title, "text": question_set.thanks_text}
    lines += table_lines("thanks", thanks)
    for page in question_set.pages:
        lines += _page(page)
    return "\n".join(lines) + "\n"


def _head(question_set: QuestionSet) -> Items:
    return {
        "format": FORMAT,
        "id": question_set.id,
        "version": question_set.version,
        "languages": question_set.languages,
        "minutes": question_set.minutes,
        "title": question_set.title,
        "organisation": question_set.organisation,
        "contact": question_set.contact,
        "touchpoints": None
        if question_set.touchpoints == USUAL_CATALOGUE
        else question_set.touchpoints,
    }


def _settings(settings: QuestionSetSettings | Retention) -> Items:
    """Only what differs from what goes without saying."""
    usual = type(settings)()
    changed = {
        field.name: value
        for field in fields(settings)
        if (value := getattr(settings, field.name)) != getattr(usual, field.name)
    }
    if isinstance(settings, QuestionSetSettings) and "retention" in changed:
        changed["retention"] = _settings(settings.retention)
    return changed


def _page(page: Page) -> Iterator[str]:
    yield from table_lines(
        "[pages]",
        {
            "id": page.id,
            "number": page.number,
            "title": page.title,
            "show_if": written_condition(page.show_if),
        },
    )
    for question in page.questions:
        yield from table_lines("[pages.questions]", _question(question))
        for variant in question.variants:
            yield from table_lines("[pages.questions.variants]", _variant(variant))


def _question(question: Question) -> Items:
    return {
        "id": question.id,
        "type": question.type,
        "title": question.title,
        "hint": question.hint,
        "required": question.required or None,
        "trait": question.trait,
        "max_length": _length(question),
        "minimum": question.minimum,
        "maximum": question.maximum,
        "earliest": question.earliest,
        "latest": question.latest,
        **_choices(question),
        "detail": _detail(question.detail),
        "analysis": _analysis(question),
    }


def _length(question: Question) -> int | None:
    is_short = question.type is QuestionType.TEXT_SHORT
    usual = SHORT_LENGTH if is_short else LONG_LENGTH
    return None if question.max_length in {0, usual} else question.max_length


def _choices(question: Question) -> Items:
    points = _points(question)
    written = question.options if points is None else ()
    if question.type in POINTS:
        written = ()
    low, high = (_end_label(question, key) for key in ("low_label", "high_label"))
    return {
        "points": None if question.type is QuestionType.NPS else points,
        "low_label": low,
        "high_label": high,
        "rows": [_option(row) for row in question.rows] or None,
        "options": [_option(option) for option in written] or None,
    }


def _points(question: Question) -> list[int] | None:
    """The first and last point, where the options are nothing but points."""
    if question.type not in {QuestionType.SCALE, QuestionType.MATRIX}:
        return None
    codes = question.codes
    labels = {label for option in question.options for label in option.label.items()}
    if not is_scale(codes) or labels != {
        (lang, code) for lang in question.title for code in codes
    }:
        return None
    return [int(codes[0]), int(codes[-1])]


def _end_label(question: Question, key: str) -> Mapping[str, str] | None:
    label: Mapping[str, str] | None = getattr(question, key)
    if label is None or question.type is not QuestionType.NPS:
        return label
    usual = in_languages(NPS_LABELS[key], tuple(label))
    return None if label == usual else label


def _option(option: Option) -> Items:
    return _without_none(
        {
            "code": option.code,
            "label": option.label,
            "touchpoints": option.touchpoints or None,
            "exclusive": option.exclusive or None,
            "missing": option.missing or None,
            "detail": _detail(option.detail),
        }
    )


def _without_none(items: Items) -> Items:
    return {key: value for key, value in items.items() if value is not None}


def _detail(detail: Detail | None) -> Items | None:
    if detail is None:
        return None
    length = None if detail.max_length == LONG_LENGTH else detail.max_length
    return _without_none({"label": detail.label, "max_length": length})


def _analysis(question: Question) -> Items | None:
    analysis = question.analysis
    if analysis is None:
        return None
    return _without_none(
        {
            "role": analysis.role,
            "phase": analysis.phase,
            "touchpoint_prior": analysis.touchpoint_prior or None,
        }
    )


def _variant(variant: Variant) -> Items:
    return {
        "when": written_condition(variant.when),
        "title": variant.title,
        "hint": variant.hint,
    }
