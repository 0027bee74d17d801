"""The polarity of single words, from the lexicon or by their lemma or stem."""

from dataclasses import dataclass
from functools import cache

from analysis.lexicon import load_lexicon
from analysis.records import Language


@dataclass(frozen=True, slots=True)
class WordInfo:
    score: float = 0.0

    @property
    def has_opinion(self) -> bool:
        return self.score != 0.0


class PolarityLexicon:
    def __init__(self, language: Language) -> None:
        data = load_lexicon(f"polarity_{'en' if language is Language.ENGLISH else 'nl'}")
        self._scores = {
            word: group["score"]
            for group in data["words"]
            for word in group["list"].split()
        }

    def look_up(self, word: str) -> WordInfo:
        return WordInfo(self._scores.get(word, 0.0))


@cache
def load_polarity(language: Language) -> PolarityLexicon:
    return PolarityLexicon(language)
