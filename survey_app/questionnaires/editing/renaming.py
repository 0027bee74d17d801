"""Another id for a question, wherever the draft refers to it."""

import re
from typing import Any

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.lists import free_name
from survey_app.questionnaires.editing.parts import each_question

REFERENCES = frozenset({"answer", "count", "answered"})  # keys of a condition
NUMBERED = re.compile(r"(.+)_v(\d{1,3})")


def give_new_id(data: Data, old: str) -> str | None:
    """A question that asks something else is another question; its new id, if found."""
    for _, question in each_question(data):
        if question.get("id") == old:
            new = _next_name(data, old)
            question["id"] = new
            _refer(data, old, new)
            return new
    return None


def _next_name(data: Data, old: str) -> str:
    """``q1`` becomes ``q1_v2``, and that ``q1_v3``."""
    taken = {str(question.get("id")) for _, question in each_question(data)}
    numbered = NUMBERED.fullmatch(old)
    stem, number = (numbered[1], int(numbered[2])) if numbered else (old, 1)
    new = f"{stem[:40]}_v{number + 1}"
    return new if new not in taken else free_name(taken, new)


def _refer(value: Any, old: str, new: str) -> None:  # noqa: ANN401 - anything a file can hold
    """In rules, and between the braces of texts that show an earlier answer."""
    braces = re.compile(rf"\{{\s*{re.escape(old)}(?=[\s|}}])")
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in list(items):
        if key in REFERENCES and each == old:
            value[key] = new
        elif isinstance(each, str):
            value[key] = braces.sub(f"{{{new}", each)
        elif isinstance(each, dict | list):
            _refer(each, old, new)
