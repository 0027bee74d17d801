"""From what the rules found and the encoder reads to the mentions of a text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.encoder import OVERALL, Judgement, kind_of
from analysis.findings import Case, log_odds
from analysis.mentions import NEUTRAL_BELOW, Draft, ReadClause, polarity_of, settle
from analysis.records import Language, Method, Polarity, QuestionRole
from analysis.weighing import BOTH, NEGATIVE, POSITIVE, Verdict, Weights

_UNLIKELY = 0.02  # what the encoder rules out, and no rule names, is not weighed
_NEVER = 2.0
_LEAST_OPINION = NEUTRAL_BELOW + 0.01
_SIGNS = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


@dataclass(frozen=True, slots=True)
class WeighedText:
    """A text, or a passage of one, as both have read it.

    It has the clauses from ``first`` up to ``end``; ``by_clause`` gives what the
    encoder made of each of them by itself.
    """

    clauses: Sequence[ReadClause]
    first: int
    end: int
    drafts: Sequence[Draft]
    judgements: Sequence[Judgement]
    by_clause: Sequence[Sequence[Judgement]]
    role: QuestionRole | None
    language: Language

    def cases(self, also: Collection[str] = ()) -> list[Case]:
        """The touchpoints that either of the two holds possible, and those given."""
        named = {draft.touchpoint for draft in self.drafts}
        chosen = named.union(also)
        own = self.clauses[self.first : self.end]
        scores = [c.sentiment.score for c in own if c.sentiment.opinion]
        words_score = sum(scores) / len(scores) if scores else 0.0
        words = sum(clause.end_word - clause.first_word for clause in own)
        best, next_best, likeliest = self._likeliest()
        return [
            Case(
                judgement=one,
                by_clause=[judged[place] for judged in self.by_clause],
                drafts=[d for d in self.drafts if d.touchpoint == one.touchpoint],
                others=len(named) - (one.touchpoint in named),
                best_other=next_best if one is likeliest else best,
                words_score=words_score,
                words=words,
                role=self.role,
                language=self.language,
            )
            for place, one in enumerate(self.judgements)
            if one.touchpoint != OVERALL
            and (one.touchpoint in chosen or self._is_likely(place))
        ]

    def _likeliest(self) -> tuple[float, float, Judgement]:
        """The log odds of the two likeliest touchpoints, and the likeliest of all."""
        asked = [one for one in self.judgements if one.touchpoint != OVERALL]
        likeliest = max(asked, key=_probability)
        others = (one.probability for one in asked if one is not likeliest)
        best, next_best = likeliest.probability, max(others, default=0.0)
        return log_odds(best), log_odds(next_best), likeliest

    def _is_likely(self, place: int) -> bool:
        return self.judgements[place].probability >= _UNLIKELY or any(
            judged[place].probability >= _UNLIKELY for judged in self.by_clause
        )


def weigh(
    texts: Sequence[Sequence[WeighedText]], weights: Weights
) -> list[list[Draft]]:
    """The mentions of each text that rules and encoder together hold likely enough.

    Touchpoints that the encoder was never taught stay as the rules found them. All
    texts are weighed at once: a matrix for each would take most of the time.
    """
    passages = [passage for some in texts for passage in some]
    decided = iter(_decided(passages, weights))
    return [
        settle(
            [
                draft
                for passage in some
                for draft in _weighed(passage, next(decided), weights)
            ]
        )
        for some in texts
    ]


def _decided(
    passages: Sequence[WeighedText], weights: Weights
) -> list[list[tuple[Case, Verdict]]]:
    """What each passage speaks of, and how."""
    cases = [passage.cases() for passage in passages]
    chances = iter(weights.chances([case for some in cases for case in some]))
    likely = [
        [
            (case, chance)
            for case, chance in zip(some, islice(chances, len(some)), strict=True)
            if chance >= weights.spoken_from[kind_of(passage.role)]
        ]
        for passage, some in zip(passages, cases, strict=True)
    ]
    shares = iter(weights.shares([case for some in likely for case, _ in some]))
    return [
        [(case, Verdict(chance, next(shares))) for case, chance in some]
        for some in likely
    ]


def _weighed(
    text: WeighedText, decided: Sequence[tuple[Case, Verdict]], weights: Weights
) -> Iterator[Draft]:
    taught = {one.touchpoint for one in text.judgements}
    yield from (draft for draft in text.drafts if draft.touchpoint not in taught)
    for case, verdict in decided:
        yield from _drafts(text, case, verdict, weights)


def polarities(verdict: Verdict, both_from: float) -> tuple[Polarity, ...]:
    """How the touchpoint is spoken of: one way, or praised and blamed at once."""
    if verdict.shares[BOTH] >= both_from:
        return Polarity.NEGATIVE, Polarity.POSITIVE
    shares = verdict.shares[:BOTH]
    return (_SIGNS[shares.index(max(shares))],)


def polarity_on(
    passages: Sequence[WeighedText], weights: Weights, touchpoints: Collection[str]
) -> dict[str, Polarity]:
    """How each of these touchpoints is spoken of, taking for granted that it is.

    Where several passages may speak of it, the likeliest decides.
    """
    judged = [
        (verdict.chance, case.judgement.touchpoint, polarities(verdict, _NEVER)[0])
        for passage in passages
        for cases in [passage.cases(touchpoints)]
        for case, verdict in zip(cases, weights.verdicts(cases), strict=True)
        if case.judgement.touchpoint in touchpoints
    ]
    return {name: polarity for _, name, polarity in sorted(judged)}


def _drafts(
    text: WeighedText, case: Case, verdict: Verdict, weights: Weights
) -> Iterator[Draft]:
    for polarity in polarities(verdict, weights.both_from):
        confidence = weights.confidence(verdict, polarity, text.language)
        for draft in _of_polarity(text, case, polarity):
            yield replace(
                draft, score=_score(draft, verdict, polarity), confidence=confidence
            )


def _of_polarity(text: WeighedText, case: Case, polarity: Polarity) -> list[Draft]:
    """The rules' drafts that say so, or one where the encoder sees it said."""
    agreed = [draft for draft in case.drafts if draft.polarity is polarity]
    if agreed:
        return agreed
    clause = _clause_of(text, case, polarity)
    name = case.judgement.touchpoint
    by_rules = [draft for draft in case.drafts if draft.clause == clause]
    cues = by_rules[0].cues if by_rules else ()
    return [Draft(clause, name, score=0.0, method=Method.MODEL, cues=cues)]


def _clause_of(text: WeighedText, case: Case, polarity: Polarity) -> int:
    """The clause that, read by itself, most plainly speaks so of the touchpoint."""

    def plainness(place: int) -> tuple[float, int]:
        one = case.by_clause[place]
        return one.probability * _share(one, polarity), -place

    return text.first + max(range(len(case.by_clause)), key=plainness)


def _probability(one: Judgement) -> float:
    return one.probability


def _share(one: Judgement, polarity: Polarity) -> float:
    shares = (one.negative, one.neutral, one.positive)
    return shares[_SIGNS.index(polarity)]


def _score(draft: Draft, verdict: Verdict, polarity: Polarity) -> float:
    """A score on the side of the polarity decided on."""
    score = verdict.score
    if draft.method is not Method.MODEL:
        score = (score + draft.score) / 2
    if polarity is Polarity.NEUTRAL:
        return max(-NEUTRAL_BELOW, min(NEUTRAL_BELOW, score))
    sign = 1 if polarity is Polarity.POSITIVE else -1
    if polarity_of(score) is polarity:
        return score
    share = verdict.shares[POSITIVE if sign > 0 else NEGATIVE]
    return sign * max(_LEAST_OPINION, share)
