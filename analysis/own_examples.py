"""Finds an organisation's own touchpoints by how like its example answers a text is."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.encoder import Encoder, Vectors
from analysis.lexicon import load_lexicon
from analysis.likeness import LetterVectors
from analysis.mentions import Draft, ReadClause, settle
from analysis.own_touchpoints import OwnTouchpoint
from analysis.question_light import in_the_light_of
from analysis.reading import Reading
from analysis.records import Method, QuestionRole

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near is near enough, and how much nearer than to what is ours."""

    least: float
    margin: float


# Chosen on four invented touchpoints of six examples each. Of 32 other answers about
# them 0.6 are found with an encoder and 0.44 without; of 3,000 answers about other
# things about ten a touchpoint, a third of those rightly.
WITH_ENCODER = Nearness(least=0.45, margin=0.1)
BY_LETTERS = Nearness(least=0.3, margin=0.15)
_MEANING = 0.7  # the rest is for letters: rare words mean little to an encoder
_SUREST = 0.85  # confidence of what is exactly like an example
_LEAST_SURE = 0.5


class ExampleFinder:
    """Compares clauses with examples, in the vectors of an encoder or of letters."""

    def __init__(self, own: Sequence[OwnTouchpoint], encoder: Encoder | None) -> None:
        self._own = [touchpoint for touchpoint in own if touchpoint.examples]
        usual = [
            text for some in load_lexicon("usual_answers").values() for text in some
        ]
        given = [text for each in self._own for text in each.examples]
        letters = LetterVectors([*usual, *given]).of
        self._embed: Embed = letters if encoder is None else _both(encoder, letters)
        self._nearness = BY_LETTERS if encoder is None else WITH_ENCODER
        self._usual = self._embed(usual)
        self._places = [_with_centre(self._embed(each.examples)) for each in self._own]

    def beside(
        self,
        drafts: list[Draft],
        reading: Reading,
        role: QuestionRole | None,
    ) -> list[Draft]:
        """The drafts, and what examples add to them in the light of the question."""
        clauses = reading.clauses
        found = self.find(clauses, {draft.touchpoint for draft in drafts})
        if not found:
            return drafts
        meant = in_the_light_of(role, clauses, found, reading.reader.answers)
        return settle([*drafts, *meant])

    def find(
        self, clauses: Sequence[ReadClause], named: Collection[str]
    ) -> list[Draft]:
        """A draft for each own touchpoint that is not named, in the nearest clause."""
        wanted = [
            (touchpoint.code, places)
            for touchpoint, places in zip(self._own, self._places, strict=True)
            if touchpoint.code not in named
        ]
        if not wanted or not clauses:
            return []
        vectors = self._embed([clause.span.text for clause in clauses])
        usual = (vectors @ self._usual.T).max(axis=1)
        drafts = []
        for code, places in wanted:
            near = (vectors @ places.T).max(axis=1)
            index = int(np.argmax(near - usual))
            if self._is_near(near[index], usual[index]):
                drafts.append(self._draft(clauses[index], index, code, near[index]))
        return drafts

    def _is_near(self, near: float, usual: float) -> bool:
        bar = self._nearness
        return bool(near >= bar.least and near - usual >= bar.margin)

    def _draft(self, clause: ReadClause, index: int, code: str, near: float) -> Draft:
        share = (float(near) - self._nearness.least) / (1 - self._nearness.least)
        return Draft(
            clause=index,
            touchpoint=code,
            score=clause.sentiment.score,
            method=Method.EXAMPLE,
            confidence=round(_LEAST_SURE + (_SUREST - _LEAST_SURE) * share, 2),
            cues=tuple(cue.text for cue in clause.sentiment.cues),
        )


def find_by_example(
    own: Sequence[OwnTouchpoint], encoder: Encoder | None
) -> ExampleFinder | None:
    """None where no touchpoint has examples: nothing needs to be compared then."""
    if any(touchpoint.examples for touchpoint in own):
        return ExampleFinder(own, encoder)
    return None


def _both(encoder: Encoder, letters: Embed) -> Embed:
    def embed(texts: Sequence[str]) -> Vectors:
        meaning = math.sqrt(_MEANING) * encoder.vectors(texts)
        joined: Vectors = np.hstack(
            [meaning, math.sqrt(1 - _MEANING) * letters(texts)]
        ).astype(np.float32)
        return joined

    return embed


def _with_centre(examples: Vectors) -> Vectors:
    """The examples, and what they have in common."""
    centre = examples.mean(axis=0, keepdims=True)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    return np.vstack([examples, centre])
