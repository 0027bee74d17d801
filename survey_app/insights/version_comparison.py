"""What another version of the analysis changes on an organisation's own texts.

The generation before stays until the next one comes, so both can be held side by
side: on the texts that both have read, with corrections in both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from analysis.journey import EmotionPoint, summarise
from analysis.person_means import PersonWeeks
from analysis.reading_quality import Quality, measure
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figure_queries import read_spoken
from survey_app.insights.figures import SEED
from survey_app.insights.generations import CURRENT, PREVIOUS
from survey_app.insights.memory import remembered
from survey_app.insights.models import AnalysedText, Generation, Mention
from survey_app.insights.queries import SourceKey, source_key
from survey_app.insights.reading_quality import at_random, read_cases

Said = tuple[tuple[str, str], ...]  # touchpoints with polarities, in order


@dataclass(frozen=True, slots=True)
class Versions:
    """Two generations of the analysis, the one before and the one that holds."""

    before: Generation
    after: Generation


@dataclass(frozen=True, slots=True)
class Change:
    """A text of which the two versions say something else."""

    text_id: int  # as the present version reads it
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One touchpoint under both; a point is None for fewer than five people."""

    touchpoint: str
    before: EmotionPoint | None
    after: EmotionPoint | None


@dataclass(frozen=True, slots=True)
class VersionComparison:
    texts: int  # that both have read
    changes: tuple[Change, ...]
    figures: tuple[ChangedFigure, ...]
    judged_before: Quality  # all touchpoints, on texts drawn at random
    judged_after: Quality


def find_versions(session: Session) -> Versions | None:
    """None: there is no earlier version to compare with."""
    rows = session.scalars(
        select(Generation).where(Generation.place.in_((CURRENT, PREVIOUS)))
    )
    placed = {row.place: row for row in rows}
    if len(placed) < len((CURRENT, PREVIOUS)):
        return None
    return Versions(placed[PREVIOUS], placed[CURRENT])


def compare_versions(session: Session, versions: Versions) -> VersionComparison:
    before, after = versions.before.id, versions.after.id
    texts, changes = remembered(
        session, ("changes", before, after), lambda: _changes(session, before, after)
    )
    figures = remembered(
        session,
        ("figures of versions", before, after),
        lambda: _figures(session, before, after),
    )
    return VersionComparison(
        texts=texts,
        changes=changes,
        figures=figures,
        judged_before=_judged(session, before),
        judged_after=_judged(session, after),
    )


def _judged(session: Session, generation: int) -> Quality:
    return measure(at_random(read_cases(session, generation)))[0]


def _changes(
    session: Session, before: int, after: int
) -> tuple[int, tuple[Change, ...]]:
    old, new = _read(session, before), _read(session, after)
    shared = new.keys() & old.keys()
    changed = (
        Change(new[key][0], old[key][1], new[key][1])
        for key in shared
        if old[key][1] != new[key][1]
    )
    newest_first = sorted(changed, key=lambda change: -change.text_id)
    return len(shared), tuple(newest_first)


def _read(session: Session, generation: int) -> dict[SourceKey, tuple[int, Said]]:
    """Every text of a generation, with what it is said to speak of."""
    rows = session.execute(
        select(
            AnalysedText.id,
            AnalysedText.answer_id,
            AnalysedText.turn_id,
            Mention.touchpoint,
            Mention.polarity,
        )
        .outerjoin(Mention, Mention.analysed_text_id == AnalysedText.id)
        .where(AnalysedText.generation == generation)
    )
    ids: dict[SourceKey, int] = {}
    said: defaultdict[SourceKey, set[tuple[str, str]]] = defaultdict(set)
    for text_id, answer_id, turn_id, touchpoint, polarity in rows:
        key = source_key(answer_id, turn_id)
        ids[key] = text_id
        if touchpoint is not None:
            said[key].add((touchpoint, polarity))
    return {key: (ids[key], tuple(sorted(said[key]))) for key in ids}


def _figures(session: Session, before: int, after: int) -> tuple[ChangedFigure, ...]:
    old = _points(session, before, _without_counterpart(before, after))
    new = _points(session, after, _without_counterpart(after, before))
    codes = sorted(old.keys() | new.keys())
    return tuple(ChangedFigure(code, old.get(code), new.get(code)) for code in codes)


def _points(
    session: Session, generation: int, without: Select[int | None]
) -> Mapping[str, EmotionPoint]:
    spoken = read_spoken(session, FigureFilter(generation=generation), without=without)
    people = {
        each.touchpoint: PersonWeeks.of(
            each.people, each.weeks, each.scores
        ).histogram()
        for each in spoken
    }
    return _by_touchpoint(summarise(people, seed=SEED))


def _by_touchpoint(points: Iterable[EmotionPoint]) -> dict[str, EmotionPoint]:
    return {point.touchpoint: point for point in points}


def _without_counterpart(generation: int, other: int) -> Select[int | None]:
    """The texts that the other generation has not read, or has no more."""
    theirs = aliased(AnalysedText)
    is_there = exists().where(
        theirs.generation == other,
        (theirs.answer_id == AnalysedText.answer_id)
        | (theirs.turn_id == AnalysedText.turn_id),
    )
    return select(AnalysedText.id).where(
        AnalysedText.generation == generation, ~is_there
    )
