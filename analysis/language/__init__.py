"""Which language a text is in, and its words in a form that lexicons can match."""

from analysis.language.detection import detect_language
from analysis.language.phrases import PhraseBook, PhraseMatch
from analysis.language.tokens import make_tokenizer, tokenise, words_of

__all__ = [
    "PhraseBook",
    "PhraseMatch",
    "detect_language",
    "make_tokenizer",
    "tokenise",
    "words_of",
]
