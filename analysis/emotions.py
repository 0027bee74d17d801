"""Names the emotion that a clause shows, or none."""

from spacy.tokens import Span

from analysis.records import Emotion, Language
from analysis.sentiment import Sentiment


class EmotionTagger:
    def __init__(self, language: Language) -> None:
        self._language = language

    def tag(self, span: Span, sentiment: Sentiment) -> Emotion:
        del span, sentiment
        return Emotion.NONE
