"""The yes or no with which an answer to "could you find it" opens."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.mentions import Draft, ReadClause
from analysis.questions import AnswerReader, Verdict, role_prior
from analysis.records import Method, Polarity, QuestionRole


def with_verdict(
    clauses: Sequence[ReadClause], drafts: list[Draft], answers: AnswerReader
) -> list[Draft]:
    """The drafts, and the yes or no that the answer opens with."""
    if not clauses:
        return drafts
    words = [word for clause in clauses for word in clause.words]
    verdict = answers.verdict(words)
    touchpoint = role_prior(QuestionRole.FINDABILITY).touchpoint
    if verdict is None or touchpoint is None:
        return drafts
    own = [draft for draft in drafts if _judges(draft, touchpoint)]
    reserved = _has_reservation(clauses, verdict, own)
    if own and not reserved:
        return drafts
    others = [draft for draft in drafts if reserved or draft.touchpoint != touchpoint]
    opening = Draft(
        clause=0,
        touchpoint=touchpoint,
        score=verdict.score,
        method=Method.QUESTION,
        signed=True,
        cues=tuple(_text(clauses[0], at) for at in range(verdict.words)),
    )
    if verdict.score < 0 and others:
        return [_inheriting(draft, verdict.score) for draft in others] + (
            [opening] if not _blames_another(others) else []
        )
    return [opening, *others]


def _judges(draft: Draft, touchpoint: str) -> bool:
    return draft.touchpoint == touchpoint and draft.polarity is not Polarity.NEUTRAL


def _has_reservation(
    clauses: Sequence[ReadClause], verdict: Verdict, own: Sequence[Draft]
) -> bool:
    """Whether a yes by itself is followed by blame: "Yes, but the filter ..."."""
    return (
        verdict.score > 0
        and len(clauses[0].words) == verdict.words
        and bool(own)
        and all(draft.score < 0 for draft in own)
    )


def _inheriting(draft: Draft, score: float) -> Draft:
    return replace(draft, score=score) if draft.polarity is Polarity.NEUTRAL else draft


def _blames_another(drafts: Sequence[Draft]) -> bool:
    return any(draft.signed and draft.score < 0 for draft in drafts)


def _text(clause: ReadClause, at: int) -> str:
    if at >= len(clause.words):
        return ""
    word = clause.words[at]
    return clause.text[word.start : word.end]
