"""Dutch, English or neither: by function words, word lists and letter patterns."""

from functools import cache

import regex
import simplemma
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis.language.tokens import normalise
from analysis.lexicon import load_lexicon
from analysis.records import Language

_WORD = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CACHE_LIMIT = 200_000
_FUNCTION_WORD = 2.0
_KNOWN_WORD = 1.0
_LETTERS = 0.75  # what the letter patterns weigh against one known word
_LONG_ENOUGH = 3  # words from which letter patterns say something
_CLEAR = 3.0  # from this lead on the letter patterns are not asked
_MAX_WORDS = 60  # more words change nothing


def detect_language(text: str, *, prior: Language | None = None) -> Language:
    """The language of a text; the prior only breaks a tie.

    Method: the lead of words that only one of the languages knows, function words
    counting double, then the n-gram model of Lui and Baldwin (langid.py, ACL 2012)
    for texts of three words and more.

    >>> detect_language("Prima site, ging vlot")
    <Language.DUTCH: 'nl'>
    >>> detect_language("10/10", prior=Language.ENGLISH)
    <Language.ENGLISH: 'en'>
    >>> detect_language("-")
    <Language.UNDETERMINED: 'und'>
    """
    words = _WORD.findall(text)[:_MAX_WORDS]
    votes = _votes()
    lead = sum(votes[word] for word in words)
    if abs(lead) < _CLEAR and len(words) >= _LONG_ENOUGH:
        lead += _LETTERS if _by_letters(text) is Language.DUTCH else -_LETTERS
    if lead:
        return Language.DUTCH if lead > 0 else Language.ENGLISH
    if prior is not None:
        return prior
    return _by_letters(text) if _spells_a_word(words) else Language.UNDETERMINED


def _spells_a_word(words: list[str]) -> bool:
    return any(
        len(word) > 1
        and (simplemma.is_known(word, "nl") or simplemma.is_known(word, "en"))
        for word in words
    )


class _Votes(dict[str, float]):
    """Per word how far it speaks for Dutch (+) or English (-)."""

    def __init__(self) -> None:
        super().__init__()
        exclusive = load_lexicon("function_words")
        self._dutch = frozenset(exclusive["nl"].split())
        self._english = frozenset(exclusive["en"].split())

    def __missing__(self, text: str) -> float:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        self[text] = self._vote(normalise(text))
        return self[text]

    def _vote(self, word: str) -> float:
        if word in self._dutch:
            return _FUNCTION_WORD
        if word in self._english:
            return -_FUNCTION_WORD
        if len(word) < 3:  # noqa: PLR2004  (two letters are initials as often as words)
            return 0.0
        dutch, english = (simplemma.is_known(word, lang=code) for code in ("nl", "en"))
        return _KNOWN_WORD * (dutch - english)


@cache
def _votes() -> _Votes:
    return _Votes()


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "en"])
    return identifier


def _by_letters(text: str) -> Language:
    code, _ = _identifier().classify(text)
    return Language(code)
