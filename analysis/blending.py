"""Lets the linear model weigh in on texts that answer no question of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.confidence import OPEN_ROLES
from analysis.linear import LinearModel, features, sentiment_findings
from analysis.mentions import Draft, ReadClause, settle
from analysis.own_touchpoints import is_own
from analysis.records import Method, Polarity, QuestionRole
from analysis.touchpoints import Strength

# A plain cue stands unless the model all but rules it out, a weak one needs more.
_KEPT_FROM = {Strength.PLAIN: 0.15, Strength.WEAK: 0.35, Strength.FAINT: 0.5}
_ADDED_FROM = 0.4  # at least, for what no cue names
_LEXICON_SHARE = 0.5  # of the polarity, where the lexicons found an opinion


def text_features(clauses: Sequence[ReadClause], drafts: Sequence[Draft]) -> set[str]:
    """What the model sees of a text: its n-grams and the touchpoints found."""
    words = [word for clause in clauses for word in clause.words]
    return features(words, {draft.touchpoint for draft in drafts})


def clause_features(clause: ReadClause, score: float) -> set[str]:
    """What the model sees of the clause that it judges."""
    return features(clause.words, sentiment_findings(score))


def blend(
    model: LinearModel,
    clauses: Sequence[ReadClause],
    drafts: Sequence[Draft],
    role: QuestionRole | None,
) -> list[Draft]:
    """The drafts as the model corrects them; under a question of ours unchanged.

    Of the touchpoints that it was trained on, the model drops the unlikely ones, adds
    those that the lexicons missed, and has half a say in the polarity.
    """
    if role not in OPEN_ROLES or not clauses:
        return list(drafts)
    found = text_features(clauses, drafts)
    chances = model.touchpoint_probabilities(found)
    kept = [
        draft
        for draft in drafts
        if chances.get(draft.touchpoint, 1.0) >= _KEPT_FROM[draft.strength]
    ]
    kept = [_rejudged(model, clauses, draft, found) for draft in kept]
    if role is QuestionRole.REVIEW:
        kept = [d for d in kept if d.touchpoint in chances or _judges(d)]
    return settle(kept + _missed(model, clauses, drafts, found, chances))


def _judges(draft: Draft) -> bool:
    """In a review a word in passing ("the app store") is not what it is about."""
    return draft.signed or draft.polarity is not Polarity.NEUTRAL


def _rejudged(
    model: LinearModel, clauses: Sequence[ReadClause], draft: Draft, found: set[str]
) -> Draft:
    clause = clauses[draft.clause]
    judged = model.polarity_score(clause_features(clause, draft.score), found)
    score = _LEXICON_SHARE * draft.score + (1 - _LEXICON_SHARE) * judged
    return replace(draft, score=score)


def _missed(
    model: LinearModel,
    clauses: Sequence[ReadClause],
    drafts: Sequence[Draft],
    found: set[str],
    chances: Mapping[str, float],
) -> list[Draft]:
    named = {draft.touchpoint for draft in drafts if not is_own(draft.touchpoint)}
    if not named <= set(chances):
        return []  # a text about things that the model was never shown
    added = []
    for touchpoint, chance in chances.items():
        needed = max(_ADDED_FROM, model.thresholds[touchpoint])
        if touchpoint in named or chance < needed:
            continue
        index = _most_telling(model, clauses, touchpoint)
        clause = clauses[index]
        judged = model.polarity_score(
            clause_features(clause, clause.sentiment.score), found
        )
        cues = tuple(cue.text for cue in clause.sentiment.cues)
        added.append(
            Draft(
                clause=index,
                touchpoint=touchpoint,
                score=judged,
                method=Method.MODEL,
                cues=cues,
                chance=chance,
            )
        )
    return added


def _most_telling(
    model: LinearModel, clauses: Sequence[ReadClause], touchpoint: str
) -> int:
    """The clause that speaks most of a touchpoint when read by itself."""
    if len(clauses) == 1:
        return 0
    chances = [
        model.touchpoint_probabilities(features(clause.words))[touchpoint]
        for clause in clauses
    ]
    return chances.index(max(chances))
