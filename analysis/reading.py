"""One text read by the lexicons of its language, before any model is asked."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from analysis.clauses import split_clauses
from analysis.cues import Word, words_in
from analysis.emotions import EmotionTagger
from analysis.factors import FactorFinder
from analysis.language import make_tokenizer, tokenise
from analysis.mentions import Draft, ReadClause
from analysis.questions import AnswerReader
from analysis.quotes import quote_bounds
from analysis.records import Language, Mention, QuestionRole, Text
from analysis.sentiment import SentimentScorer
from analysis.stance import StanceTagger
from analysis.touchpoints import Hit, TouchpointTagger


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


class LanguageReader:
    """The steps that depend on the language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.answers = AnswerReader(language)
        self.factors = FactorFinder(language)
        self._nlp = make_tokenizer(language)
        self._sentiment = SentimentScorer(language)
        self._emotions = EmotionTagger(language)
        self._stances = StanceTagger(language)
        self._touchpoints = TouchpointTagger(language)

    def read(self, text: Text) -> list[ReadClause]:
        doc = tokenise(self._nlp, text.text)
        words = words_in(text.text)
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
        return ReadClause(
            span=span,
            text=text,
            text_words=words,
            first_word=first,
            end_word=end,
            sentiment=self._sentiment.score(span),
            hits=tuple(
                hits[
                    bisect_left(hits, first, key=lambda hit: hit.place) : bisect_left(
                        hits, end, key=lambda hit: hit.place
                    )
                ]
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
