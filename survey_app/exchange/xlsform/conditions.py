"""Conditions, and texts that depend on them, in XLSForm: XPath with ``${question}``."""

import re
from collections.abc import Iterator, Sequence

from survey_app.exchange.expressions.grammar import Dialect
from survey_app.exchange.expressions.pieces import (
    chosen,
    count_of,
    denial,
    has_code,
    itself,
    joined_text,
    or_else,
)
from survey_app.exchange.phrasing import Phrases

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
        "if": chosen,
        "concat": joined_text,
        "coalesce": or_else,
        **dict.fromkeys(("number", "int", "string", "date"), itself),
    },
)


# Some tools put straight quotes in the place of typographic ones, which would then end
# a text: both count. A run holds quotes of one kind only.
SINGLE = "'\u2018\u2019"
DOUBLE = '"\u201c\u201d'
RUNS = re.compile(f"[^{SINGLE}]+$|[^{DOUBLE}]+|[^{SINGLE}]+")


class XPathPhrases(Phrases):
    def denied(self, part: str) -> str:
        return f"not({part})"

    def reference(self, answer_id: str) -> str:
        return f"${{{answer_id}}}"

    def answered(self, answer_id: str) -> str:
        return f"{self.reference(answer_id)} != ''"

    def ticked(self, answer_id: str, code: str) -> str:
        return f"selected({self.reference(answer_id)}, '{code}')"

    def compared(self, name: str, answer_id: str, value: str | float) -> str:
        if not isinstance(value, str):
            written = f"{value:.15g}"
        elif name in {"eq", "ne"}:
            written = self.together([*self.quoted(value)])
        else:
            written = f"date('{value}')"
        return f"{self.reference(answer_id)} {SIGNS[name]} {written}"

    def counted(self, name: str, answer_id: str, value: float) -> str:
        return f"count-selected({self.reference(answer_id)}) {SIGNS[name]} {value:g}"

    def chosen(self, condition: str, then: str, otherwise: str) -> str:
        return f"if({condition}, {then}, {otherwise})"

    def quoted(self, text: str) -> Iterator[str]:
        """A text cannot hold the quotes that it stands between."""
        for run in RUNS.findall(text):
            yield f'"{run}"' if any(sign in run for sign in SINGLE) else f"'{run}'"

    def put_in(self, answer_id: str, otherwise: str) -> str:
        return f"coalesce({self.reference(answer_id)}, {otherwise})"

    def together(self, parts: Sequence[str]) -> str:
        if len(parts) < 2:  # noqa: PLR2004 - nothing to put together
            return parts[0] if parts else "''"
        return f"concat({', '.join(parts)})"
