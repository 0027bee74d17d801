"""Finds the cues of a whole text and lets the rules of context work on them."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from analysis.language import words_of
from analysis.records import Language
from analysis.sentiment.context import (
    apply_comparisons,
    apply_conditions,
    apply_degrees,
    apply_questions,
    apply_sarcasm,
    apply_too,
    apply_wishes,
)
from analysis.sentiment.evidence import Evidence, Scene
from analysis.sentiment.negation import apply_negators
from analysis.sentiment.polarity import load_polarity
from analysis.sentiment.ratings import find_ratings
from analysis.sentiment.rules import (
    load_complaints,
    load_degrees,
    load_expressions,
    load_rules,
)

_CUES_KEY = "klantreis.cues"


@dataclass(frozen=True, slots=True)
class TokenCue:
    """Tokens ``start`` up to ``end`` that carry sentiment, -1 .. +1.

    A score of 0 is of words that would carry some, were they not only supposed.
    """

    start: int
    end: int
    score: float


class CueFinder:
    """Finds cues in texts of one language; once for each text."""

    def __init__(self, language: Language) -> None:
        self._key = f"{_CUES_KEY}.{language.value}"
        self._polarity = load_polarity(language)
        self._rules = load_rules(language)
        self._deniers = self._rules.negators - self._rules.rightward
        self._degrees = load_degrees(language)
        self._complaints = load_complaints(language)
        self._expressions = load_expressions(language)

    def find(self, doc: Doc) -> tuple[TokenCue, ...]:
        """The cues of the whole text, in order."""
        cues: tuple[TokenCue, ...] | None = doc.user_data.get(self._key)
        if cues is None:
            cues = self._find(doc)
            doc.user_data[self._key] = cues
        return cues

    def _find(self, doc: Doc) -> tuple[TokenCue, ...]:
        scene = Scene(words_of(doc))
        for start, end, score in find_ratings(doc):
            scene.add(Evidence(start, end, score))
            scene.taken.update(range(start, end))
        self._add_expressions(scene)
        self._add_words(scene)
        self._apply_rules(scene)
        return tuple(
            TokenCue(found.start, found.end, round(found.score, 3))
            for found in scene.in_order()
            if found.score or (found.base and not found.weight)
        )

    def _apply_rules(self, scene: Scene) -> None:
        apply_degrees(scene, self._rules, self._degrees)
        apply_too(scene, self._rules, self._degrees)
        apply_comparisons(scene, self._rules)
        apply_negators(scene, self._rules)
        apply_wishes(scene, self._rules)
        apply_conditions(scene, self._rules)
        apply_questions(scene, self._rules, self._complaints)
        apply_sarcasm(scene, self._rules)

    def _add_expressions(self, scene: Scene) -> None:
        for match in self._expressions.find(scene.words):
            if match.start in scene.taken:
                continue
            said = match.value
            inside = range(match.start, match.end)
            denials = sum(scene.words[at] in self._deniers for at in inside)
            if said.wish and said.open and denials:
                continue  # "kon niet vriendelijker" is no wish
            found = Evidence(
                match.start,
                match.end,
                said.score,
                final=not said.negatable,
                wish=said.wish,
                denials=denials if said.negatable else 0,
            )
            scene.add(found)
            scene.taken.update(inside)

    def _add_words(self, scene: Scene) -> None:
        for at, word in enumerate(scene.words):
            if at in scene.taken:
                continue
            info = self._polarity.look_up(word)
            if info.score or info.absent:
                final = word in self._rules.comments
                scene.add(Evidence(at, at + 1, info.score, info, final=final))


@cache
def load_cue_finder(language: Language) -> CueFinder:
    """The cue finder of a language, built once."""
    return CueFinder(language)
