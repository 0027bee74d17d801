"""What decided whether someone bought, and which way it pulled."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.cues import CueBook, CueMatch
from analysis.lexicon import load_lexicon
from analysis.mentions import Draft, ReadClause
from analysis.records import Factor, Language, Polarity, QuestionRole
from analysis.turns import TurnReader

TOWARDS, AWAY, UNCLEAR = "towards", "away", "unclear"

_ASKED = frozenset({QuestionRole.DECIDING_FACTOR, QuestionRole.WHY_US})
_TELLING = ("decides", "because", "bought", "away")
_SIGNALS = frozenset({"about", "by_touchpoint", *_TELLING})
_KEYS = (("", UNCLEAR), ("for_", TOWARDS), ("against_", AWAY))
_TURNED = {TOWARDS: AWAY, AWAY: TOWARDS, UNCLEAR: UNCLEAR}
_OTHER = "other"
_NEAR = 2  # clauses from where a decision is told to where its reason stands


@dataclass(frozen=True, slots=True)
class _Sense:
    factor: str
    direction: str


@dataclass(frozen=True, slots=True)
class _Decision:
    """The clauses near which a text tells of a decision."""

    told: frozenset[int]  # something is said to have decided
    bought: frozenset[int]
    off: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        return self.told | self.bought | self.off


_NO_DECISION = _Decision(frozenset(), frozenset(), frozenset())


class FactorFinder:
    """Finds the deciding factors in answers of one language."""

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        lexicon = load_lexicon("factors")
        self._book = _factor_book(code)
        self._signals = _signal_book(code)
        self._turns = TurnReader(language)
        self._negators = frozenset(load_lexicon("questions")["negators"][code].split())
        self._about: dict[str, str] = lexicon["about"]
        self._by_touchpoint: dict[str, str] = lexicon["by_touchpoint"]

    def find(
        self,
        clauses: Sequence[ReadClause],
        drafts: Sequence[Draft],
        role: QuestionRole | None,
    ) -> tuple[Factor, ...]:
        """The factors in order of appearance, each with one direction.

        Only answers to a question about the decision, and texts that say that
        something decided, have factors; of the latter what stands near. A reason
        without a known factor is "other".
        """
        asked = role in _ASKED
        decision = self._decision(clauses)
        if not asked and not decision.all:
            return ()
        near = decision.all
        found: dict[str, str] = {}
        by_clause: dict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            by_clause[draft.clause].append(draft)
        rejected = self._turns.rejected(clauses, drafts)
        for index, clause in enumerate(clauses):
            if index in rejected or not (asked or index in near):
                continue
            lean = self._lean(index, role, decision, rejected)
            for sense in self._in_clause(clause, by_clause[index]):
                direction = self._direction(sense, clause, by_clause[index], lean)
                if found.get(sense.factor, UNCLEAR) == UNCLEAR:
                    found[sense.factor] = direction
        if not found and (asked or decision.told):
            found.update(_unnamed(clauses, called_off=bool(decision.off)))
        return tuple(Factor(factor, direction) for factor, direction in found.items())

    def _decision(self, clauses: Sequence[ReadClause]) -> _Decision:
        at: dict[str, set[int]] = {name: set() for name in _TELLING}
        first = clauses[0].first_word if clauses else 0
        words = clauses[0].text_words[first : clauses[-1].end_word] if clauses else ()
        for match in self._signals.find(words):
            at[match.value].update(
                bisect_right(clauses, first + place, key=_first_word) - 1
                for place in match.positions
            )
        if not any(at.values()):
            return _NO_DECISION
        reasoned = at["bought"] & _around(at["because"])
        return _Decision(_around(at["decides"]), _around(reasoned), _around(at["away"]))

    def _lean(
        self,
        index: int,
        role: QuestionRole | None,
        decision: _Decision,
        rejected: set[int],
    ) -> str:
        """Which way a factor pulls of which nothing else is said."""
        if index in decision.off or (decision.off and role in _ASKED):
            return AWAY
        chosen = index - 1 in rejected or role is QuestionRole.WHY_US
        decided = index in decision.told or index in decision.bought
        return TOWARDS if chosen or decided else UNCLEAR

    def _in_clause(
        self, clause: ReadClause, drafts: Sequence[Draft]
    ) -> Iterator[_Sense]:
        matches = self._book.find(clause.words)
        if matches:
            yield from dict.fromkeys(self._senses(clause, matches))
            return
        for draft in drafts:
            if draft.touchpoint in self._by_touchpoint:
                yield _Sense(self._by_touchpoint[draft.touchpoint], UNCLEAR)

    def _senses(
        self, clause: ReadClause, matches: Sequence[CueMatch[_Sense]]
    ) -> Iterator[_Sense]:
        for match in _longest(matches):
            first = match.positions[0]
            before = clause.words[first - 1].form if first else ""
            sense = match.value
            if before in self._negators:
                sense = _Sense(sense.factor, _TURNED[sense.direction])
            yield sense

    def _direction(
        self, sense: _Sense, clause: ReadClause, drafts: Sequence[Draft], lean: str
    ) -> str:
        if lean == AWAY or sense.direction != UNCLEAR:
            return AWAY if lean == AWAY else sense.direction
        about = self._about.get(sense.factor, "").split()
        own = [draft for draft in drafts if draft.touchpoint in about] or drafts
        return _by_polarity(clause, own) or lean


def _by_polarity(clause: ReadClause, drafts: Sequence[Draft]) -> str:
    polarities = {draft.polarity for draft in drafts} or {clause.sentiment.polarity}
    if Polarity.NEGATIVE in polarities and Polarity.POSITIVE not in polarities:
        return AWAY
    if Polarity.POSITIVE in polarities and Polarity.NEGATIVE not in polarities:
        return TOWARDS
    return ""


def _unnamed(clauses: Sequence[ReadClause], *, called_off: bool) -> dict[str, str]:
    judging = [clause for clause in clauses if clause.sentiment.opinion]
    if not judging:
        return {}
    direction = AWAY if called_off else _by_polarity(judging[0], ())
    return {_OTHER: direction or UNCLEAR}


def _first_word(clause: ReadClause) -> int:
    return clause.first_word


def _around(clauses: set[int]) -> frozenset[int]:
    return frozenset(
        near for at in clauses for near in range(at - _NEAR, at + _NEAR + 1)
    )


def _longest(matches: Sequence[CueMatch[_Sense]]) -> list[CueMatch[_Sense]]:
    """Drops each match whose words all stand in a longer one, or in a plainer one."""
    lengths: dict[int, tuple[int, bool]] = {}
    for match in matches:
        for at in match.positions:
            lengths[at] = max(lengths.get(at, (0, False)), _closeness(match))
    return [
        match
        for match in matches
        if any(lengths[at] <= _closeness(match) for at in match.positions)
    ]


def _closeness(match: CueMatch[_Sense]) -> tuple[int, bool]:
    return len(match.positions), match.value.direction != UNCLEAR


@cache
def _factor_book(code: str) -> CueBook[_Sense]:
    return CueBook(
        (phrase, _Sense(factor, direction))
        for factor, entry in load_lexicon("factors").items()
        if factor not in _SIGNALS
        for key, direction in _KEYS
        for phrase in entry.get(f"{key}{code}", ())
    )


@cache
def _signal_book(code: str) -> CueBook[str]:
    lexicon = load_lexicon("factors")
    return CueBook(
        (phrase, signal) for signal in _TELLING for phrase in lexicon[signal][code]
    )
