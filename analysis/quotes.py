"""Which words of the evidence read well as a quote by themselves."""

from spacy.tokens import Span

from analysis.language import words_of

# What joins a clause to the one before it, or leaves the next one hanging.
_OPENERS = frozenset(("maar", "en", "want", "dus", "plus", "&", "+", "but", "and"))
_CLOSERS = frozenset(("en", "maar", "and", "but", "plus", "&", "+"))
_MARKS = frozenset((",", ";", ":", "-", "–", "—", "/", "|", "•"))


def quote_bounds(first: Span, last: Span) -> tuple[int, int]:
    """Start and end, as code points, of clauses without what dangles at their ends.

    >>> from analysis.language import make_tokenizer
    >>> from analysis.records import Language
    >>> doc = make_tokenizer(Language.DUTCH)("maar de bezorging was traag,")
    >>> start, end = quote_bounds(doc[:], doc[:])
    >>> doc.text[start:end]
    'de bezorging was traag'
    """
    words = words_of(first.doc)
    start, end = first.start, last.end
    while start < end - 1 and _dangles(words[start], _OPENERS):
        start += 1
    while end - 1 > start and _dangles(words[end - 1], _CLOSERS):
        end -= 1
    if not any(word[:1].isalnum() for word in words[start:end]):
        start, end = first.start, last.end
    if (start, end) == (first.start, last.end):
        return first.start_char, last.end_char
    quote = first.doc[start:end]
    return quote.start_char, quote.end_char


def _dangles(word: str, joining: frozenset[str]) -> bool:
    return word in joining or word in _MARKS or word.isspace()
