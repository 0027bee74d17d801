"""The shape of a question set file as a JSON Schema, for editors.

It knows each key and its kind; what refers to what is checked by reading.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from survey_app.questionnaires.question_set import (
    LayoutKind,
    OnExpiry,
    PrivacyMode,
    QuestionType,
)
from survey_app.questionnaires.reading import FORMAT, SLUG, VERSION
from survey_app.questionnaires.reading.conditions import MAX_PARTS
from survey_app.questionnaires.reading.options import MAX_LENGTH, MAX_POINT
from survey_app.questionnaires.reading.questions import NUMBER_LIMIT
from survey_app.questionnaires.reading.settings import (
    MAX_DAYS,
    MAX_GROUP,
    MIN_GROUP,
    ORIGIN,
    PREFILL_NAME,
)
from survey_app.questionnaires.reading.table import CODE, IDENTIFIER
from survey_app.questionnaires.rules import COMPARISONS, META_NAMES
from survey_app.questionnaires.vocabulary import (
    PHASES,
    ROLES,
    touchpoint_catalogues,
)
from survey_app.web.locale import LANGUAGES

Schema = dict[str, Any]

FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
TEXT: Schema = {"type": "string", "pattern": r"\S"}
TEXTS: Schema = {"$ref": "#/$defs/texts"}
ENDS = ("low_label", "high_label")
OWN_KEYS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.TEXT_SHORT: ("max_length",),
    QuestionType.TEXT_LONG: ("max_length",),
    QuestionType.CHOICE: ("options", "detail"),
    QuestionType.MULTI: ("options", "detail"),
    QuestionType.RANKING: ("options", "detail"),
    QuestionType.SCALE: ("points", *ENDS, "detail"),
    QuestionType.NPS: (*ENDS, "detail"),
    QuestionType.YES_NO: ("detail",),
    QuestionType.MATRIX: ("rows", "options", "points", *ENDS),
    QuestionType.NUMBER: ("minimum", "maximum"),
    QuestionType.DATE: ("earliest", "latest"),
    QuestionType.EMAIL: (),
    QuestionType.INFO: (),
}
NEEDED: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.CHOICE: ("options",),
    QuestionType.MULTI: ("options",),
    QuestionType.RANKING: ("options",),
    QuestionType.SCALE: ("points",),
    QuestionType.MATRIX: ("rows",),
}


def question_set_schema() -> Schema:
    properties = {
        "format": {"const": FORMAT},
        "id": _matching(SLUG.pattern),
        "version": _matching(VERSION.pattern),
        "languages": {
            "type": "array",
            "items": {"enum": list(LANGUAGES)},
            "minItems": 1,
            "uniqueItems": True,
        },
        "minutes": _whole(1, 120),
        "title": TEXTS,
        "organisation": _ref("one_or_texts"),
        "contact": _ref("one_or_texts"),
        "notice": TEXTS,
        "privacy": TEXTS,
        "consent": _table({"label": TEXTS, "required": FLAG}, "label"),
        "settings": _settings(),
        "touchpoints": {"enum": sorted(touchpoint_catalogues())},
        "thanks": _table({"title": TEXTS, "text": TEXTS}, "title", "text"),
        "pages": {"type": "array", "items": _ref("page"), "minItems": 1},
    }
    optional = {
        *("minutes", "organisation", "contact", "consent", "settings"),
        "touchpoints",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Klantreis question set",
        "description": "See question_sets/README.md for every key, with examples.",
        **_table(properties, *(name for name in properties if name not in optional)),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Schema]:
    texts = dict.fromkeys(LANGUAGES, TEXT)
    return {
        "texts": {**_table(texts), "minProperties": 1},
        "one_or_texts": {"anyOf": [TEXT, TEXTS]},
        "touchpoints": {
            "type": "array",
            "items": {"enum": sorted(set().union(*touchpoint_catalogues().values()))},
        },
        "detail": _table(
            {"label": TEXTS, "max_length": _whole(1, MAX_LENGTH)}, "label"
        ),
        "option": _option(),
        "condition": _condition(),
        "operand": _operand(),
        "page": _page(),
        "question": _question(),
    }


def _settings() -> Schema:
    flags = (
        *("intro_page", "check_answers", "allow_back", "view_after_submit"),
        *("edit_after_submit", "ask_back", "show_results_link", "in_figures"),
    )
    days = ("completed_days", "incomplete_days", "contacts_days", "max_days")
    retention = {
        **{name: _whole(1, MAX_DAYS) for name in days},
        "on_expiry": _one_of(OnExpiry),
    }
    return _table(
        {
            "layout": _one_of(LayoutKind),
            **dict.fromkeys(flags, FLAG),
            "privacy_mode": _one_of(PrivacyMode),
            "retention": _table(retention),
            "min_group": _whole(MIN_GROUP, MAX_GROUP),
            "prefill": {"type": "array", "items": _matching(PREFILL_NAME.pattern)},
            "embed_origins": {"type": "array", "items": _matching(ORIGIN.pattern)},
        }
    )


def _page() -> Schema:
    return _table(
        {
            "id": _matching(IDENTIFIER.pattern),
            "number": _whole(1, 1000),
            "title": TEXTS,
            "show_if": _ref("condition"),
            "questions": {
                "type": "array",
                "items": _ref("question"),
                "minItems": 1,
            },
        },
        "id",
        "questions",
    )


def _question() -> Schema:
    offered = {"type": "array", "items": _ref("option"), "minItems": 2, "maxItems": 100}
    analysis = {
        "role": {"enum": sorted(ROLES)},
        "phase": {"enum": sorted(PHASES)},
        "touchpoint_prior": _ref("touchpoints"),
    }
    variant = {"when": _ref("condition"), **dict.fromkeys(("title", "hint"), TEXTS)}
    properties = {
        "id": _matching(IDENTIFIER.pattern),
        "type": _one_of(QuestionType),
        "title": TEXTS,
        "hint": TEXTS,
        "required": FLAG,
        "trait": _matching(IDENTIFIER.pattern),
        "analysis": _table(analysis, "role", "phase"),
        "variants": {"type": "array", "items": _table(variant, "when")},
        "max_length": _whole(1, MAX_LENGTH),
        "minimum": _whole(-NUMBER_LIMIT, NUMBER_LIMIT),
        "maximum": _whole(-NUMBER_LIMIT, NUMBER_LIMIT),
        "earliest": DAY,
        "latest": DAY,
        "points": {
            "type": "array",
            "items": _whole(0, MAX_POINT - 1),
            "minItems": 2,
            "maxItems": 2,
        },
        **dict.fromkeys(ENDS, TEXTS),
        "options": offered,
        "rows": offered,
        "detail": _ref("detail"),
    }
    schema = _table(properties, "id", "type", "title")
    return {**schema, "allOf": [_of_type(kind) for kind in QuestionType]}


def _of_type(kind: QuestionType) -> Schema:
    """Keys of other types are mistakes here."""
    every = dict.fromkeys(key for keys in OWN_KEYS.values() for key in keys)
    others = [key for key in every if key not in OWN_KEYS[kind]]
    then: Schema = {"properties": dict.fromkeys(others, False)}
    if kind in NEEDED:
        then["required"] = list(NEEDED[kind])
    is_kind = {"properties": {"type": {"const": kind.value}}, "required": ["type"]}
    return {"if": is_kind, "then": then}


def _option() -> Schema:
    return _table(
        {
            "code": _matching(CODE.pattern),
            "label": TEXTS,
            "touchpoints": _ref("touchpoints"),
            "exclusive": FLAG,
            "missing": FLAG,
            "detail": _ref("detail"),
        },
        "code",
        "label",
    )


def _condition() -> Schema:
    pair = {"type": "array", "items": _ref("operand"), "minItems": 2, "maxItems": 2}
    parts = {
        "type": "array",
        "items": _ref("condition"),
        "minItems": 1,
        "maxItems": MAX_PARTS,
    }
    properties = {
        **dict.fromkeys(COMPARISONS, pair),
        "and": parts,
        "or": parts,
        "not": _ref("condition"),
        "answered": TEXT,
    }
    return {**_table(properties), "minProperties": 1, "maxProperties": 1}


def _operand() -> Schema:
    looked_at = {"answer": TEXT, "count": TEXT, "meta": {"enum": list(META_NAMES)}}
    return {
        "anyOf": [
            {"type": ["string", "number"]},
            {"type": "array", "items": {"type": "string"}},
            {**_table(looked_at), "minProperties": 1, "maxProperties": 1},
        ]
    }


def _table(properties: Mapping[str, Any], *required: str) -> Schema:
    table: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    return {**table, "required": list(required)} if required else table


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _one_of(kinds: type[StrEnum]) -> Schema:
    return {"enum": [kind.value for kind in kinds]}
