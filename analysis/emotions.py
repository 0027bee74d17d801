"""Names the emotion that a clause shows, or none."""

from functools import cache

from spacy.tokens import Span

from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Emotion, Language
from analysis.sentiment import Sentiment

_STRONG = 0.8  # praise or blame this strong shows feeling without a word for it
_SURE_CUE = 0.75
_FAINT = 0.12


class EmotionTagger:
    """Finds words that name or betray an emotion, and checks them against polarity.

    A denied or contradicted feeling is not reported: "niet blij" is no joy. Where
    several emotions speak, the most words win, then the order in the lexicon.

    >>> from analysis.language import make_tokenizer
    >>> from analysis.sentiment import SentimentScorer
    >>> doc = make_tokenizer(Language.DUTCH)("Wat een teleurstelling, viel erg tegen")
    >>> sentiment = SentimentScorer(Language.DUTCH).score(doc[:])
    >>> EmotionTagger(Language.DUTCH).tag(doc[:], sentiment)
    <Emotion.DISAPPOINTMENT: 'disappointment'>
    """

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        self._book = _emotion_words(code)
        self._direction: dict[Emotion, int] = {
            Emotion(name): part["direction"]
            for name, part in load_lexicon(f"emotions_{code}").items()
        }

    def tag(self, span: Span, sentiment: Sentiment) -> Emotion:
        """The emotion of a clause, given its sentiment."""
        words = words_of(span.doc)[span.start : span.end]
        counts: dict[Emotion, int] = {}
        for match in self._book.find(words):
            for emotion in match.value:
                if self._agrees(emotion, sentiment):
                    length = match.end - match.start
                    counts[emotion] = counts.get(emotion, 0) + length
        if counts:
            return max(counts, key=lambda emotion: counts[emotion])
        return _by_strength(sentiment)

    def _agrees(self, emotion: Emotion, sentiment: Sentiment) -> bool:
        direction = self._direction[emotion]
        return direction == 0 or direction * sentiment.score >= _FAINT


def _by_strength(sentiment: Sentiment) -> Emotion:
    """Joy or frustration when a strong cue decides a strong score."""
    strongest = max((abs(cue.score) for cue in sentiment.cues), default=0.0)
    if abs(sentiment.score) < _STRONG or strongest < _SURE_CUE:
        return Emotion.NONE
    return Emotion.JOY if sentiment.score > 0 else Emotion.FRUSTRATION


@cache
def _emotion_words(code: str) -> PhraseBook[tuple[Emotion, ...]]:
    """The patterns of all emotions; one that stands under several speaks for each."""
    emotions: dict[str, tuple[Emotion, ...]] = {}
    for name, part in load_lexicon(f"emotions_{code}").items():
        for pattern in part["list"].strip().splitlines():
            emotions[pattern] = (*emotions.get(pattern, ()), Emotion(name))
    return PhraseBook(emotions.items())
