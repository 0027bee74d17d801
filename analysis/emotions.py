"""Names the emotion that a clause shows, or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from spacy.tokens import Span

from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Emotion, Language
from analysis.sentiment import Sentiment

_FAINT = 0.12
_OPPOSITE = -0.3  # from here on the clause says the reverse of the word in it
_DENIAL_REACH = 3  # words
_MARKS = frozenset(",.;:!?()")
_NO_EMOTIONS = frozenset({"sets", "denied"})


class Grade(IntEnum):
    """How plainly words tell of a feeling, and so what they weigh."""

    SHOWN = 1  # counts where the sentiment of the clause agrees
    IMPLIED = 3
    FELT = 4  # names it


@dataclass(frozen=True, slots=True)
class _Feeling:
    emotion: Emotion
    grade: Grade
    direction: int


class EmotionTagger:
    """Finds words that name or betray an emotion; what only judges shows none.

    A denied, supposed or contradicted feeling is not reported: "niet boos" is no anger.
    Where several emotions speak, the plainest words win, then the most, then the order
    in the lexicon.

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
        self._deniers = frozenset(load_lexicon(f"emotions_{code}")["denied"]["list"].split())

    def tag(self, span: Span, sentiment: Sentiment) -> Emotion:
        """The emotion of a clause, given its sentiment."""
        words = words_of(span.doc)[span.start : span.end]
        weights: dict[Emotion, int] = {}
        for feeling, length in self._find(words):
            if _agrees(feeling, sentiment):
                weight = length + feeling.grade * len(words)
                weights[feeling.emotion] = weights.get(feeling.emotion, 0) + weight
        return max(weights, key=weights.__getitem__, default=Emotion.NONE)

    def names_feeling(self, words: Sequence[str]) -> bool:
        """Whether normalised words name a feeling, whichever.

        >>> EmotionTagger(Language.ENGLISH).names_feeling("i was furious".split())
        True
        """
        return any(feeling.grade is Grade.FELT for feeling, _ in self._find(words))

    def _find(self, words: Sequence[str]) -> Iterator[tuple[_Feeling, int]]:
        """The feelings told of, each with the number of words that tell it."""
        for match in self._book.find(words):
            if not self._is_denied(words, match.start):
                for feeling in match.value:
                    yield feeling, match.end - match.start

    def _is_denied(self, words: Sequence[str], start: int) -> bool:
        for word in reversed(words[max(0, start - _DENIAL_REACH) : start]):
            if word in _MARKS:
                return False
            if word in self._deniers:
                return True
        return False


def _agrees(feeling: _Feeling, sentiment: Sentiment) -> bool:
    if not feeling.direction:
        return True
    least = _FAINT if feeling.grade is Grade.SHOWN else _OPPOSITE
    return feeling.direction * sentiment.score >= least


@cache
def _emotion_words(code: str) -> PhraseBook[tuple[_Feeling, ...]]:
    """The patterns of all emotions; one that stands under several speaks for each."""
    lexicon = load_lexicon(f"emotions_{code}")
    feelings: dict[str, tuple[_Feeling, ...]] = {}
    for name in [name for name in lexicon if name not in _NO_EMOTIONS]:
        for pattern, feeling in _patterns(Emotion(name), lexicon[name]):
            feelings[pattern] = (*feelings.get(pattern, ()), feeling)
    sets = {name: frozenset(words.split()) for name, words in lexicon["sets"].items()}
    return PhraseBook(feelings.items(), sets)


def _patterns(
    emotion: Emotion, part: Mapping[str, str | int]
) -> Iterator[tuple[str, _Feeling]]:
    for grade in Grade:
        feeling = _Feeling(emotion, grade, int(part["direction"]))
        for pattern in str(part.get(grade.name.lower(), "")).strip().splitlines():
            yield pattern, feeling
