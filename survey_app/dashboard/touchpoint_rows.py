"""The rows of the Touchpoints page, ready to draw, and what changed in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from survey_app.dashboard.charts import (
    Segment,
    Sparkline,
    bar_segments,
    sparkline,
)
from survey_app.insights.figures import TouchpointFigure

UP, DOWN, STEADY = "up", "down", "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointRow:
    """``figure.point`` None: too few people, and nothing drawn."""

    figure: TouchpointFigure
    segments: tuple[Segment, ...] = ()
    spark: Sparkline | None = None
    verdict: str | None = None

    @property
    def weeks(self) -> list[float]:
        """The weeks' means that may be shown, the oldest first."""
        return [week.mean for week in self.figure.weeks if week.mean is not None]


def make_rows(figures: Sequence[TouchpointFigure]) -> list[TouchpointRow]:
    return [_row(figure) for figure in figures]


def _row(figure: TouchpointFigure) -> TouchpointRow:
    point = figure.point
    if point is None:
        return TouchpointRow(figure=figure)
    shares = (
        ("negative", point.share_negative.value),
        ("neutral", point.share_neutral.value),
        ("positive", point.share_positive.value),
    )
    return TouchpointRow(
        figure=figure,
        segments=bar_segments(shares),
        spark=sparkline([week.mean for week in figure.weeks]),
        verdict=figure.change.verdict.value if figure.change else None,
    )


def say_change(figure: TouchpointFigure) -> str | None:
    """The change since the previous wave in words, without its name."""
    if figure.change is None or figure.point is None or figure.negative_before is None:
        return None
    verdict = figure.change.verdict.value
    difference = figure.point.share_negative.value - figure.negative_before.value
    points = round(abs(difference) * 100)
    if verdict == DOWN and difference > 0:
        return ngettext("%(num)d point worse than", "%(num)d points worse than", points)
    if verdict == UP and difference < 0:
        return ngettext(
            "%(num)d point better than", "%(num)d points better than", points
        )
    if verdict in (UP, DOWN):
        return _("better than") if verdict == UP else _("worse than")
    if verdict == STEADY:
        return _("about the same as")
    return _("no difference beyond chance from")
