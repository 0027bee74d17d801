"""Where people feel worse than elsewhere on the journey."""

from analysis.intervals import Share
from analysis.journey import MIN_BASE_TESTED, Dip, DipLevel, find_dips
from survey_app.insights.figures import TouchpointReport

__all__ = ["Dip", "DipLevel", "Share", "find_worst", "list_dips"]


def list_dips(report: TouchpointReport) -> list[Dip]:
    """The confirmed and the possible dips of a report, the deepest first."""
    return find_dips({each.touchpoint: each.histogram for each in report.figures})


def find_worst(report: TouchpointReport) -> str | None:
    """Where people feel worse than elsewhere; without a dip, where they feel worst."""
    dips = list_dips(report)
    if dips:
        return dips[0].touchpoint
    shown = [each for each in report.figures if each.point is not None]
    solid = [each for each in shown if each.base >= MIN_BASE_TESTED]
    return next((each.touchpoint for each in (*solid, *shown)), None)
