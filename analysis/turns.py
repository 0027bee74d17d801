"""Where one part of a text turns another: exceptions, the other side, "not X but Y"."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.cues import CueBook
from analysis.lexicon import load_lexicon
from analysis.mentions import Draft, ReadClause
from analysis.records import Language, Polarity

_EXCEPTED = 0.5  # what is left out of praise or blame gets as much of the reverse
_OPENING = 2  # words in which a clause shows what it is
_LONGEST_DENIAL = 5  # words: "the delivery wasn't"


class TurnReader:
    """Reads what turns, in texts of one language."""

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        lexicon = load_lexicon("turns")
        exceptions, regrets = lexicon["exception"][code], lexicon["regret"][code]
        self._exception = CueBook((one, None) for one in exceptions)
        self._regret = CueBook((one, None) for one in regrets)
        self._openers = frozenset(
            word
            for one in (*exceptions, *regrets)
            for word in one.split()[0].split("|")
        )
        self._whole = frozenset(lexicon["whole"][code].split())
        self._other_side = frozenset(lexicon["other_side"][code].split())
        self._instead = frozenset(lexicon["instead"][code].split())
        self._negators = frozenset(load_lexicon("questions")["negators"][code].split())

    def turned(
        self, clauses: Sequence[ReadClause], drafts: Sequence[Draft]
    ) -> list[Draft]:
        """The drafts, with what other clauses do to them."""
        found = [self._in_its_clause(draft, clauses) for draft in drafts]
        return [*found, *self._other_sides(clauses, found)]

    def rejected(
        self, clauses: Sequence[ReadClause], drafts: Sequence[Draft]
    ) -> set[int]:
        """Clauses that name what did not count: "not the price | but the quality"."""
        judged = {d.clause for d in drafts if d.polarity is not Polarity.NEUTRAL}
        return {
            at
            for at in range(len(clauses) - 1)
            if at not in judged
            and _opens_with(clauses[at + 1], self._instead)
            and any(
                word.form in self._negators for word in clauses[at].words[:_OPENING]
            )
        }

    def _in_its_clause(self, draft: Draft, clauses: Sequence[ReadClause]) -> Draft:
        clause = clauses[draft.clause]
        if draft.signed or not clause.words:
            return draft
        if any(word.form in self._openers for word in clause.words[:_OPENING]):
            if self._opens(self._regret, clause):
                return replace(draft, score=0.0)
            if self._opens(self._exception, clause):
                return self._excepted(draft, clauses)
        if self._is_denial(draft, clause) and draft.clause:
            before = clauses[draft.clause - 1].sentiment.score
            return replace(draft, score=-before, judged_in=draft.clause - 1)
        return draft

    def _excepted(self, draft: Draft, clauses: Sequence[ReadClause]) -> Draft:
        clause = clauses[draft.clause]
        if clause.sentiment.opinion:
            whole = any(word.form in self._whole for word in clause.words)
            return replace(draft, score=-draft.score) if whole else draft
        other = draft.clause - 1 if draft.clause else min(1, len(clauses) - 1)
        rule = clauses[other].sentiment.polarity
        if other == draft.clause or rule is Polarity.NEUTRAL:
            return draft
        score = -_EXCEPTED if rule is Polarity.POSITIVE else _EXCEPTED
        return replace(draft, score=score, judged_in=other)

    def _is_denial(self, draft: Draft, clause: ReadClause) -> bool:
        return (
            draft.polarity is Polarity.NEUTRAL
            and not clause.sentiment.opinion
            and 1 < len(clause.words) <= _LONGEST_DENIAL
            and clause.words[-1].form in self._negators
        )

    def _other_sides(
        self, clauses: Sequence[ReadClause], drafts: Sequence[Draft]
    ) -> list[Draft]:
        """Of "not quick | but tidy" the second clause speaks of the same touchpoint."""
        by_clause: dict[int, set[str]] = {}
        for draft in drafts:
            by_clause.setdefault(draft.clause, set()).add(draft.touchpoint)
        return [
            Draft(
                clause=draft.clause + 1,
                touchpoint=draft.touchpoint,
                score=clauses[draft.clause + 1].sentiment.score,
                cues=tuple(c.text for c in clauses[draft.clause + 1].sentiment.cues),
            )
            for draft in drafts
            if draft.clause + 1 < len(clauses)
            and draft.clause + 1 not in by_clause
            and len(by_clause[draft.clause]) == 1
            and self._is_other_side(draft, clauses[draft.clause + 1])
        ]

    def _is_other_side(self, draft: Draft, following: ReadClause) -> bool:
        return (
            {draft.polarity, following.sentiment.polarity}
            == {Polarity.POSITIVE, Polarity.NEGATIVE}
        ) and _opens_with(following, self._other_side)

    def _opens(self, book: CueBook[None], clause: ReadClause) -> bool:
        words = clause.words[: _OPENING + _LONGEST_DENIAL]
        return any(match.positions[0] < _OPENING for match in book.find(words))


def _opens_with(clause: ReadClause, words: frozenset[str]) -> bool:
    return bool(clause.words) and clause.words[0].form in words
