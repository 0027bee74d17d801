"""The polarity lexicons that a user would pick instead: Pattern's, and VADER.

They say how a whole text feels and name no touchpoint.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from vader import SentimentIntensityAnalyzer

from analysis.records import Language, Polarity, Text, TextAnalysis
from analysis_evaluation.pattern import shipped_lexicon
from analysis_evaluation.systems import Opinion

_PATTERN_FROM = 0.1  # from here on its authors call a text positive
_VADER_FROM = 0.05  # the same, of VADER (Hutto and Gilbert, ICWSM 2014)


@dataclass(frozen=True, slots=True)
class LexiconSystem:
    """A score for a whole text, taken for each touchpoint in it."""

    name: str
    language: Language
    score: Callable[[str], float]
    opinion_from: float
    names_touchpoints: bool = False

    @property
    def languages(self) -> Collection[Language]:
        return (self.language,)

    def polarity(self, text: Text) -> Polarity:
        score = self.score(text.text)
        if score >= self.opinion_from:
            return Polarity.POSITIVE
        return Polarity.NEGATIVE if score <= -self.opinion_from else Polarity.NEUTRAL

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        return [
            TextAnalysis(language=self.language, overall=self.polarity(text))
            for text in texts
        ]

    def opinions(
        self, texts: Sequence[Text], touchpoints: Sequence[Collection[str]]
    ) -> list[dict[str, Opinion]]:
        return [
            dict.fromkeys(names, Opinion(self.polarity(text)))
            for text, names in zip(texts, touchpoints, strict=True)
        ]

    def chances(self, texts: Sequence[Text]) -> None:
        """Nothing: it names no touchpoint."""


def pattern_for_dutch() -> LexiconSystem:
    lexicon = shipped_lexicon()
    return LexiconSystem("Pattern", Language.DUTCH, lexicon.score, _PATTERN_FROM)


def vader() -> LexiconSystem:
    analyser = SentimentIntensityAnalyzer()
    return LexiconSystem(
        "VADER",
        Language.ENGLISH,
        lambda text: float(analyser.polarity_scores(text)["compound"]),
        _VADER_FROM,
    )
