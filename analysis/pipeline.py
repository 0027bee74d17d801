"""Texts in, analyses out: the one place where the steps are put together."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from analysis.blending import blend
from analysis.confidence import load_confidence
from analysis.cues import words_in
from analysis.encoder import Encoder
from analysis.interpretation import interpret, overall_polarity
from analysis.language import detect_language
from analysis.linear import LinearModel, load_model
from analysis.mentions import Draft
from analysis.own_examples import find_by_example
from analysis.own_lessons import NO_LESSONS
from analysis.own_touchpoints import OwnTouchpoint
from analysis.passages import read_passages
from analysis.questions import non_answer
from analysis.reading import LanguageReader, Reading
from analysis.records import (
    Clause,
    Language,
    Polarity,
    QuestionRole,
    Text,
    TextAnalysis,
)
from analysis.trained_encoder import load_encoder
from analysis.weigher import WeighedText, polarity_on, weigh
from analysis.weighing import Weights, weights_for

__all__ = ["Pipeline", "Recipe", "build_pipeline", "non_answer"]

_CODE_VERSION = "3"  # raise it when the rules change what comes out
_DIGEST_LENGTH = 10
_SETS_KEPT = 2  # of own touchpoints: that of now, and one still on its way


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a pipeline is made of; small, so that it can be handed to a process.

    ``fast`` does without the encoder. ``own`` are touchpoints of the organisation's
    own, found beside ours. ``weights`` are an organisation's own, as
    ``analysis.weighing.written`` gives them; None for the shipped ones.
    """

    fast: bool = False
    weights: str | None = None
    own: tuple[OwnTouchpoint, ...] = ()


_USUAL = Recipe()
_Read = tuple[Text, Reading, Sequence[WeighedText]]


class _Readers(dict[Language, LanguageReader]):
    """A reader for each language, made when the first text in it comes."""

    def __init__(self, own: tuple[OwnTouchpoint, ...]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, language: Language) -> LanguageReader:
        self[language] = LanguageReader(language, self._own)
        return self[language]


class Pipeline:
    """All steps of the analysis; make one with ``build_pipeline`` and keep it."""

    def __init__(
        self,
        recipe: Recipe,
        *,
        encoder: Encoder | None,
        weights: Weights | None,
        model: LinearModel | None,
        version: str,
    ) -> None:
        self.recipe = recipe
        self.version = version
        self.encoder = encoder
        self._weights = weights
        self._confidence = load_confidence()
        self._model = model
        plain = tuple(replace(own, lessons=NO_LESSONS) for own in recipe.own)
        self._readers = _readers(plain)
        self._examples = find_by_example(recipe.own, encoder)

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        """One analysis for each text, in the same order.

        Offsets are code points in the text as given.

        >>> pipeline = build_pipeline()
        >>> [analysis] = pipeline.analyse([Text("via google", QuestionRole.FOUND_US)])
        >>> [(mention.touchpoint, mention.polarity) for mention in analysis.mentions]
        [('search_engine', <Polarity.NEUTRAL: 'neutral'>)]
        """
        distinct = list(dict.fromkeys(texts))  # "Prima" is said by many
        read = self._read_all(distinct)
        found = {
            text: self._analyse(text, reading, drafts)
            for (text, reading, _), drafts in zip(read, self._drafts(read), strict=True)
        }
        return [found[text] for text in texts]

    def _drafts(self, read: Sequence[_Read]) -> list[list[Draft]]:
        if self._weights is not None:
            return weigh([passages for _, _, passages in read], self._weights)
        return [self.judge(reading, text.question) for text, reading, _ in read]

    def polarity_on(
        self, texts: Sequence[Text], touchpoints: Sequence[Collection[str]]
    ) -> list[dict[str, Polarity]]:
        """How each text speaks of the touchpoints given beside it, in order.

        That it does speak of them is taken for granted; for measuring polarity alone.
        """
        return [
            self._polarity_on(*read, names)
            for read, names in zip(self._read_all(texts), touchpoints, strict=True)
        ]

    def _polarity_on(
        self,
        text: Text,
        reading: Reading,
        passages: Sequence[WeighedText],
        names: Collection[str],
    ) -> dict[str, Polarity]:
        if self._weights is not None:
            return polarity_on(passages, self._weights, names)
        drafts = self.judge(reading, text.question)
        overall = overall_polarity(reading.clauses, drafts) or Polarity.NEUTRAL
        found = {draft.touchpoint: draft.polarity for draft in reversed(drafts)}
        return {name: found.get(name, overall) for name in names}

    def _read_all(self, texts: Sequence[Text]) -> list[_Read]:
        readings = [self.read(text) for text in texts]
        if self.encoder is None:
            return [
                (text, reading, ())
                for text, reading in zip(texts, readings, strict=True)
            ]
        passages = read_passages(texts, readings, self.encoder)
        return list(zip(texts, readings, passages, strict=True))

    def _analyse(
        self, text: Text, reading: Reading, drafts: list[Draft]
    ) -> TextAnalysis:
        reader, clauses = reading.reader, reading.clauses
        if self._examples is not None:
            drafts = self._examples.beside(drafts, reading, text)
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
                    self._confidence_of(draft, text.question, reading.words),
                    text.question,
                )
                for draft in drafts
            ),
            factors=reader.factors.find(clauses, drafts, text.question),
        )

    def _confidence_of(
        self, draft: Draft, role: QuestionRole | None, words: int
    ) -> float:
        if draft.confidence is not None:
            return draft.confidence
        return self._confidence.of(draft, role, words)

    def judge(self, reading: Reading, role: QuestionRole | None) -> list[Draft]:
        """The mentions of a text that was read, as they are without an encoder."""
        if self._model is None:
            return reading.drafts
        return blend(self._model, reading.clauses, reading.drafts, role)

    def read(self, text: Text) -> Reading:
        """What the lexicons and the question find, before any model is asked."""
        language = detect_language(text.text, prior=text.language)
        reader = self._readers[language]
        words = words_in(text.text)
        if non_answer(text.text, words) and not reader.answers.is_verdict(text):
            return Reading(reader, [], [])
        clauses = reader.read(text, words)
        drafts = interpret(clauses, text.question, reader.answers)
        return Reading(reader, clauses, drafts)


def build_pipeline(
    recipe: Recipe = _USUAL, *, encoder: Encoder | None = None
) -> Pipeline:
    """A pipeline ready for use, with the shipped encoder unless another is given.

    Where the package came without the encoder's weights it does as with ``fast``.
    Raises WrongEncoderError if the weights of the recipe are for another encoder.

    >>> build_pipeline(Recipe(fast=True)).encoder is None
    True
    """
    digest = hashlib.sha256(_data_digest())
    weights = None
    if encoder is None and not recipe.fast:
        encoder = load_encoder()
    if encoder is not None:
        weights = weights_for(encoder, recipe.weights)
        digest.update(encoder.fingerprint.encode())
        digest.update(weights.fingerprint.encode())
    if recipe.own:
        digest.update(repr([own.found_by for own in recipe.own]).encode())
    version = f"{_CODE_VERSION}-{digest.hexdigest()[:_DIGEST_LENGTH]}"
    return Pipeline(
        recipe,
        encoder=encoder,
        weights=weights,
        model=load_model() if weights is None else None,
        version=version,
    )


@lru_cache(maxsize=_SETS_KEPT)
def _readers(own: tuple[OwnTouchpoint, ...]) -> Mapping[Language, LanguageReader]:
    """Kept beside a pipeline: every correction makes another one of those."""
    return _Readers(own)


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
