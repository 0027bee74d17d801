"""Puts a clause in the lane of the journey map that it belongs to."""

from functools import cache

from spacy.tokens import Span

from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Language, Stance

# In this order: a wish may name a feeling, a feeling what was done; not the reverse.
_ORDER = (Stance.WISH, Stance.EMOTION, Stance.THOUGHT, Stance.ACTION)


class StanceTagger:
    """Tells doing, thinking, feeling and wishing apart by expressions; else a fact.

    >>> from analysis.language import make_tokenizer
    >>> doc = make_tokenizer(Language.DUTCH)("Ik heb drie keer gebeld")
    >>> StanceTagger(Language.DUTCH).tag(doc[:])
    <Stance.ACTION: 'action'>
    """

    def __init__(self, language: Language) -> None:
        self._signs = _stance_signs("en" if language is Language.ENGLISH else "nl")

    def tag(self, span: Span) -> Stance:
        """The lane of a clause."""
        words = words_of(span.doc)[span.start : span.end]
        first = next((at for at, word in enumerate(words) if word[:1].isalpha()), 0)
        for stance in _ORDER:
            for match in self._signs[stance].find(words):
                whole = match.end - match.start > 1 or match.start == first
                if whole or stance is not Stance.WISH:
                    return stance
        return Stance.FACT


@cache
def _stance_signs(code: str) -> dict[Stance, PhraseBook[None]]:
    """Expressions by lane; a single word is a wish only as the first of its clause."""
    return {
        Stance(name): PhraseBook(
            (pattern, None) for pattern in part["list"].strip().splitlines()
        )
        for name, part in load_lexicon(f"stance_{code}").items()
    }
