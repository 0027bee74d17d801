"""A question set as JSON, for programs that do not read our files."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from survey_app.questionnaires.question_set import QuestionSet


def compile_question_set(question_set: QuestionSet) -> str:
    """Every field by its name; a part of a condition says in ``is`` what it is."""
    return json.dumps(_plain(question_set), ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a question set is made of
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__, **told}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
