"""An option that excludes the others, as a rule of SurveyJS; written and read back."""

import re
from collections.abc import Mapping
from typing import Any

from survey_app.questionnaires.question_set import Option

WORDS = {
    "nl": "Kies óf “%s”, óf andere antwoorden.",
    "en": "Choose either “%s” or other answers.",
}
RULE = re.compile(r"\{[^{}]+\} notcontains '([^']+)' or \{[^{}]+\.length\} = 1")


def alone_rule(question_id: str, option: Option) -> dict[str, Any]:
    return {
        "type": "expression",
        "expression": f"{{{question_id}}} notcontains '{option.code}'"
        f" or {{{question_id}.length}} = 1",
        "text": {name: WORDS[name] % label for name, label in option.label.items()},
    }


def read_alone(element: Mapping[str, Any]) -> tuple[frozenset[str], bool]:
    """The codes that stand alone, and whether there are rules besides."""
    rules = element.get("validators")
    found = [
        RULE.fullmatch(str(rule.get("expression", "")))
        for rule in (rules if isinstance(rules, list) else [])
        if isinstance(rule, dict)
    ]
    return frozenset(one[1] for one in found if one), not all(found)
