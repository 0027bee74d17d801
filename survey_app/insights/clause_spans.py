"""Where the clauses of a text begin and end: what people point at as evidence."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language as Tokenizer


def clause_spans(text: str, language: str) -> list[tuple[int, int]]:
    """In order; a text of one clause is one whole."""
    from analysis.clauses import split_clauses  # noqa: PLC0415 - spaCy takes a second
    from analysis.language import tokenise  # noqa: PLC0415 - likewise

    doc = tokenise(_tokenizer(language), text)
    return [(span.start_char, span.end_char) for span in split_clauses(doc)]


@cache
def _tokenizer(language: str) -> "Tokenizer":
    from analysis.language import make_tokenizer  # noqa: PLC0415 - likewise
    from analysis.records import Language  # noqa: PLC0415 - likewise

    return make_tokenizer(Language(language))
