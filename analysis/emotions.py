"""Names the emotion that a clause shows, or none."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from spacy.tokens import Doc, Span

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


@dataclass(frozen=True, slots=True)
class _Told:
    """Tokens ``start`` up to ``end``, and what they tell of."""

    start: int
    end: int
    feelings: tuple[_Feeling, ...]


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
        self._key = f"klantreis.feelings.{code}"
        self._book = _emotion_words(code)
        self._deniers = frozenset(
            load_lexicon(f"emotions_{code}")["denied"]["list"].split()
        )

    def tag(self, span: Span, sentiment: Sentiment) -> Emotion:
        """The emotion of a clause, given its sentiment."""
        weights: dict[Emotion, int] = {}
        for told in self._told_in(span):
            for feeling in told.feelings:
                if _agrees(feeling, sentiment):
                    weight = told.end - told.start + feeling.grade * len(span)
                    weights[feeling.emotion] = weights.get(feeling.emotion, 0) + weight
        return max(weights, key=weights.__getitem__, default=Emotion.NONE)

    def names_feeling(self, span: Span) -> bool:
        """Whether a clause names a feeling, whichever.

        >>> from analysis.language import make_tokenizer
        >>> doc = make_tokenizer(Language.ENGLISH)("I was furious")
        >>> EmotionTagger(Language.ENGLISH).names_feeling(doc[:])
        True
        """
        return any(
            feeling.grade is Grade.FELT
            for told in self._told_in(span)
            for feeling in told.feelings
        )

    def _told_in(self, span: Span) -> Iterator[_Told]:
        found = self._find(span.doc)
        for at in range(bisect_left(found, span.start, key=_start), len(found)):
            if found[at].start >= span.end:
                return
            if found[at].end <= span.end:
                yield found[at]

    def _find(self, doc: Doc) -> tuple[_Told, ...]:
        """Where a text tells of feelings; looked for once."""
        found: tuple[_Told, ...] | None = doc.user_data.get(self._key)
        if found is None:
            words = words_of(doc)
            found = tuple(
                _Told(match.start, match.end, match.value)
                for match in self._book.find(words)
                if not self._is_denied(words, match.start)
            )
            doc.user_data[self._key] = found
        return found

    def _is_denied(self, words: Sequence[str], start: int) -> bool:
        for word in reversed(words[max(0, start - _DENIAL_REACH) : start]):
            if word in _MARKS:
                return False
            if word in self._deniers:
                return True
        return False


def _start(told: _Told) -> int:
    return told.start


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
