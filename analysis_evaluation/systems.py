"""What is measured: anything that reads texts as the analysis does."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.encoder import Encoder, Judgement, Vectors, kind_of
from analysis.passages import read_passages
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Polarity, Text, TextAnalysis
from analysis.trained_encoder import load_encoder
from analysis.weighing import BOTH, Verdict, Weights, weights_for

PRODUCT = "Klantreis"
FAST = "Klantreis --fast"
BOTH_LANGUAGES = frozenset({Language.DUTCH, Language.ENGLISH})


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a text speaks of a touchpoint, and how sure that is."""

    polarity: Polarity
    sureness: float | None = None  # of the polarity alone


class System(Protocol):
    """One of those that are measured side by side.

    ``analyse`` is what a user gets. ``opinions`` takes for granted that each text
    speaks of the touchpoints beside it. ``chances`` gives, for the touchpoints found,
    how likely it is that the text speaks of them; None where a system does not tell.
    """

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> Collection[Language]: ...

    @property
    def names_touchpoints(self) -> bool: ...

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]: ...

    def opinions(
        self, texts: Sequence[Text], touchpoints: Sequence[Collection[str]]
    ) -> list[dict[str, Opinion]]: ...

    def chances(self, texts: Sequence[Text]) -> list[dict[str, float]] | None: ...


class OwnAnalysis:
    """The product's pipeline."""

    languages = BOTH_LANGUAGES
    names_touchpoints = True

    def __init__(self, name: str, pipeline: Pipeline) -> None:
        self.name = name
        self._pipeline = pipeline
        self._weights = (
            weights_for(pipeline.encoder, pipeline.recipe.weights)
            if pipeline.encoder is not None
            else None
        )

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        return self._pipeline.analyse(texts)

    def opinions(
        self, texts: Sequence[Text], touchpoints: Sequence[Collection[str]]
    ) -> list[dict[str, Opinion]]:
        read = self._pipeline.polarity_on(texts, touchpoints)
        sureness: Sequence[Mapping[str, float | None]] = [{} for _ in texts]
        if self._weights is not None:
            sureness = [
                {name: _sureness(verdict) for name, verdict in verdicts.items()}
                for verdicts in self._verdicts(texts, touchpoints, self._weights)
            ]
        return [
            {name: Opinion(polarity, sure.get(name)) for name, polarity in one.items()}
            for one, sure in zip(read, sureness, strict=True)
        ]

    def chances(self, texts: Sequence[Text]) -> list[dict[str, float]] | None:
        if self._weights is None:
            return None
        nothing: list[Collection[str]] = [()] * len(texts)
        limits = self._weights.spoken_from
        return [
            {
                name: verdict.chance
                for name, verdict in verdicts.items()
                if verdict.chance >= limits[kind_of(text.question)]
            }
            for text, verdicts in zip(
                texts, self._verdicts(texts, nothing, self._weights), strict=True
            )
        ]

    def _verdicts(
        self,
        texts: Sequence[Text],
        touchpoints: Sequence[Collection[str]],
        weights: Weights,
    ) -> Iterator[dict[str, Verdict]]:
        """What rules and encoder together hold of each touchpoint of a text.

        Where several passages may speak of it, the likeliest decides.
        """
        encoder = self._pipeline.encoder
        if encoder is None:
            return
        readings = [self._pipeline.read(text) for text in texts]
        for passages, names in zip(
            read_passages(texts, readings, encoder), touchpoints, strict=True
        ):
            found: dict[str, Verdict] = {}
            for passage in passages:
                cases = passage.cases(names)
                for case, verdict in zip(cases, weights.verdicts(cases), strict=True):
                    name = case.judgement.touchpoint
                    if name not in found or found[name].chance <= verdict.chance:
                        found[name] = verdict
            yield found


def _sureness(verdict: Verdict) -> float:
    """The share of the likeliest polarity, if there is but one."""
    shares = verdict.shares[:BOTH]
    return max(shares) / sum(shares)


class RememberingEncoder:
    """Reads the texts of one file once, though they are asked about in three ways."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint = encoder.fingerprint
        self._encoder = encoder
        self._known: dict[Text, list[Judgement]] = {}

    def judge(self, texts: Sequence[Text]) -> list[list[Judgement]]:
        if any(text not in self._known for text in texts):
            self._known = dict(
                zip(texts, self._encoder.judge(list(texts)), strict=True)
            )
        return [self._known[text] for text in texts]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.vectors(texts)


def own_systems() -> list[System]:
    """The whole product, where its weights are there, and ``--fast``."""
    fast = OwnAnalysis(FAST, build_pipeline(Recipe(fast=True)))
    encoder = load_encoder()
    if encoder is None:
        return [fast]
    pipeline = build_pipeline(encoder=RememberingEncoder(encoder))
    return [OwnAnalysis(PRODUCT, pipeline), fast]
