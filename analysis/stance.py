"""Puts a clause in the lane of the journey map that it belongs to."""

from functools import cache

from spacy.tokens import Span

from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Language, Stance

# In this order: a wish may name a feeling, a feeling what was done, but not the reverse.
_ORDER = (Stance.WISH, Stance.EMOTION, Stance.THOUGHT, Stance.ACTION)
# Words that only begin a wish: "Meer keuze", "Onthoud mijn adres", "more options".
_OPENERS = 1


class StanceTagger:
    """Tells doing, thinking, feeling and wishing apart by expressions; else a fact.

    >>> from analysis.language import make_tokenizer
    >>> doc = make_tokenizer(Language.DUTCH)("Ik heb drie keer gebeld")
    >>> StanceTagger(Language.DUTCH).tag(doc[:])
    <Stance.ACTION: 'action'>
    """

    def __init__(self, language: Language) -> None:
        self._book = _stance_signs("en" if language is Language.ENGLISH else "nl")

    def tag(self, span: Span) -> Stance:
        """The lane of a clause."""
        words = words_of(span.doc)[span.start : span.end]
        first = next((at for at, word in enumerate(words) if word[:1].isalpha()), 0)
        found = {
            stance
            for match in self._book.find(words)
            for stance in match.value
            if stance is not Stance.WISH
            or match.end - match.start > _OPENERS
            or match.start == first
        }
        return next((stance for stance in _ORDER if stance in found), Stance.FACT)


@cache
def _stance_signs(code: str) -> PhraseBook[tuple[Stance, ...]]:
    signs: dict[str, tuple[Stance, ...]] = {}
    for name, part in load_lexicon(f"stance_{code}").items():
        for pattern in part["list"].strip().splitlines():
            signs[pattern] = (*signs.get(pattern, ()), Stance(name))
    return PhraseBook(signs.items())
