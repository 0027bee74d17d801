"""Texts in, analyses out: the one place where the steps are put together."""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Span

from analysis.blending import blend, heed
from analysis.clauses import split_clauses
from analysis.confidence import load_confidence
from analysis.cues import Word, words_in
from analysis.emotions import EmotionTagger
from analysis.encoder import Encoder, Prediction
from analysis.factors import FactorFinder
from analysis.interpretation import interpret, overall_polarity
from analysis.language import detect_language, make_tokenizer, tokenise
from analysis.linear import LinearModel, load_model
from analysis.mentions import Draft, ReadClause
from analysis.questions import AnswerReader, non_answer
from analysis.quotes import quote_bounds
from analysis.records import Clause, Language, Mention, QuestionRole, Text, TextAnalysis
from analysis.sentiment import SentimentScorer
from analysis.stance import StanceTagger
from analysis.touchpoints import Hit, TouchpointTagger

__all__ = ["Pipeline", "build_pipeline", "non_answer"]

_CODE_VERSION = "2"  # raise it when the rules change what comes out
_DIGEST_LENGTH = 10


class Pipeline:
    """All steps of the analysis; make one with ``build_pipeline`` and keep it."""

    def __init__(
        self, *, encoder: Encoder | None, model: LinearModel | None, version: str
    ) -> None:
        self.version = version
        self.encoder = encoder
        self._confidence = load_confidence()
        self._model = model
        self._readers = {language: LanguageReader(language) for language in Language}

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        """One analysis for each text, in the same order.

        Offsets are code points in the text as given.

        >>> pipeline = build_pipeline()
        >>> [analysis] = pipeline.analyse([Text("via google", QuestionRole.FOUND_US)])
        >>> [(mention.touchpoint, mention.polarity) for mention in analysis.mentions]
        [('search_engine', <Polarity.NEUTRAL: 'neutral'>)]
        """
        if self.encoder is None:
            return [self._analyse(text, ()) for text in texts]
        foreseen = self.encoder.predict(texts)
        return [
            self._analyse(text, predictions)
            for text, predictions in zip(texts, foreseen, strict=True)
        ]

    def _analyse(self, text: Text, predictions: Sequence[Prediction]) -> TextAnalysis:
        reading = self.read(text)
        reader, clauses = reading.reader, reading.clauses
        drafts = self.judge(reading, text.question)
        if predictions:
            drafts = heed(predictions, clauses, drafts)
        return TextAnalysis(
            language=reader.language,
            overall=overall_polarity(clauses, drafts),
            clauses=tuple(
                Clause(clause.span.start_char, clause.span.end_char)
                for clause in clauses
            ),
            mentions=tuple(
                reader.mention(
                    draft,
                    clauses,
                    self._confidence.of(draft, text.question, reading.words),
                    text.question,
                )
                for draft in drafts
            ),
            factors=reader.factors.find(clauses, drafts, text.question),
        )

    def judge(self, reading: "Reading", role: QuestionRole | None) -> list[Draft]:
        """The mentions of a text that was read, with the model's say in them."""
        if self._model is None:
            return reading.drafts
        return blend(self._model, reading.clauses, reading.drafts, role)

    def read(self, text: Text) -> "Reading":
        """What the lexicons and the question find, before any model is asked."""
        language = detect_language(text.text, prior=text.language)
        reader = self._readers[language]
        if non_answer(text.text) and not reader.answers.is_verdict(text):
            return Reading(reader, [], [])
        clauses = reader.read(text)
        drafts = interpret(clauses, text.question, reader.answers)
        return Reading(reader, clauses, drafts)


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


def build_pipeline(*, encoder: Encoder | None = None) -> Pipeline:
    """A pipeline ready for use, with a trained model beside the lexicons if given.

    >>> build_pipeline().version == build_pipeline().version
    True
    """
    digest = hashlib.sha256(_data_digest())
    if encoder is not None:
        digest.update(encoder.fingerprint.encode())
    version = f"{_CODE_VERSION}-{digest.hexdigest()[:_DIGEST_LENGTH]}"
    return Pipeline(encoder=encoder, model=load_model(), version=version)


@cache
def _data_digest() -> bytes:
    """A digest of every lexicon and head, by name and content."""
    digest = hashlib.sha256()
    for folder in ("heads", "lexicons"):
        entries = sorted(
            (files("analysis") / folder).iterdir(), key=lambda entry: entry.name
        )
        for entry in entries:
            if entry.is_file():
                digest.update(f"{folder}/{entry.name}\0".encode())
                digest.update(entry.read_bytes())
    return digest.digest()


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
