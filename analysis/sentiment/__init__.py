"""How favourable a stretch of text is, and the words that say so."""

from analysis.sentiment.scorer import Cue, Sentiment, SentimentScorer

__all__ = ["Cue", "Sentiment", "SentimentScorer"]
