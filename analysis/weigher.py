"""From what the rules found and the encoder reads to the mentions of a text."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

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
    """A text as both have read it."""

    clauses: Sequence[ReadClause]
    drafts: Sequence[Draft]
    judgements: Sequence[Judgement]
    role: QuestionRole | None
    language: Language

    def cases(self, also: Container[str] = ()) -> list[Case]:
        """The touchpoints that either of the two holds possible, and those given."""
        odds = {
            one.touchpoint: log_odds(one.probability)
            for one in self.judgements
            if one.touchpoint != OVERALL
        }
        named = {draft.touchpoint for draft in self.drafts}
        words_score = self._words_score()
        words = sum(len(clause.words) for clause in self.clauses)
        return [
            Case(
                judgement=one,
                drafts=[d for d in self.drafts if d.touchpoint == one.touchpoint],
                others=len(named - {one.touchpoint}),
                best_other=max(v for n, v in odds.items() if n != one.touchpoint),
                words_score=words_score,
                words=words,
                role=self.role,
                language=self.language,
            )
            for one in self.judgements
            if one.touchpoint in odds
            and (
                one.touchpoint in named
                or one.probability >= _UNLIKELY
                or one.touchpoint in also
            )
        ]

    def _words_score(self) -> float:
        scores = [c.sentiment.score for c in self.clauses if c.sentiment.opinion]
        return sum(scores) / len(scores) if scores else 0.0


def weigh(text: WeighedText, weights: Weights) -> list[Draft]:
    """The mentions that both together hold likely enough.

    Touchpoints that the encoder was never taught stay as the rules found them.
    """
    if not text.clauses:
        return list(text.drafts)
    taught = {one.touchpoint for one in text.judgements}
    drafts = [draft for draft in text.drafts if draft.touchpoint not in taught]
    cases = text.cases()
    limit = weights.spoken_from[kind_of(text.role)]
    for case, verdict in zip(cases, weights.verdicts(cases), strict=True):
        if verdict.chance >= limit:
            drafts.extend(_drafts(text, case, verdict, weights))
    return settle(drafts)


def polarities(verdict: Verdict, both_from: float) -> tuple[Polarity, ...]:
    """How the touchpoint is spoken of: one way, or praised and blamed at once."""
    if verdict.shares[BOTH] >= both_from:
        return Polarity.NEGATIVE, Polarity.POSITIVE
    shares = verdict.shares[:BOTH]
    return (_SIGNS[shares.index(max(shares))],)


def polarity_on(
    text: WeighedText, weights: Weights, touchpoints: Container[str]
) -> dict[str, Polarity]:
    """How each of these touchpoints is spoken of, taking for granted that it is."""
    cases = [
        case
        for case in text.cases(touchpoints)
        if case.judgement.touchpoint in touchpoints
    ]
    return {
        case.judgement.touchpoint: polarities(verdict, both_from=_NEVER)[0]
        for case, verdict in zip(cases, weights.verdicts(cases), strict=True)
    }


def _drafts(
    text: WeighedText, case: Case, verdict: Verdict, weights: Weights
) -> Iterator[Draft]:
    for polarity in polarities(verdict, weights.both_from):
        confidence = weights.confidence(verdict, polarity, text.language)
        for draft in _of_polarity(text.clauses, case, polarity):
            yield replace(
                draft, score=_score(draft, verdict, polarity), confidence=confidence
            )


def _of_polarity(
    clauses: Sequence[ReadClause], case: Case, polarity: Polarity
) -> list[Draft]:
    """The rules' drafts that say so, or one where the encoder looked."""
    agreed = [draft for draft in case.drafts if draft.polarity is polarity]
    if agreed:
        return agreed
    if case.drafts:
        surest = max(case.drafts, key=lambda draft: draft.strength)
        return [replace(surest, method=Method.MODEL, score=0.0, signed=False)]
    one = case.judgement
    index = _clause_of(clauses, one.start, one.end)
    return [
        Draft(clause=index, touchpoint=one.touchpoint, score=0.0, method=Method.MODEL)
    ]


def _clause_of(clauses: Sequence[ReadClause], start: int, end: int) -> int:
    """The clause that shares most with a stretch of the text."""

    def shared(clause: ReadClause) -> int:
        return min(end, clause.span.end_char) - max(start, clause.span.start_char)

    return max(range(len(clauses)), key=lambda index: (shared(clauses[index]), -index))


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
