"""Finds an organisation's own touchpoints by how like its example answers a text is."""

from collections.abc import Collection, Sequence

import numpy as np

from analysis.encoder import Encoder, Vectors
from analysis.mentions import Draft, ReadClause, settle
from analysis.own_lessons import text_mark
from analysis.own_places import find_places
from analysis.own_touchpoints import OwnTouchpoint
from analysis.question_light import in_the_light_of
from analysis.reading import Reading
from analysis.records import Method, Text

_SUREST = 0.85  # confidence of what is exactly like an example
_LEAST_SURE = 0.5


class ExampleFinder:
    """Compares clauses with examples, in the vectors of an encoder or of letters."""

    def __init__(self, own: Sequence[OwnTouchpoint], encoder: Encoder | None) -> None:
        self._embed, self._places = find_places(own, encoder)

    def beside(self, drafts: list[Draft], reading: Reading, text: Text) -> list[Draft]:
        """The drafts, and what examples change of them in the light of the question."""
        clauses = reading.clauses
        if not clauses:
            return drafts
        vectors = self._embed([clause.span.text for clause in clauses])
        mark = text_mark(text.text)
        kept = [draft for draft in drafts if not self._rejected(draft, vectors, mark)]
        named = {draft.touchpoint for draft in drafts}
        found = self._find(clauses, vectors, mark, named)
        if not found:
            return kept
        meant = in_the_light_of(text.question, clauses, found, reading.reader.answers)
        return settle([*kept, *meant])

    def _rejected(self, draft: Draft, vectors: Vectors, mark: str) -> bool:
        return any(
            place.code == draft.touchpoint
            and place.is_rejected(vectors[draft.clause], mark)
            for place in self._places
        )

    def _find(
        self,
        clauses: Sequence[ReadClause],
        vectors: Vectors,
        mark: str,
        named: Collection[str],
    ) -> list[Draft]:
        """A draft for each own touchpoint not named yet, in the clause most like it."""
        drafts = []
        for place in self._places:
            if place.code in named:
                continue
            height = place.height(vectors, mark)
            at = int(np.argmax(height))
            if height[at] >= 0:
                drafts.append(_draft(clauses[at], at, place.code, float(height[at])))
        return drafts


def find_by_example(
    own: Sequence[OwnTouchpoint], encoder: Encoder | None
) -> ExampleFinder | None:
    """None where there is nothing to compare with."""
    taught = [each for each in own if each.teaches]
    return ExampleFinder(taught, encoder) if taught else None


def _draft(clause: ReadClause, index: int, code: str, height: float) -> Draft:
    sureness = _LEAST_SURE + (_SUREST - _LEAST_SURE) * min(1.0, height)
    return Draft(
        clause=index,
        touchpoint=code,
        score=clause.sentiment.score,
        method=Method.EXAMPLE,
        confidence=round(sureness, 2),
        cues=tuple(cue.text for cue in clause.sentiment.cues),
    )
