"""Adds up the cues of a stretch of text."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from analysis.language import words_of
from analysis.records import Language, Polarity
from analysis.sentiment.cues import TokenCue, load_cue_finder
from analysis.sentiment.rules import load_rules

_SPREAD = 0.4  # one plain cue of 0.5 scores 0.62, three of them 0.92
_NEUTRAL_BELOW = 0.12
_BEFORE_CONTRAST = 0.8
_AFTER_CONTRAST = 1.25
_CALLED_OUT = 1.1  # "!"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that carry sentiment: ``text[start:end]`` of the original text."""

    start: int
    end: int
    text: str
    score: float  # -1 .. +1, after negation and intensifiers


@dataclass(frozen=True, slots=True)
class Sentiment:
    """The sentiment of a stretch of text and the words that decided it."""

    score: float  # -1 .. +1
    polarity: Polarity
    opinion: bool  # whether any sentiment cue was found
    cues: tuple[Cue, ...]
    supposed: tuple[Cue, ...] = ()  # what would count, had it been said to be so


class SentimentScorer:
    """Scores clauses or whole texts of one language by lexicon and rules.

    Method: lexical scores under contextual valence shifters (Polanyi and Zaenen 2006;
    Taboada et al., Lexicon-based methods for sentiment analysis, 2011).

    >>> from analysis.language import make_tokenizer
    >>> doc = make_tokenizer(Language.DUTCH)("Niet slecht, maar te duur")
    >>> scored = SentimentScorer(Language.DUTCH).score(doc[:])
    >>> [(cue.text, cue.score) for cue in scored.cues]
    [('Niet slecht', 0.6), ('te duur', -0.55)]
    """

    def __init__(self, language: Language) -> None:
        self._finder = load_cue_finder(language)
        self._contrast = load_rules(language).contrast

    def score(self, span: Span) -> Sentiment:
        """The sentiment of a clause or whole text; its cues in order.

        Negators and conditions before the span in the same text are taken into account.
        """
        doc = span.doc
        cues = self._finder.find(doc)
        first = bisect_left(cues, span.start, key=_start)
        inside = cues[first : bisect_left(cues, span.end, first, key=_start)]
        found = [cue for cue in inside if cue.score]
        score = round(self._total(span, found), 3)
        return Sentiment(
            score=score,
            polarity=polarity_of(score),
            opinion=bool(found),
            cues=tuple(_in_text(doc, cue) for cue in found),
            supposed=tuple(_in_text(doc, cue) for cue in inside if not cue.score),
        )

    def _total(self, span: Span, found: Sequence[TokenCue]) -> float:
        if not found:
            return 0.0
        words = words_of(span.doc)
        turn = max(
            (
                at
                for at in range(span.start + 1, span.end)
                if words[at] in self._contrast
            ),
            default=None,
        )
        total = sum(_weight(cue, turn) * cue.score for cue in found)
        if any(words[at].startswith("!") for at in range(span.start, span.end)):
            total *= _CALLED_OUT
        return total / math.sqrt(total * total + _SPREAD)


def polarity_of(score: float) -> Polarity:
    """The class of a score; close to zero is neutral.

    >>> polarity_of(-0.5)
    <Polarity.NEGATIVE: 'negative'>
    """
    if abs(score) < _NEUTRAL_BELOW:
        return Polarity.NEUTRAL
    return Polarity.POSITIVE if score > 0 else Polarity.NEGATIVE


def _start(cue: TokenCue) -> int:
    return cue.start


def _weight(cue: TokenCue, turn: int | None) -> float:
    if turn is None:
        return 1.0
    return _BEFORE_CONTRAST if cue.start < turn else _AFTER_CONTRAST


def _in_text(doc: Doc, cue: TokenCue) -> Cue:
    span = doc[cue.start : cue.end]
    return Cue(span.start_char, span.end_char, span.text, cue.score)
