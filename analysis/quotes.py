"""Which words of the evidence read well as a quote by themselves."""

from spacy.tokens import Doc, Span

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
    doc: Doc = first.doc
    start, end = first.start, last.end
    while start < end - 1 and _dangles(doc, start, _OPENERS):
        start += 1
    while end - 1 > start and _dangles(doc, end - 1, _CLOSERS):
        end -= 1
    if not any(token.is_alpha or token.is_digit for token in doc[start:end]):
        start, end = first.start, last.end
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _dangles(doc: Doc, at: int, words: frozenset[str]) -> bool:
    token = doc[at]
    return token.lower_ in words or token.text in _MARKS or token.is_space
