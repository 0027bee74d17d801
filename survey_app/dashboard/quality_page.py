"""What the figures on how well texts are read are made of, ready to draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard.marking import Stretch, stretches
from survey_app.insights.masking import mask_spans, mask_words
from survey_app.insights.reading_quality import Case, Outcome, at_random
from survey_app.insights.review_texts import Words, read_words
from survey_app.insights.version_comparison import Change, Said

FIGURES: Mapping[str, frozenset[Outcome]] = {
    "precision": frozenset({Outcome.RIGHT, Outcome.FELT_OTHERWISE, Outcome.WRONG}),
    "recall": frozenset({Outcome.RIGHT, Outcome.FELT_OTHERWISE, Outcome.MISSED}),
    "polarity": frozenset({Outcome.RIGHT, Outcome.FELT_OTHERWISE}),
}
OUTCOMES = {
    Outcome.RIGHT: _("right"),
    Outcome.FELT_OTHERWISE: _("right touchpoint, felt otherwise"),
    Outcome.WRONG: _("not spoken of"),
    Outcome.MISSED: _("missed"),
}
# What went wrong is what one comes to read.
ORDER = (Outcome.WRONG, Outcome.MISSED, Outcome.FELT_OTHERWISE, Outcome.RIGHT)


@dataclass(frozen=True, slots=True)
class ShownCase:
    case: Case
    where: Words
    stretches: tuple[Stretch, ...]


def choose(cases: Sequence[Case], given: Mapping[str, str]) -> list[Case]:
    """The cases behind the figure that was asked for, what went wrong first."""
    chosen = of_language(cases, given.get("language"))
    if given.get("sure"):
        chosen = [case for case in chosen if _is_as_sure(case, given["sure"])]
    else:
        kinds = FIGURES.get(given.get("figure", ""), frozenset(Outcome))
        chosen = [case for case in at_random(chosen) if case.outcome in kinds]
    if given.get("touchpoint"):
        chosen = [case for case in chosen if case.touchpoint == given["touchpoint"]]
    return sorted(chosen, key=lambda case: (ORDER.index(case.outcome), case.key))


def of_language(cases: Sequence[Case], language: str | None) -> list[Case]:
    return [case for case in cases if not language or case.language == language]


def _is_as_sure(case: Case, bounds: str) -> bool:
    """Bounds as the page writes them, such as ``0.7-0.8``; the last has its end."""
    low, _dash, high = bounds.partition("-")
    try:
        least, below = float(low), float(high)
    except ValueError:
        return False
    sure = case.mention.confidence
    is_in = least <= sure < below or sure == below == 1.0
    return is_in and case.outcome is not Outcome.MISSED


def draw_cases(session: Session, cases: Sequence[Case]) -> list[ShownCase]:
    words = read_words(session, {case.key for case in cases})
    return [_shown(case, words[case.key]) for case in cases if case.key in words]


def _shown(case: Case, where: Words) -> ShownCase:
    mention = case.mention
    text, spans = where.words, [(mention.start, mention.end)]
    if not access.may(Permission.READ_RESPONSES):
        text, spans = mask_spans(text, spans)
    [(start, end)] = spans
    return ShownCase(case, where, stretches(text, [(start, end, mention.polarity)]))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A text with what is said of it no more, and what is said of it now."""

    words: str
    where: Words
    gone: Said
    come: Said
    stays: Said


def changes_at(changes: Sequence[Change], touchpoint: str | None) -> Sequence[Change]:
    if not touchpoint:
        return changes
    return [each for each in changes if _is_about(each, touchpoint)]


def _is_about(change: Change, touchpoint: str) -> bool:
    differing = set(change.before) ^ set(change.after)
    return any(code == touchpoint for code, _polarity in differing)


def draw_changes(session: Session, changes: Sequence[Change]) -> list[ShownChange]:
    words = read_words(session, {change.text_id for change in changes})
    return [
        _changed(change, words[change.text_id])
        for change in changes
        if change.text_id in words
    ]


def _changed(change: Change, where: Words) -> ShownChange:
    whole = access.may(Permission.READ_RESPONSES)
    return ShownChange(
        words=where.words if whole else mask_words(where.words),
        where=where,
        gone=tuple(each for each in change.before if each not in change.after),
        come=tuple(each for each in change.after if each not in change.before),
        stays=tuple(each for each in change.after if each in change.before),
    )
