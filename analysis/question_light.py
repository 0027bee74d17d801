"""What a question makes of the mentions in its answer: a wish, a reason, a channel."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.cues import Word
from analysis.mentions import Draft, ReadClause
from analysis.own_touchpoints import is_own
from analysis.questions import AnswerReader, role_prior
from analysis.records import Method, Polarity, QuestionRole
from analysis.touchpoints import Strength

_WISH = -0.35  # a wish is a mild complaint about what it is for
_CLEAR = 0.4  # below this an opinion on a channel is a turn of phrase
_REASON = 0.4  # a possibility named as what decided spoke for buying


def in_the_light_of(
    role: QuestionRole | None,
    clauses: Sequence[ReadClause],
    drafts: list[Draft],
    answers: AnswerReader,
) -> list[Draft]:
    """The drafts of an answer as its question asks them to be understood."""
    match role:
        case QuestionRole.SIMPLIFY_PURCHASE:
            return _as_wishes(clauses, drafts, answers)
        case QuestionRole.WHY_US:
            return [_leaning(draft, role_prior(role).bare) for draft in drafts]
        case QuestionRole.DECIDING_FACTOR:
            return _as_reasons(clauses, drafts, answers)
        case QuestionRole.FOUND_US:
            return _as_channels([_plainly(draft) for draft in drafts])
        case QuestionRole.TIME_ON_SITE:
            return [draft for draft in drafts if _is_said(draft)]
        case _:
            return drafts


def _is_said(draft: Draft) -> bool:
    return draft.polarity is not Polarity.NEUTRAL or (
        draft.strength is Strength.PLAIN and draft.touchpoint != "website"
    )


def _as_wishes(
    clauses: Sequence[ReadClause], drafts: list[Draft], answers: AnswerReader
) -> list[Draft]:
    words = [word for clause in clauses for word in clause.words]
    if answers.is_satisfied(words):
        return [_content(draft, answers, words) for draft in drafts]
    drafts = [draft for draft in drafts if draft.method is not Method.QUESTION]
    return [replace(draft, score=min(draft.score, _WISH)) for draft in drafts]


def _content(draft: Draft, answers: AnswerReader, words: Sequence[Word]) -> Draft:
    """Of "nothing, it was easy" the first word is an answer, not a complaint."""
    if draft.method is Method.QUESTION and answers.opens_with_nothing(words):
        return replace(draft, score=max(draft.score, _REASON))
    return draft


def _leaning(draft: Draft, bare: float) -> Draft:
    if draft.polarity is Polarity.NEUTRAL:
        return replace(draft, score=bare)
    return draft


def _as_reasons(
    clauses: Sequence[ReadClause], drafts: list[Draft], answers: AnswerReader
) -> list[Draft]:
    """Of "not the price but the warranty" the warranty spoke for buying."""
    rejected = answers.turns.rejected(clauses, drafts)
    reasons = [_as_reason(draft, clauses, answers) for draft in drafts]
    return [
        _leaning(draft, _REASON) if draft.clause - 1 in rejected else draft
        for draft in reasons
    ]


def _as_reason(
    draft: Draft, clauses: Sequence[ReadClause], answers: AnswerReader
) -> Draft:
    words = clauses[draft.clause].words
    if draft.signed or not answers.names_possibility(words):
        return draft
    return replace(draft, score=max(draft.score, _REASON))


def _as_channels(drafts: list[Draft]) -> list[Draft]:
    """Under "how did you find us" what is no channel counts only with an opinion.

    Of an organisation's own touchpoints we cannot say whether they are channels.
    """
    channels = role_prior(QuestionRole.FOUND_US).channels
    return [
        draft
        for draft in drafts
        if draft.touchpoint in channels
        or is_own(draft.touchpoint)
        or draft.polarity is not Polarity.NEUTRAL
    ]


def _plainly(draft: Draft) -> Draft:
    """How someone heard of us is told without an opinion, unless it is a clear one."""
    return (
        draft
        if abs(draft.score) >= _CLEAR or draft.signed
        else replace(draft, score=0.0)
    )
