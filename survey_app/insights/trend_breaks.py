"""Where the line of a touchpoint breaks, because what it is drawn from changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.trends import Drawn, find_breaks
from survey_app.insights.lineage import Feed, Lineage
from survey_app.questionnaires.comparison.chain import Likeness


@dataclass(frozen=True, slots=True)
class TrendBreak:
    """From this week on a line says something else; ``questions`` say what changed."""

    week: date  # its Monday
    slug: str
    older: str
    newer: str
    questions: tuple[Likeness, ...]


def breaks_by_touchpoint(
    feeds: Iterable[Feed], lineages: Iterable[Lineage]
) -> dict[str, tuple[TrendBreak, ...]]:
    """Each questionnaire by itself, over the versions that spoke of a touchpoint."""
    by_touchpoint: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        by_touchpoint[feed.touchpoint].append(feed)
    found = {
        touchpoint: [
            each for lineage in lineages for each in _breaks_of(lineage, drawn)
        ]
        for touchpoint, drawn in by_touchpoint.items()
    }
    return {
        touchpoint: tuple(sorted(breaks, key=lambda each: each.week))
        for touchpoint, breaks in found.items()
        if breaks
    }


def _breaks_of(lineage: Lineage, feeds: Sequence[Feed]) -> list[TrendBreak]:
    names = {edition.id: edition.version for edition in lineage.editions}
    drawn = [
        Drawn(
            date.fromordinal(feed.week), feed.version_id, (feed.question_id, feed.code)
        )
        for feed in feeds
        if feed.version_id in names
    ]

    def is_alike(part: tuple[str, str | None], older: int, newer: int) -> bool:
        question = lineage.likeness((older, newer)).get(part[0])
        return question is None or question.holds(part[1])

    breaks = []
    for each in find_breaks(drawn, is_alike):
        likeness = lineage.likeness((each.older, each.newer))
        asked = dict.fromkeys(name for name, _code in each.parts)
        questions = tuple(likeness[name] for name in asked)
        older, newer = names[each.older], names[each.newer]
        breaks.append(TrendBreak(each.week, lineage.slug, older, newer, questions))
    return breaks
