"""Conditions as XLSForm has them: XPath with ``${question}``."""

import re
from collections.abc import Sequence

from survey_app.exchange.expressions import (
    Dialect,
    count_of,
    denial,
    has_code,
    itself,
)

SIGNS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
XPATH = Dialect(
    tokens=re.compile(
        r"\s+|\$\{\s*(?P<reference>[^{}\s]+)\s*\}|(?P<text>'[^']*'|\"[^\"]*\")"
        r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w.-]*)"
        r"|(?P<sign><=|>=|!=|[=<>(),])"
    ),
    comparisons={sign: name for name, sign in SIGNS.items()},
    joins={"and": "and", "or": "or"},
    calls={
        "not": denial,
        "selected": has_code,
        "count-selected": count_of,
        **dict.fromkeys(("number", "int", "string", "date"), itself),
    },
)


class XPathPhrases:
    def joined(self, name: str, parts: Sequence[str]) -> str:
        return f" {name} ".join(f"({part})" for part in parts)

    def denied(self, part: str) -> str:
        return f"not({part})"

    def answered(self, answer_id: str) -> str:
        return f"${{{answer_id}}} != ''"

    def ticked(self, answer_id: str, code: str) -> str:
        return f"selected(${{{answer_id}}}, '{code}')"

    def compared(self, name: str, answer_id: str, value: str | float) -> str:
        return f"${{{answer_id}}} {SIGNS[name]} {_value(value, name)}"

    def counted(self, name: str, answer_id: str, value: float) -> str:
        return f"count-selected(${{{answer_id}}}) {SIGNS[name]} {value:g}"


def _value(value: str | float, name: str) -> str:
    if not isinstance(value, str):
        return f"{value:.15g}"
    return f"'{value}'" if name in {"eq", "ne"} else f"date('{value}')"
