"""Reads the clauses of one answer together, in the light of its question."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.cues import Word
from analysis.mentions import (
    Draft,
    ReadClause,
    draft_clause,
    keep_deciding_hits,
    polarity_of,
    settle,
)
from analysis.questions import AnswerReader, role_prior
from analysis.records import Method, Polarity, QuestionRole
from analysis.touchpoints import Strength

_ABOUT_THE_WAY = frozenset(
    {
        QuestionRole.FOUND_US,
        QuestionRole.WEBSITE_EXPERIENCE,
        QuestionRole.FINDABILITY,
        QuestionRole.INTERACTIONS,
        QuestionRole.TIME_ON_SITE,
        QuestionRole.SIMPLIFY_PURCHASE,
    }
)
_THINGS = frozenset({"product"})
_WISH = -0.35  # a wish is a mild complaint about what it is for
_CLEAR = 0.4  # below this an opinion on a channel is a turn of phrase
_REASON = 0.4  # a possibility named as what decided spoke for buying


def interpret(
    clauses: Sequence[ReadClause], role: QuestionRole | None, answers: AnswerReader
) -> list[Draft]:
    """The mentions of an answer: what its words name, then what its question adds."""
    if role in _ABOUT_THE_WAY:
        clauses = [_without_things(clause) for clause in clauses]
    deciding = keep_deciding_hits(clauses)
    drafts = [
        draft
        for index, clause in enumerate(deciding)
        for draft in draft_clause(index, clause)
    ]
    drafts = _likewise(deciding, drafts, answers)
    drafts = _attach_opinions(deciding, drafts, role)
    if role is QuestionRole.FINDABILITY:
        drafts = _with_verdict(deciding, drafts, answers)
    drafts = _with_default(deciding, drafts, role, answers)
    return settle(_in_the_light_of(role, deciding, drafts, answers))


def _without_things(clause: ReadClause) -> ReadClause:
    """Under these questions a thing named is not yet an opinion on our products."""
    hits = tuple(
        hit
        for hit in clause.hits
        if hit.touchpoint not in _THINGS or hit.strength is Strength.PLAIN
    )
    return replace(clause, hits=hits)


def _attach_opinions(
    clauses: Sequence[ReadClause], drafts: list[Draft], role: QuestionRole | None
) -> list[Draft]:
    """Lets a clause that only judges speak of what the clause beside it names."""
    by_clause: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_clause.setdefault(draft.clause, []).append(draft)
    named = set(by_clause)
    for index, clause in enumerate(clauses):
        if index in named or not clause.sentiment.opinion:
            continue
        target = _spoken_of(clauses, named, index)
        if target in named and (target < index or not role_prior(role).touchpoint):
            by_clause[target] = [
                _judged_by(draft, index, clause) for draft in by_clause[target]
            ]
    return [draft for group in by_clause.values() for draft in group]


def _spoken_of(clauses: Sequence[ReadClause], named: set[int], index: int) -> int:
    """The clause before that names something, past one that says nothing; or the next.

    "I rang them | and they still knew who I was | which I thought was clever".
    """
    if index - 1 in named:
        return index - 1
    if index - 2 in named and not clauses[index - 1].sentiment.opinion:
        return index - 2
    return index + 1


def _judged_by(draft: Draft, index: int, clause: ReadClause) -> Draft:
    if draft.polarity is not Polarity.NEUTRAL or draft.signed:
        return draft
    cues = tuple(cue.text for cue in clause.sentiment.cues)
    score = clause.sentiment.score
    return replace(draft, score=score, cues=draft.cues + cues, judged_in=index)


def _likewise(
    clauses: Sequence[ReadClause], drafts: list[Draft], answers: AnswerReader
) -> list[Draft]:
    """Of "couriers fine. phone too." the phone is as fine as the couriers."""
    scores = {draft.clause: draft.score for draft in drafts}
    found = []
    for draft in drafts:
        before = scores.get(draft.clause - 1, 0.0)
        if (
            draft.polarity is Polarity.NEUTRAL
            and before
            and answers.ends_in_likewise(clauses[draft.clause].words)
        ):
            found.append(replace(draft, score=before, judged_in=draft.clause - 1))
        else:
            found.append(draft)
    return found


def _with_verdict(
    clauses: Sequence[ReadClause], drafts: list[Draft], answers: AnswerReader
) -> list[Draft]:
    if not clauses:
        return drafts
    words = [word for clause in clauses for word in clause.words]
    verdict = answers.verdict(words)
    touchpoint = role_prior(QuestionRole.FINDABILITY).touchpoint
    if verdict is None or touchpoint is None:
        return drafts
    own = [draft for draft in drafts if draft.touchpoint == touchpoint]
    if any(draft.polarity is not Polarity.NEUTRAL for draft in own):
        return drafts
    others = [draft for draft in drafts if draft.touchpoint != touchpoint]
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


def _inheriting(draft: Draft, score: float) -> Draft:
    return replace(draft, score=score) if draft.polarity is Polarity.NEUTRAL else draft


def _blames_another(drafts: Sequence[Draft]) -> bool:
    return any(draft.signed and draft.score < 0 for draft in drafts)


def _text(clause: ReadClause, at: int) -> str:
    if at >= len(clause.words):
        return ""
    word = clause.words[at]
    return clause.text[word.start : word.end]


def _with_default(
    clauses: Sequence[ReadClause],
    drafts: list[Draft],
    role: QuestionRole | None,
    answers: AnswerReader,
) -> list[Draft]:
    """Opinions that name nothing speak of what the question asked about."""
    touchpoint = role_prior(role).touchpoint
    if touchpoint is None:
        return drafts
    first_named = min((draft.clause for draft in drafts), default=len(clauses))
    added = [
        Draft(
            clause=index,
            touchpoint=touchpoint,
            score=clause.sentiment.score,
            method=Method.QUESTION,
            cues=tuple(cue.text for cue in clause.sentiment.cues),
        )
        for index, clause in enumerate(clauses[:first_named])
        if clause.sentiment.opinion
    ]
    if not drafts and not added:
        added = _indifferent(clauses, touchpoint, answers)
    return added + drafts


def _indifferent(
    clauses: Sequence[ReadClause], touchpoint: str, answers: AnswerReader
) -> list[Draft]:
    words = [word for clause in clauses for word in clause.words]
    score = 0.0 if answers.is_indifferent(words) else answers.bare_mark(words)
    if score is None:
        return []
    return [Draft(clause=0, touchpoint=touchpoint, score=score, method=Method.QUESTION)]


def _in_the_light_of(
    role: QuestionRole | None,
    clauses: Sequence[ReadClause],
    drafts: list[Draft],
    answers: AnswerReader,
) -> list[Draft]:
    match role:
        case QuestionRole.SIMPLIFY_PURCHASE:
            return _as_wishes(clauses, drafts, answers)
        case QuestionRole.WHY_US:
            return [_leaning(draft, role_prior(role).bare) for draft in drafts]
        case QuestionRole.DECIDING_FACTOR:
            return [_as_reason(draft, clauses, answers) for draft in drafts]
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


def _as_reason(
    draft: Draft, clauses: Sequence[ReadClause], answers: AnswerReader
) -> Draft:
    words = clauses[draft.clause].words
    if draft.signed or not answers.names_possibility(words):
        return draft
    return replace(draft, score=max(draft.score, _REASON))


def _as_channels(drafts: list[Draft]) -> list[Draft]:
    """Under "how did you find us" other touchpoints count only with an opinion."""
    channels = role_prior(QuestionRole.FOUND_US).channels
    return [
        draft
        for draft in drafts
        if draft.touchpoint in channels or draft.polarity is not Polarity.NEUTRAL
    ]


def _plainly(draft: Draft) -> Draft:
    """How someone heard of us is told without an opinion, unless it is a clear one."""
    return (
        draft
        if abs(draft.score) >= _CLEAR or draft.signed
        else replace(draft, score=0.0)
    )


def overall_polarity(
    clauses: Sequence[ReadClause], drafts: list[Draft]
) -> Polarity | None:
    """The polarity of the whole text; None where nothing holds an opinion."""
    opinions = [
        clause.sentiment.score for clause in clauses if clause.sentiment.opinion
    ]
    scores = [draft.score for draft in drafts if draft.polarity is not Polarity.NEUTRAL]
    if scores:
        return polarity_of(sum(scores) / len(scores))
    if opinions:
        return polarity_of(sum(opinions) / len(opinions))
    return None
