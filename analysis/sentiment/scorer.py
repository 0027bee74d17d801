"""Adds up the cues of a stretch of text."""

from dataclasses import dataclass

from spacy.tokens import Span

from analysis.language import words_of
from analysis.records import Language, Polarity
from analysis.sentiment.polarity import load_polarity


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that carry sentiment: ``text[start:end]`` of the original text."""

    start: int
    end: int
    text: str
    score: float  # -1 .. +1, after negation and intensifiers


@dataclass(frozen=True, slots=True)
class Sentiment:
    score: float  # -1 .. +1
    polarity: Polarity
    opinion: bool  # whether any sentiment cue was found
    cues: tuple[Cue, ...]


class SentimentScorer:
    """Scores clauses or whole texts of one language."""

    def __init__(self, language: Language) -> None:
        self._polarity = load_polarity(language)

    def score(self, span: Span) -> Sentiment:
        words = words_of(span.doc)
        cues = []
        for token in span:
            info = self._polarity.look_up(words[token.i])
            if info.score:
                cues.append(
                    Cue(token.idx, token.idx + len(token), token.text, info.score)
                )
        total = max(-1.0, min(1.0, sum(cue.score for cue in cues)))
        polarity = Polarity.NEUTRAL
        if total > 0.1:
            polarity = Polarity.POSITIVE
        elif total < -0.1:
            polarity = Polarity.NEGATIVE
        return Sentiment(total, polarity, bool(cues), tuple(cues))
