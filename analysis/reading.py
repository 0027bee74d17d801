"""One text read by the lexicons of its language, before any model is asked."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from analysis.clauses import split_clauses
from analysis.cues import Word
from analysis.emotions import EmotionTagger
from analysis.factors import FactorFinder
from analysis.language import make_tokenizer, tokenise
from analysis.mentions import Draft, ReadClause
from analysis.own_touchpoints import OwnTouchpoint
from analysis.questions import AnswerReader
from analysis.quotes import quote_bounds
from analysis.records import Language, Mention, QuestionRole, Text
from analysis.sentiment import Sentiment, SentimentScorer
from analysis.stance import StanceTagger
from analysis.touchpoints import Hit, Strength, TouchpointTagger


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read by the lexicons of its language."""

    reader: "LanguageReader"
    clauses: list[ReadClause]
    drafts: list[Draft]

    @property
    def words(self) -> int:
        """How many words the text has, up to its last clause."""
        return self.clauses[-1].end_word if self.clauses else 0


def _unless_overruled(hit: Hit, sentiment: Sentiment, words: Sequence[Word]) -> Hit:
    """A cue's own sign gives way to what the same words say in their sentence.

    "Late" is blame, but not in "never late".
    """
    if not hit.sign:
        return hit
    if hit.strength is Strength.WEAK and hit.sign * sentiment.score < 0:
        return replace(hit, sign=0)
    if not (sentiment.cues or sentiment.supposed):
        return hit
    start, end = words[hit.positions[0]].start, words[hit.positions[-1]].end
    for cue in (*sentiment.cues, *sentiment.supposed):
        touches = cue.start < end and start < cue.end
        # A hit with a negator of its own knows better: "not cheap".
        known = hit.denies and start <= cue.start and cue.end <= end
        if touches and not known and cue.score * hit.sign <= 0:
            return replace(hit, sign=0)
    return hit


class LanguageReader:
    """The steps that depend on the language."""

    def __init__(self, language: Language, own: Sequence[OwnTouchpoint] = ()) -> None:
        self.language = language
        self.answers = AnswerReader(language)
        self.factors = FactorFinder(language)
        self._nlp = make_tokenizer(language)
        self._sentiment = SentimentScorer(language)
        self._emotions = EmotionTagger(language)
        self._stances = StanceTagger(language)
        self._touchpoints = TouchpointTagger(language, own)

    def read(self, text: Text, words: Sequence[Word]) -> list[ReadClause]:
        doc = tokenise(self._nlp, text.text)
        hits = self._touchpoints.find(words, text.question)
        hits.sort(key=lambda hit: hit.place)
        return [
            self._read_clause(span, text.text, words, hits)
            for span in split_clauses(doc)
        ]

    def _read_clause(
        self, span: Span, text: str, words: Sequence[Word], hits: Sequence[Hit]
    ) -> ReadClause:
        first = bisect_left(words, span.start_char, key=lambda word: word.start)
        end = bisect_left(words, span.end_char, key=lambda word: word.start)
        sentiment = self._sentiment.score(span)
        from_hit = bisect_left(hits, first, key=lambda hit: hit.place)
        to_hit = bisect_left(hits, end, from_hit, key=lambda hit: hit.place)
        return ReadClause(
            span=span,
            text=text,
            text_words=words,
            first_word=first,
            end_word=end,
            sentiment=sentiment,
            hits=tuple(
                _unless_overruled(hit, sentiment, words)
                for hit in hits[from_hit:to_hit]
            ),
        )

    def mention(
        self,
        draft: Draft,
        clauses: Sequence[ReadClause],
        confidence: float,
        role: QuestionRole | None,
    ) -> Mention:
        first, last = draft.clauses
        start, end = quote_bounds(clauses[first].span, clauses[last].span)
        named = clauses[draft.clause]
        judged = clauses[draft.clause if draft.judged_in is None else draft.judged_in]
        return Mention(
            start=start,
            end=end,
            touchpoint=draft.touchpoint,
            polarity=draft.polarity,
            score=round(draft.score, 3),
            confidence=confidence,
            emotion=self._emotions.tag(judged.span, judged.sentiment),
            stance=self._stances.tag(
                named.span, role, draft.polarity, draft.touchpoint
            ),
            cues=draft.cues,
            method=draft.method,
        )
