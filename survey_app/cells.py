"""Cells that spreadsheets cannot mistake for formulas."""

import re

# A quote in front of such a beginning was either ours or counts as part of it, so
# that taking one away again always gives back what was said.
_BLANK = r"[\s\ufeff\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f]"
_FORMULA = re.compile(rf"'*(?:[\t\r\n]|{_BLANK}*[=+\-@＝＋－＠﹦﹢﹣﹫])")


def guard(text: str) -> str:
    """The text with a quote in front where a spreadsheet would calculate with it.

    >>> guard("=1+1"), guard("  ＠SUM(A1)"), guard("fijn = goed")
    ("'=1+1", "'  ＠SUM(A1)", 'fijn = goed')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What stood there before `guard`.

    >>> unguard(guard("=1+1")), unguard("'s avonds")
    ('=1+1', "'s avonds")
    """
    rest = text[1:]
    return rest if text.startswith("'") and _FORMULA.match(rest) else text
