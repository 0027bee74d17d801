"""Where a touchpoint would be found in many texts: a look before it is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Span

from analysis.clauses import split_clauses
from analysis.cues import CueBook, words_in
from analysis.encoder import Encoder, Vectors
from analysis.language import make_tokenizer, tokenise
from analysis.own_lessons import text_mark
from analysis.own_places import find_places
from analysis.own_touchpoints import OwnTouchpoint, phrases_of
from analysis.records import Language


@dataclass(frozen=True, slots=True)
class Sighting:
    """At which code point of a text it is spoken of, and what tells so."""

    place: int
    by_phrase: bool


class OwnFinder:
    """Finds one touchpoint by its phrases, then by likeness; nothing else is read.

    >>> from analysis.own_touchpoints import OwnWords
    >>> own = OwnTouchpoint(code="own_charging", dutch=OwnWords(cues=("laadpaal",)))
    >>> OwnFinder(own, None).find(["De laadpaal was stuk", "Te duur"])
    [Sighting(place=3, by_phrase=True), None]
    """

    def __init__(self, own: OwnTouchpoint, encoder: Encoder | None) -> None:
        self._book = CueBook(
            (phrase, None)
            for language in (Language.DUTCH, Language.ENGLISH)
            for cue in own.cues(language)
            for phrase in phrases_of(cue, language)
        )
        self._nlp = make_tokenizer(Language.DUTCH)  # clauses end alike in both
        self._embed, places = find_places((own,) if own.teaches else (), encoder)
        self._place = places[0] if places else None

    def find(self, texts: Sequence[str]) -> list[Sighting | None]:
        """A sighting, or None, for each text."""
        clauses = [self._clauses(text) for text in texts]
        vectors = iter(self._vectors(clauses))
        return [
            self._sighting(text, some, of_it)
            for text, some, of_it in zip(texts, clauses, vectors, strict=True)
        ]

    def _clauses(self, text: str) -> Sequence[Span]:
        if self._place is None:
            return ()
        return split_clauses(tokenise(self._nlp, text))

    def _vectors(self, clauses: Sequence[Sequence[Span]]) -> Iterator[Vectors]:
        """Made in one go, which an encoder does in a fraction of the time."""
        words = [clause.text for some in clauses for clause in some]
        made = self._embed(words) if words else np.zeros((0, 1), np.float32)
        start = 0
        for some in clauses:
            yield made[start : start + len(some)]
            start += len(some)

    def _sighting(
        self, text: str, clauses: Sequence[Span], vectors: Vectors
    ) -> Sighting | None:
        mark = text_mark(text)
        place = self._phrase_in(text)
        if place is not None:
            said = [row for row, c in enumerate(clauses) if place < c.end_char][:1]
            is_rejected = self._place is not None and any(
                self._place.is_rejected(vectors[row], mark) for row in said
            )
            return None if is_rejected else Sighting(place, by_phrase=True)
        if self._place is None or not clauses:
            return None
        height = self._place.height(vectors, mark)
        at = int(np.argmax(height))
        start = clauses[at].start_char
        return Sighting(start, by_phrase=False) if height[at] >= 0 else None

    def _phrase_in(self, text: str) -> int | None:
        words = words_in(text)
        matches = self._book.find(words)
        return words[matches[0].positions[0]].start if matches else None
