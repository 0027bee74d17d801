"""What decided whether someone bought, and which way it pulled."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.cues import CueBook, CueMatch
from analysis.lexicon import load_lexicon
from analysis.mentions import Draft, ReadClause
from analysis.records import Factor, Language, Polarity, QuestionRole

TOWARDS, AWAY, UNCLEAR = "towards", "away", "unclear"

_ASKED = frozenset({QuestionRole.DECIDING_FACTOR, QuestionRole.WHY_US})
_SIGNALS = ("about", "by_touchpoint", "decides", "away")
_OTHER = "other"


class FactorFinder:
    """Finds the deciding factors in answers of one language."""

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        self._book = _factor_book(code)
        self._decides = _signal_book("decides", code)
        self._away = _signal_book("away", code)
        self._about: dict[str, str] = load_lexicon("factors")["about"]
        self._by_touchpoint: dict[str, str] = load_lexicon("factors")["by_touchpoint"]

    def find(
        self,
        clauses: Sequence[ReadClause],
        drafts: Sequence[Draft],
        role: QuestionRole | None,
    ) -> tuple[Factor, ...]:
        """The factors in order of appearance, each with one direction.

        Only answers to a question about the decision, and texts that say that
        something decided, have factors. A reason without a known factor is "other".
        """
        words = [word for clause in clauses for word in clause.words]
        if role not in _ASKED and not self._decides.find(words):
            return ()
        off = bool(self._away.find(words))
        found: dict[str, str] = {}
        by_clause: dict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            by_clause[draft.clause].append(draft)
        for index, clause in enumerate(clauses):
            here = by_clause[index]
            for factor in self._in_clause(clause, here):
                about = self._about.get(factor, "").split()
                own = [draft for draft in here if draft.touchpoint in about] or here
                direction = _direction(clause, own, role, called_off=off)
                if found.get(factor, UNCLEAR) == UNCLEAR:
                    found[factor] = direction
        if not found and any(clause.sentiment.opinion for clause in clauses):
            found[_OTHER] = AWAY if off else UNCLEAR
        return tuple(Factor(factor, direction) for factor, direction in found.items())

    def _in_clause(self, clause: ReadClause, drafts: Sequence[Draft]) -> Iterator[str]:
        matches = self._book.find(clause.words)
        if matches:
            yield from dict.fromkeys(_longest(matches))
            return
        for draft in drafts:
            if draft.touchpoint in self._by_touchpoint:
                yield self._by_touchpoint[draft.touchpoint]


def _longest(matches: Sequence[CueMatch[str]]) -> list[str]:
    lengths: dict[int, int] = {}
    for match in matches:
        for at in match.positions:
            lengths[at] = max(lengths.get(at, 0), len(match.positions))
    return [
        match.value
        for match in matches
        if any(lengths[at] <= len(match.positions) for at in match.positions)
    ]


def _direction(
    clause: ReadClause,
    drafts: Sequence[Draft],
    role: QuestionRole | None,
    *,
    called_off: bool,
) -> str:
    if called_off:
        return AWAY
    polarities = {draft.polarity for draft in drafts} or {clause.sentiment.polarity}
    if Polarity.NEGATIVE in polarities and Polarity.POSITIVE not in polarities:
        return AWAY
    if Polarity.POSITIVE in polarities and Polarity.NEGATIVE not in polarities:
        return TOWARDS
    return TOWARDS if role is QuestionRole.WHY_US else UNCLEAR


@cache
def _factor_book(code: str) -> CueBook[str]:
    return CueBook(
        (phrase, factor)
        for factor, entry in load_lexicon("factors").items()
        if factor not in _SIGNALS
        for phrase in entry[code]
    )


@cache
def _signal_book(signal: str, code: str) -> CueBook[None]:
    return CueBook((phrase, None) for phrase in load_lexicon("factors")[signal][code])
