"""Quotes start and end where they read well."""

import pytest

from analysis.language import make_tokenizer
from analysis.quotes import quote_bounds
from analysis.records import Language


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("maar de levering was traag", "de levering was traag"),
        ("en goed materiaal.", "goed materiaal."),
        ("verzending gratis +", "verzending gratis"),
        ("Lekker, snel,", "Lekker, snel"),
        ("but, and so on", "so on"),
        ("👍", "👍"),
        ("maar", "maar"),
    ],
)
def test_quote_leaves_out_what_dangles(text: str, quote: str) -> None:
    doc = make_tokenizer(Language.DUTCH)(text)

    start, end = quote_bounds(doc[:], doc[:])

    assert text[start:end] == quote


def test_quote_runs_from_the_first_clause_to_the_last() -> None:
    text = "Chat geprobeerd. Nooit weer, en"
    doc = make_tokenizer(Language.DUTCH)(text)

    start, end = quote_bounds(doc[:3], doc[3:])

    assert text[start:end] == "Chat geprobeerd. Nooit weer"
