"""Where people feel worse than elsewhere on the journey."""

from analysis.intervals import Share
from analysis.journey import Dip, DipLevel, find_dips
from survey_app.insights.figures import TouchpointReport

__all__ = ["Dip", "DipLevel", "Share", "list_dips"]


def list_dips(report: TouchpointReport) -> list[Dip]:
    """The confirmed and the possible dips of a report, the deepest first."""
    return find_dips({each.touchpoint: each.histogram for each in report.figures})
