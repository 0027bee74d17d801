"""Reads the clauses of one answer together: what they name, and what they judge."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.mentions import (
    Draft,
    ReadClause,
    draft_clause,
    keep_deciding_hits,
    polarity_of,
    settle,
    with_hits,
)
from analysis.question_light import in_the_light_of
from analysis.questions import AnswerReader, role_prior
from analysis.records import Method, Polarity, QuestionRole
from analysis.touchpoints import Strength
from analysis.verdicts import with_verdict

_ABOUT_THE_WAY = frozenset(
    {
        QuestionRole.FOUND_US,
        QuestionRole.WEBSITE_EXPERIENCE,
        QuestionRole.FINDABILITY,
        QuestionRole.INTERACTIONS,
        QuestionRole.TIME_ON_SITE,
        QuestionRole.SIMPLIFY_PURCHASE,
        QuestionRole.INTERVIEW,
    }
)
_THINGS = frozenset({"product"})
# "Friendly" and "helpful" are said of people, unless the question is about a page.
_NOT_PEOPLE = frozenset({QuestionRole.WEBSITE_EXPERIENCE, QuestionRole.TIME_ON_SITE})
_SHORT = 4  # words of an answer that only says that it was neither good nor bad
_SAME_SUBJECT = 4  # clauses that go on about the only thing an answer names


def interpret(
    clauses: Sequence[ReadClause], role: QuestionRole | None, answers: AnswerReader
) -> list[Draft]:
    """The mentions of an answer: what its words name, then what its question adds."""
    if role in _ABOUT_THE_WAY:
        passing = _THINGS | {"customer_service"} if role in _NOT_PEOPLE else _THINGS
        clauses = [_without(clause, passing) for clause in clauses]
    deciding = keep_deciding_hits(clauses)
    drafts = [
        draft
        for index, clause in enumerate(deciding)
        for draft in draft_clause(index, clause)
    ]
    drafts = _likewise(deciding, drafts, answers)
    drafts = answers.turns.turned(deciding, _attach_opinions(deciding, drafts, role))
    if role is QuestionRole.FINDABILITY:
        drafts = with_verdict(deciding, drafts, answers)
    drafts = _with_default(deciding, drafts, role, answers)
    return settle(in_the_light_of(role, deciding, drafts, answers))


def _without(clause: ReadClause, passing: frozenset[str]) -> ReadClause:
    """Under these questions a thing named is not yet an opinion on our products."""
    hits = tuple(
        hit
        for hit in clause.hits
        if hit.touchpoint not in passing or hit.strength is Strength.PLAIN
    )
    return with_hits(clause, hits)


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
    if len(named) == 1 and 0 < index - min(named) <= _SAME_SUBJECT:
        return min(named)
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


def _with_default(
    clauses: Sequence[ReadClause],
    drafts: list[Draft],
    role: QuestionRole | None,
    answers: AnswerReader,
) -> list[Draft]:
    """Opinions that name nothing speak of what the question asked about."""
    touchpoint = role_prior(role).touchpoint
    if touchpoint is None or _had_none(clauses, role, answers):
        return drafts
    words = [word for clause in clauses for word in clause.words]
    if not drafts and len(words) <= _SHORT and answers.is_indifferent(words):
        return _indifferent(clauses, touchpoint, answers)
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


def _had_none(
    clauses: Sequence[ReadClause], role: QuestionRole | None, answers: AnswerReader
) -> bool:
    """Whether there was no contact to speak of: "None, never got that far"."""
    if role is not QuestionRole.INTERACTIONS or not clauses:
        return False
    words = clauses[0].text_words
    return (
        answers.opens_with_nothing(words)
        and words[1:2] != []
        and (words[1].follows_break)
    )


def _indifferent(
    clauses: Sequence[ReadClause], touchpoint: str, answers: AnswerReader
) -> list[Draft]:
    words = [word for clause in clauses for word in clause.words]
    score = 0.0 if answers.is_indifferent(words) else answers.bare_mark(words)
    if score is None:
        return []
    return [Draft(clause=0, touchpoint=touchpoint, score=score, method=Method.QUESTION)]


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
